import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { grants, ROLE_SCOPES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';
import type { ClientSession } from 'mongoose';
import type { Access } from '../access/index.js';
import { MembersRepository } from './members.repository.js';

/** Who may decide about members. */
@Injectable()
export class MemberAuthority {
  constructor(private readonly members: MembersRepository) {}

  /**
   * Reads a person's role anew, in the transaction of the change: an Admin who has just been removed, and is still
   * remembered as one, must not bring anybody in.
   * @throws DomainError `not_a_member`, `insufficient_role`
   */
  async require({ principal }: Access, scope: TenantScope, session: ClientSession): Promise<void> {
    if (principal.kind !== 'user') return;
    const member = await this.members.find(scope, principal.id, session);
    if (!member) throw new DomainError('not_a_member');
    if (member.role !== 'admin') throw new DomainError('insufficient_role', 'This needs the role admin.', { required: 'admin' });
  }
}

/**
 * A key hands out a role only when it may itself do all that the role allows; otherwise it would make a person out of its
 * scope `organization:update` who may do everything.
 * @throws DomainError `scope_not_grantable` naming the scopes the key lacks
 */
export function requireGrantableRole({ scopes }: Pick<Access, 'scopes'>, role: Role): void {
  const lacking = ROLE_SCOPES[role].filter((scope) => !grants(scopes, scope));
  if (lacking.length > 0) {
    throw new DomainError('scope_not_grantable', `A key cannot give the role ${role} without holding its scopes.`, { scopes: lacking });
  }
}
