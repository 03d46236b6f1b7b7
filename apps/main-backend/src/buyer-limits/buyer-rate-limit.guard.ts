import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { BUYER_POLICY, enforceRateLimit, rateLimitAddress, RateLimiter } from '@paygate/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLimited } from './is-limited.js';

/** Limits what buyers use, per client address. */
@Injectable()
export class BuyerRateLimitGuard implements CanActivate {
  constructor(private readonly limiter: RateLimiter) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    if (context.getType() !== 'http') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (!isLimited(request.routeOptions.url ?? '') || this.limiter.isExempt(request.ip)) return true;
    return this.count(request.ip, http.getResponse<FastifyReply>());
  }

  private async count(address: string, reply: FastifyReply): Promise<true> {
    const verdict = await this.limiter.consume(BUYER_POLICY, rateLimitAddress(address));
    if (verdict) enforceRateLimit(reply, verdict);
    return true;
  }
}
