import { Module } from '@nestjs/common';
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
import { SetupModule } from './setup/setup.module.js';
import { SignOut } from './sign-out.js';

const writeToStandardError: OperatorConsole = (line) => {
  process.stderr.write(`${line}\n`);
};

/** Signing in and out, and registering. */
@Module({
  imports: [SetupModule, ChangesModule, InvitationsModule, UsersModule, PasskeysModule, SessionsModule],
  controllers: [AuthController],
  providers: [
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
})
export class AuthModule {}
