import { Injectable } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { ADMIN_API_POLICY, FAILED_AUTHENTICATION_POLICY, rateLimitHeaders, RateLimiter, SIGN_IN_POLICY } from '@paygate/nest-kit';
import type { RateLimitPolicy } from '@paygate/nest-kit';
import type { FastifyReply } from 'fastify';
import type { AccessRow } from '../access/index.js';
import { guardedRequest } from '../access/index.js';

/** How often a caller may ask: a key or person by itself, everybody else by address. */
@Injectable()
export class CallerLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** @throws DomainError `too_many_requests`; `service_unavailable` where the limit must not be skipped and cannot be counted */
  async count(context: ExecutionContext, row: AccessRow): Promise<void> {
    const { ip, access } = guardedRequest(context);
    if (row.limit === 'none' || this.limiter.isExempt(ip)) return;
    const caller = access ? `${access.principal.kind}:${access.principal.id}` : `address:${ip}`;
    await this.consume(context, ADMIN_API_POLICY, caller);
    if (row.limit === 'sign_in') await this.consume(context, SIGN_IN_POLICY, `address:${ip}`);
  }

  /** Counts a wrong credential. @throws DomainError `too_many_requests` */
  async countFailure(context: ExecutionContext): Promise<void> {
    const { ip } = guardedRequest(context);
    if (!this.limiter.isExempt(ip)) await this.consume(context, FAILED_AUTHENTICATION_POLICY, `address:${ip}`);
  }

  private async consume(context: ExecutionContext, policy: RateLimitPolicy, key: string): Promise<void> {
    const verdict = await this.limiter.consume(policy, key);
    if (!verdict) return;
    void context.switchToHttp().getResponse<FastifyReply>().headers(rateLimitHeaders(verdict));
    if (!verdict.allowed) throw new DomainError('too_many_requests');
  }
}
