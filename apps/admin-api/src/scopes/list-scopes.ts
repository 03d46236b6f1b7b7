import { Injectable } from '@nestjs/common';
import { isAtLeast, leastRoleWith, resourceOf, SCOPES } from '@paygate/nest-kit';
import type { Role, Scope } from '@paygate/nest-kit';
import { ACCESS_TABLE } from '../access/index.js';
import type { ScopeAudience, ScopeListResponse, ScopeResponse, WildcardResponse } from './scope.response.js';

/** The catalogue of scopes. It is part of the program, so it is put together once. */
@Injectable()
export class ListScopes {
  private readonly catalogue: ScopeListResponse = { scopes: SCOPES.map(describeScope), wildcards: wildcards() };

  execute(): ScopeListResponse {
    return this.catalogue;
  }
}

function describeScope({ scope, grants }: (typeof SCOPES)[number]): ScopeResponse {
  const resource = resourceOf(scope);
  const audience = audienceOf(resource);
  return {
    scope,
    resource,
    action: scope.slice(resource.length + 1),
    grants,
    audience,
    ...(audience === 'organization' ? { minimumRole: minimumRole(scope) } : {}),
  };
}

function wildcards(): WildcardResponse[] {
  const resources = [...new Set(SCOPES.map(({ scope }) => resourceOf(scope)))];
  return [
    { scope: '*', grants: 'Everything a key of its owner can do', audience: 'organization' },
    ...resources.map((resource) => ({ scope: `${resource}:*`, grants: `Everything about ${resource}`, audience: audienceOf(resource) })),
  ];
}

function audienceOf(resource: string): ScopeAudience {
  if (resource === 'system') return 'platform';
  return resource === 'userprofile' ? 'user' : 'organization';
}

/** A route may ask for more than the least role that holds its scope; what counts is the easiest use of the scope. */
function minimumRole(scope: Scope): Role {
  const roles = ACCESS_TABLE.flatMap((row) => (row.for === 'organization' && row.scope === scope ? [row.role] : []));
  const [first, ...others] = roles;
  return others.reduce((least, role) => (isAtLeast(least, role) ? role : least), first ?? leastRoleWith(scope));
}
