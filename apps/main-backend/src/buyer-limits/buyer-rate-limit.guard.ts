import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { BUYER_POLICY, enforceRateLimit, rateLimitAddress, RateLimiter, VAT_ID_POLICY } from '@paygate/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asksAboutVatId } from './asks-about-vat-id.js';
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
    return this.count(request, http.getResponse<FastifyReply>());
  }

  private async count(request: FastifyRequest, reply: FastifyReply): Promise<true> {
    const client = rateLimitAddress(request.ip);
    const verdict = await this.limiter.consume(BUYER_POLICY, client);
    if (verdict) enforceRateLimit(reply, verdict);
    if (!asksAboutVatId(request)) return true;
    const furtherVerdict = await this.limiter.consume(VAT_ID_POLICY, client);
    if (furtherVerdict) enforceRateLimit(reply, furtherVerdict);
    return true;
  }
}
