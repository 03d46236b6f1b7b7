import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { CallerLimits } from './caller-limits.js';
import { guardedRequest, requestRow } from '../access/index.js';

/** Third guard: how often. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly limits: CallerLimits) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() === 'http') await this.limits.count(context, requestRow(guardedRequest(context)));
    return true;
  }
}
