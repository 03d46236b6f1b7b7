import { describe, expect, it } from '@jest/globals';
import { isAtLeast, leastRoleWith, ROLE_SCOPES, ROLES } from './roles.js';
import { grants, SCOPES } from './scopes.js';
import type { Scope } from './scopes.js';

describe('roles', () => {
  it.each<[Scope, string]>([
    ['checkout:read', 'viewer'],
    ['provider:read', 'viewer'],
    ['checkout:create', 'editor'],
    ['transaction:execute', 'editor'],
    ['client:execute', 'editor'],
    ['product:update', 'editor'],
    ['domain:execute', 'editor'],
    ['data_io:execute', 'editor'],
    ['portal:create', 'editor'],
    ['client:delete', 'admin'],
    ['invoice:delete', 'admin'],
    ['provider:create', 'admin'],
    ['domain:create', 'admin'],
    ['site:update', 'admin'],
    ['webhook:read', 'viewer'],
    ['webhook:update', 'admin'],
    ['api_key:create', 'admin'],
    ['organization:execute', 'admin'],
    ['tax_rule:create', 'admin'],
    ['tax_rate:execute', 'admin'],
    ['system:read', 'admin'],
  ])('%s needs %s', (scope, role) => expect(leastRoleWith(scope)).toBe(role));

  it('each role may do everything the one below it may', () => {
    for (const { scope } of SCOPES) {
      const holders = ROLES.map((role) => grants(ROLE_SCOPES[role], scope));
      expect(holders).toEqual([...holders].sort());
    }
  });

  it('are ordered', () => {
    expect(isAtLeast('admin', 'viewer')).toBe(true);
    expect(isAtLeast('editor', 'editor')).toBe(true);
    expect(isAtLeast('viewer', 'editor')).toBe(false);
  });
});
