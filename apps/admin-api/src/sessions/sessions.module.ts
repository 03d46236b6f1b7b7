import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { UsersModule } from '../users/index.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import { AccessTokens } from './access-tokens.js';
import { EndSession } from './end-session.js';
import { RefreshSession } from './refresh-session.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SESSION_MODEL, sessionSchema } from './session.schema.js';
import { SessionsRepository } from './sessions.repository.js';
import { SignedInUsers } from './signed-in-users.js';
import { StartSession } from './start-session.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: SESSION_MODEL, schema: sessionSchema }]), ChangesModule, UsersModule],
  providers: [
    SessionsRepository,
    RefreshTokens,
    AccessTokens,
    SignedInUsers,
    AccessTokenStrategy,
    StartSession,
    RefreshSession,
    EndSession,
  ],
  exports: [SessionsRepository, RefreshTokens, AccessTokens, AccessTokenStrategy, StartSession, RefreshSession, EndSession],
})
export class SessionsModule {}
