import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ApiKeysModule } from '../api-keys/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { ApiKeyStrategy } from './api-key.strategy.js';
import { AuthenticateApiKey } from './authenticate-api-key.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { CallerLimits } from './caller-limits.js';
import { OrganizationContextGuard } from './organization-context.guard.js';
import { PermissionGuard } from './permission.guard.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { RecordKeyUse } from './record-key-use.js';
import { ReplayHeaderInterceptor } from './replay-header.interceptor.js';

/** The way of every request: who, for which organization, how often, with what role and scope. The order of the guards is the order here. */
@Module({
  imports: [ApiKeysModule, MembersModule, OrganizationsModule],
  providers: [
    AuthenticateApiKey,
    RecordKeyUse,
    ApiKeyStrategy,
    CallerLimits,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: OrganizationContextGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: PermissionGuard },
    { provide: APP_INTERCEPTOR, useClass: ReplayHeaderInterceptor },
  ],
})
export class GuardsModule {}
