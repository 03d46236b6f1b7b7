import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Role } from '@paygate/nest-kit';
import type { Access } from '../access/index.js';
import { Changes } from '../changes/index.js';
import { UsersRepository } from '../users/index.js';
import { pathId } from '../validation-rules/index.js';
import { MemberAuthority, requireGrantableRole } from './member-authority.js';
import { MembersRepository } from './members.repository.js';
import type { NamedMember } from './named-member.js';

@Injectable()
export class ChangeRole {
  constructor(
    private readonly changes: Changes,
    private readonly members: MembersRepository,
    private readonly authority: MemberAuthority,
    private readonly users: UsersRepository,
  ) {}

  /**
   * It takes effect with the member's next request.
   * @throws DomainError `member_not_found`, `own_role`, `last_admin`, `scope_not_grantable`, `insufficient_role`, `not_a_member`
   */
  async execute(access: Access, scope: TenantScope, memberId: string, role: Role): Promise<NamedMember> {
    const userId = pathId(memberId, 'member_not_found');
    if (access.principal.kind === 'user' && access.principal.id === userId) throw new DomainError('own_role');
    requireGrantableRole(access, role);
    return this.changes.run(async (change) => {
      const { session } = change;
      await this.authority.require(access, scope, session);
      const member = await this.members.find(scope, userId, session);
      if (!member) throw new DomainError('member_not_found');
      const user = await this.users.findForOperators(userId, session);
      if (member.role === role) return { ...member, user };
      if (member.role === 'admin' && !(await this.members.holdOtherAdmin(scope, userId, session))) throw new DomainError('last_admin');
      await this.members.setRole(scope, userId, role, session);
      await change.record({
        action: 'member.role_changed',
        scope,
        resource: { type: 'member', id: userId, name: user?.email },
        before: { role: member.role },
        after: { role },
      });
      change.accessChanged('member.role_changed');
      return { ...member, role, user };
    });
  }
}
