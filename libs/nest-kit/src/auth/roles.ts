import { grants, resourceOf, SCOPES } from './scopes.js';
import type { Scope } from './scopes.js';

/** What a person may be in an organization, least first. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What Editors work with. They change it, but only Admins delete. */
const EDITED: ReadonlySet<string> = new Set([
  'checkout',
  'transaction',
  'invoice',
  'credit_note',
  'client',
  'product',
  'portal',
  'data_io',
  'export',
  'vies',
]);

const VIEWER = SCOPES.map(({ scope }) => scope).filter((scope) => scope.endsWith(':read') && resourceOf(scope) !== 'system');
const EDITOR = SCOPES.map(({ scope }) => scope).filter((scope) => EDITED.has(resourceOf(scope)) && !scope.endsWith(':delete'));

/** The scopes a person holds by their role. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly string[]>> = {
  viewer: VIEWER,
  editor: [...VIEWER, ...EDITOR.filter((scope) => !VIEWER.includes(scope)), 'domain:execute'],
  admin: ['*'],
};

export function isAtLeast(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

/** The least role that holds a scope. */
export function leastRoleWith(scope: Scope): Role {
  return ROLES.find((role) => grants(ROLE_SCOPES[role], scope)) ?? 'admin';
}
