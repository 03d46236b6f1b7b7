import { Injectable } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import {
  ADMIN_API_POLICY,
  enforceRateLimit,
  FAILED_AUTHENTICATION_POLICY,
  rateLimitAddress,
  RateLimiter,
  SIGN_IN_POLICY,
  TEST_RECEIVER_POLICY,
} from '@paygate/nest-kit';
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
    // The narrower limit first: what it refuses does not count for the other.
    if (row.limit === 'test_receiver') await this.consume(context, TEST_RECEIVER_POLICY, addressOf(ip));
    if (row.limit === 'sign_in') await this.consume(context, SIGN_IN_POLICY, addressOf(ip));
    await this.consume(context, ADMIN_API_POLICY, access ? `${access.principal.kind}:${access.principal.id}` : addressOf(ip));
  }

  /** Counts a wrong credential. @throws DomainError `too_many_requests` */
  async countFailure(context: ExecutionContext): Promise<void> {
    const { ip } = guardedRequest(context);
    if (!this.limiter.isExempt(ip)) await this.consume(context, FAILED_AUTHENTICATION_POLICY, addressOf(ip));
  }

  private async consume(context: ExecutionContext, policy: RateLimitPolicy, key: string): Promise<void> {
    const verdict = await this.limiter.consume(policy, key);
    if (verdict) enforceRateLimit(context.switchToHttp().getResponse<FastifyReply>(), verdict);
  }
}

function addressOf(ip: string): string {
  return `address:${rateLimitAddress(ip)}`;
}
