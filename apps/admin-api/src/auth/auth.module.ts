import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ScopeGuard } from '@paygate/nest-kit';
import { ApiKeysModule } from '../api-keys/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { ApiKeyStrategy } from './api-key.strategy.js';
import { AuthenticateApiKey } from './authenticate-api-key.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { RecordKeyUse } from './record-key-use.js';

/** The pipeline of every authenticated route: authenticate, then check the scope. The order of the guards is the order here. */
@Module({
  imports: [ApiKeysModule, OrganizationsModule],
  providers: [
    AuthenticateApiKey,
    RecordKeyUse,
    ApiKeyStrategy,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: ScopeGuard },
  ],
})
export class AuthModule {}
