import { DomainError } from '@paygate/kernel';
import { grants, isAtLeast } from '@paygate/nest-kit';
import type { AccessRow } from './access-row.js';
import type { Access } from './principal.js';

/**
 * Whether a caller may use a route.
 * @throws DomainError `api_key_missing`, `user_required`, `platform_access_required`, `insufficient_role`, `insufficient_scope`,
 *   `live_mode_required`
 */
export function requirePermission(row: AccessRow, access: Access | undefined): void {
  if (row.for === 'anyone') return;
  if (!access) throw new DomainError('api_key_missing');
  const { principal } = access;
  switch (row.for) {
    case 'authenticated':
      if (row.scope !== undefined && principal.kind !== 'user') requireScope(access, row.scope);
      return;
    case 'user':
      if (principal.kind !== 'user') throw new DomainError('user_required');
      return;
    case 'platform':
      if (principal.kind === 'user' ? !principal.globalAdmin : principal.kind !== 'system_key') {
        throw new DomainError('platform_access_required');
      }
      if (principal.kind === 'system_key') requireScope(access, row.scope);
      return;
    case 'organization':
      if (row.session === true && principal.kind !== 'user') throw new DomainError('user_required');
      if (access.role !== undefined && !isAtLeast(access.role, row.role)) {
        throw new DomainError('insufficient_role', `This needs the role ${row.role}.`, { required: row.role });
      }
      requireScope(access, row.scope);
      if (row.live === true && access.scope?.livemode === false && principal.kind !== 'user') throw new DomainError('live_mode_required');
  }
}

function requireScope(access: Access, required: string): void {
  if (!grants(access.scopes, required)) {
    throw new DomainError('insufficient_scope', `This endpoint needs the scope ${required}.`, { required });
  }
}
