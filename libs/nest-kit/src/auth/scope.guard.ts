import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '@paygate/kernel';
import { currentContext } from '../context/request-context.js';
import { PUBLIC_ROUTE, REQUIRED_SCOPE } from './access-decorators.js';
import { principalOf } from './principal.js';
import { grants } from './scopes.js';

/**
 * Lets a request through when its handler is `@Public()` or its principal has the scope of `@RequireScope()`.
 * A handler with neither is refused, so forgetting the decorator never opens an address.
 * Runs after authentication; from here on the request context names the actor and the organization.
 */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, targets)) return true;

    const principal = principalOf(context);
    const request = currentContext();
    if (request !== undefined) {
      request.actor = `${principal.kind}:${principal.id}`;
      request.organizationId = principal.scope.organizationId;
    }
    const required = this.reflector.getAllAndOverride<string | undefined>(REQUIRED_SCOPE, targets);
    if (required === undefined) throw new DomainError('forbidden');
    if (!grants(principal.scopes, required)) {
      throw new DomainError('insufficient_scope', `This endpoint needs the scope ${required}.`, { required });
    }
    return true;
  }
}
