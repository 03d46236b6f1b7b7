import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { BuyerRateLimitGuard } from './buyer-rate-limit.guard.js';

/** Guards every HTTP handler of the service. Needs the RateLimitModule. */
@Module({ providers: [{ provide: APP_GUARD, useClass: BuyerRateLimitGuard }] })
export class BuyerLimitsModule {}
