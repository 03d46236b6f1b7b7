import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { FastifyRequest } from 'fastify';
import { RelyingParty } from './relying-party.js';

/**
 * For routes that a cookie opens: a page of another site must not make a browser call them. Browsers send `Origin` with
 * every request that changes something; a caller without it is no browser and carries nobody's cookies.
 */
@Injectable()
export class AllowedOriginGuard implements CanActivate {
  constructor(private readonly relyingParty: RelyingParty) {}

  canActivate(context: ExecutionContext): boolean {
    const { origin } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (origin !== undefined && !this.relyingParty.origins.includes(origin)) throw new DomainError('origin_not_allowed');
    return true;
  }
}
