import { Injectable } from '@nestjs/common';
import { DomainError, TenantScope } from '@paygate/kernel';
import type { Access, UserPrincipal } from '../access/index.js';
import { Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { UsersRepository } from '../users/index.js';
import { pathId } from '../validation-rules/index.js';
import { MemberAuthority } from './member-authority.js';
import { MembersRepository } from './members.repository.js';

/** Ends a membership. It takes effect with the member's next request. */
@Injectable()
export class RemoveMember {
  constructor(
    private readonly changes: Changes,
    private readonly members: MembersRepository,
    private readonly authority: MemberAuthority,
    private readonly users: UsersRepository,
  ) {}

  /** @throws DomainError `member_not_found`, `last_admin`, `insufficient_role`, `not_a_member` */
  async execute(access: Access, scope: TenantScope, memberId: string): Promise<void> {
    const userId = pathId(memberId, 'member_not_found');
    await this.changes.run(async (change) => {
      await this.authority.require(access, scope, change.session);
      await this.remove(change, scope, userId);
    });
  }

  /** A person leaves, whatever their role. @throws DomainError `member_not_found`, `last_admin` */
  async leave({ id }: UserPrincipal, organizationId: string): Promise<void> {
    const scope = TenantScope.of(pathId(organizationId, 'member_not_found'), true);
    await this.changes.run((change) => this.remove(change, scope, id));
  }

  private async remove(change: Change, scope: TenantScope, userId: string): Promise<void> {
    const { session } = change;
    const member = await this.members.find(scope, userId, session);
    if (!member) throw new DomainError('member_not_found');
    if (member.role === 'admin' && !(await this.members.holdOtherAdmin(scope, userId, session))) throw new DomainError('last_admin');
    await this.members.remove(scope, userId, session);
    const user = await this.users.findForOperators(userId, session);
    const resource = { type: 'member', id: userId, name: user?.email };
    await change.record({ action: 'member.removed', scope, resource, before: { role: member.role } });
    change.accessChanged('member.removed');
  }
}
