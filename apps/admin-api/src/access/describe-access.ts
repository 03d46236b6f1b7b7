import type { ErrorCode } from '@paygate/kernel';
import type { OpenApiOptions, OperationAccess } from '@paygate/nest-kit';
import type { AccessRow } from './access-row.js';
import { accessRowOf } from './access-table.js';

/** How callers prove who they are, for the API description. */
export const SECURITY_SCHEMES = {
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `sk_live_<keyId>.<secret>` or `sk_test_<keyId>.<secret>`.' },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of a signed-in person. `Authorization: Token <accessToken>` works as well.',
  },
} as const satisfies OpenApiOptions['securitySchemes'];

const KEY_ERRORS: readonly ErrorCode[] = [
  'api_key_missing',
  'api_key_malformed',
  'api_key_invalid',
  'api_key_revoked',
  'api_key_expired',
  'api_key_ip_not_allowed',
  'organization_header_not_allowed',
  'organization_suspended',
];
const TOKEN_ERRORS: readonly ErrorCode[] = ['access_token_invalid', 'access_token_expired', 'session_ended', 'user_disabled'];

/** What the access table says about a route, in the words of the API description. */
export function describeAccess(method: string, path: string): OperationAccess | undefined {
  const row = accessRowOf(method, path);
  return row && describeRow(row);
}

function sessionAccess({ scope, role }: Extract<AccessRow, { for: 'organization' }>, errors: readonly ErrorCode[]): OperationAccess {
  return { schemes: ['accessToken'], scope, note: `For signed-in people with the role ${role}; no key opens it.`, errors };
}

function describeRow(row: AccessRow): OperationAccess {
  const limit: ErrorCode[] = row.limit === 'none' ? [] : ['too_many_requests'];
  const both: ErrorCode[] = [...KEY_ERRORS, ...TOKEN_ERRORS, ...limit];
  const schemes = ['apiKey', 'accessToken'];
  switch (row.for) {
    case 'anyone':
      return { schemes: [], errors: limit };
    case 'authenticated':
      return row.scope === undefined
        ? { schemes, note: 'Open to every key and every signed-in person.', errors: both }
        : { schemes, scope: row.scope, note: `A key needs the scope \`${row.scope}\`.`, errors: [...both, 'insufficient_scope'] };
    case 'user':
      return {
        schemes: ['accessToken'],
        ...(row.scope === undefined ? {} : { scope: row.scope }),
        note: 'For signed-in people, about themselves.',
        errors: [...both, 'user_required'],
      };
    case 'platform':
      return {
        schemes,
        scope: row.scope,
        note: `For global administrators, and system keys with the scope \`${row.scope}\`.`,
        errors: [...both, 'platform_access_required', 'insufficient_scope'],
      };
    case 'organization': {
      const errors: ErrorCode[] = [
        'organization_required',
        'not_a_member',
        'organization_not_found',
        'insufficient_role',
        'insufficient_scope',
      ];
      if (row.route.includes(':orgId')) errors.push('organization_mismatch');
      if (row.live === true) errors.push('live_mode_required');
      if (row.session === true) return sessionAccess(row, [...both, ...errors, 'user_required']);
      return {
        schemes,
        scope: row.scope,
        note: `Needs the scope \`${row.scope}\` (keys) or the role ${row.role} (people).`,
        errors: [...both, ...errors],
      };
    }
  }
}
