import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { InvitationsModule, OpenInvitations } from '../invitations/index.js';
import { PasskeysModule } from '../passkeys/index.js';
import { SessionsModule } from '../sessions/index.js';
import { UsersModule } from '../users/index.js';
import { AuthController } from './auth.controller.js';
import { BeginSignIn } from './begin-sign-in.js';
import { CompleteSignIn } from './complete-sign-in.js';
import { InvitationGate } from './invitation-gate.js';
import { RecordFailure } from './record-failure.js';
import { RefreshCookie } from './refresh-cookie.js';
import { RegisterUser } from './register-user.js';
import { AnnounceSetup, OPERATOR_CONSOLE } from './setup/announce-setup.js';
import type { OperatorConsole } from './setup/announce-setup.js';
import { SetupToken } from './setup/setup-token.js';
import { SetupRepository } from './setup/setup.repository.js';
import { SETUP_MODEL, setupSchema } from './setup/setup.schema.js';
import { SignOut } from './sign-out.js';

const writeToStandardError: OperatorConsole = (line) => {
  process.stderr.write(`${line}\n`);
};

/** Signing in and out, and registering. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: SETUP_MODEL, schema: setupSchema }]),
    ChangesModule,
    InvitationsModule,
    UsersModule,
    PasskeysModule,
    SessionsModule,
  ],
  controllers: [AuthController],
  providers: [
    SetupRepository,
    SetupToken,
    { provide: OPERATOR_CONSOLE, useValue: writeToStandardError },
    AnnounceSetup,
    { provide: InvitationGate, useExisting: OpenInvitations },
    RecordFailure,
    BeginSignIn,
    RegisterUser,
    CompleteSignIn,
    SignOut,
    RefreshCookie,
  ],
  exports: [AnnounceSetup],
})
export class AuthModule {}
