import { leastRoleWith } from '@paygate/nest-kit';
import type { Role, Scope } from '@paygate/nest-kit';
import type { AuditAction } from '../audit-trail/index.js';

/** Method and path of a route, parameters as `:name`. */
export type RouteKey = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

interface RowOptions {
  /** What a successful call leaves in the audit log. */
  audit?: AuditAction;
  /** Which limit counts beside the general one; `none`: not limited at all. */
  limit?: 'sign_in' | 'test_receiver' | 'none';
}

interface OrganizationRowOptions extends RowOptions {
  /** When a person needs more than the least role that holds the scope. */
  role?: Role;
  /** It changes what live payments depend on: refused to test keys. */
  live?: true;
  /** For signed-in people only: no key opens it. */
  session?: true;
}

/** Who may call one route. */
export type AccessRow = RowOptions & { route: RouteKey } & (
    | { for: 'anyone' }
    /** Any valid credential; a key needs the scope where one is named. */
    | { for: 'authenticated'; scope?: Scope }
    /** A signed-in person, about themselves. */
    | { for: 'user'; scope?: Scope }
    /** Whoever acts for an organization. */
    | { for: 'organization'; scope: Scope; role: Role; live?: true; session?: true }
    /** A global administrator, or a system key with the scope. */
    | { for: 'platform'; scope: 'system:read' | 'system:execute' }
  );

export function anyone(route: RouteKey, options: RowOptions = {}): AccessRow {
  return { route, for: 'anyone', ...options };
}

export function authenticated(route: RouteKey, scope?: Scope, options: RowOptions = {}): AccessRow {
  return { route, for: 'authenticated', ...(scope === undefined ? {} : { scope }), ...options };
}

export function user(route: RouteKey, scope?: Scope, options: RowOptions = {}): AccessRow {
  return { route, for: 'user', ...(scope === undefined ? {} : { scope }), ...options };
}

export function organization(
  route: RouteKey,
  scope: Scope,
  { role = leastRoleWith(scope), ...options }: OrganizationRowOptions = {},
): AccessRow {
  return { route, for: 'organization', scope, role, ...options };
}

export function platform(route: RouteKey, scope: 'system:read' | 'system:execute', options: RowOptions = {}): AccessRow {
  return { route, for: 'platform', scope, ...options };
}
