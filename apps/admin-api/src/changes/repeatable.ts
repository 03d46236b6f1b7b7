import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { claimOf } from './idempotency-claim.js';

/** Parameter of a handler: the request's `Idempotency-Key` with the hash of what it asks for, for {@link Changes.once}. */
export const Repeatable = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { headers, body, params } = context.switchToHttp().getRequest<FastifyRequest>();
  return claimOf(headers['idempotency-key'], { body: body ?? null, params });
});
