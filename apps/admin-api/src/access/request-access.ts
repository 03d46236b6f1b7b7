import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { FastifyRequest } from 'fastify';
import type { AccessRow } from './access-row.js';
import { accessRowOf } from './access-table.js';
import type { Access, Principal } from './principal.js';

/** A request on its way through the guards: passport adds `user`, the guard of the organization context `access`. */
export type GuardedRequest = FastifyRequest & { user?: Principal; access?: Access };

export function guardedRequest(context: ExecutionContext): GuardedRequest {
  return context.switchToHttp().getRequest<GuardedRequest>();
}

/** @throws DomainError `forbidden` for a route nobody decided about */
export function requestRow({ method, routeOptions }: FastifyRequest): AccessRow {
  const row = accessRowOf(method, routeOptions.url ?? '');
  if (!row) throw new DomainError('forbidden');
  return row;
}

/** @throws DomainError `api_key_missing` when nobody is authenticated */
function accessOf(context: ExecutionContext): Access {
  const { access } = guardedRequest(context);
  if (!access) throw new DomainError('api_key_missing');
  return access;
}

/** Parameter of a handler: who is calling and what they may do here. */
export const CurrentAccess = createParamDecorator((_data: unknown, context: ExecutionContext) => accessOf(context));

/** Parameter of a handler: who is calling. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, context: ExecutionContext) => accessOf(context).principal);

/** Parameter of a handler: the signed-in person. @throws DomainError `user_required` for a key */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { principal } = accessOf(context);
  if (principal.kind !== 'user') throw new DomainError('user_required');
  return principal;
});

/** Parameter of a handler: the `TenantScope` of the request, for every repository call. */
export const CurrentScope = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { scope } = accessOf(context);
  if (!scope) throw new DomainError('organization_required');
  return scope;
});
