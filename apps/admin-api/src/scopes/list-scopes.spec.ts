import { describe, expect, it } from '@jest/globals';
import { SCOPES } from '@paygate/nest-kit';
import { ListScopes } from './list-scopes.js';

describe('the catalogue', () => {
  const { scopes, wildcards } = new ListScopes().execute();
  const find = (scope: string) => scopes.find((entry) => entry.scope === scope);

  it('has every scope with its words', () => {
    expect(scopes.map(({ scope, grants }) => ({ scope, grants }))).toEqual(SCOPES);
    for (const { scope, resource, action } of scopes) expect(`${resource}:${action}`).toBe(scope);
  });

  it.each([
    ['checkout:read', 'organization', 'viewer'],
    ['checkout:create', 'organization', 'editor'],
    ['provider:create', 'organization', 'admin'],
    ['domain:execute', 'organization', 'editor'],
    // Its routes ask for more than the least role that holds it.
    ['audit_log:read', 'organization', 'admin'],
    ['organization:read', 'organization', 'viewer'],
    ['system:read', 'platform', undefined],
    ['userprofile:update', 'user', undefined],
  ])('%s is for %s, least role %s', (scope, audience, minimumRole) => {
    expect({ audience: find(scope)?.audience, minimumRole: find(scope)?.minimumRole }).toEqual({ audience, minimumRole });
  });

  it('has a wildcard for each resource, and one for all', () => {
    expect(wildcards.map(({ scope }) => scope)).toEqual(['*', ...new Set(scopes.map(({ resource }) => `${resource}:*`))]);
  });
});
