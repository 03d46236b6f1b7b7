import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';

/** Who is authenticated. The authentication strategy puts it on the request as `user`. */
export interface Principal {
  kind: 'api_key';
  id: string;
  /** The organization and mode the key is bound to. */
  scope: TenantScope;
  scopes: readonly string[];
}

/** @throws DomainError api_key_missing when nobody is authenticated */
export function principalOf(context: ExecutionContext): Principal {
  const { user } = context.switchToHttp().getRequest<{ user?: Principal }>();
  if (user === undefined) throw new DomainError('api_key_missing');
  return user;
}

/** Parameter of a handler: the authenticated `Principal`. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, context: ExecutionContext) => principalOf(context));

/** Parameter of a handler: the `TenantScope` of the authenticated principal, for every repository call. */
export const CurrentScope = createParamDecorator((_data: unknown, context: ExecutionContext) => principalOf(context).scope);
