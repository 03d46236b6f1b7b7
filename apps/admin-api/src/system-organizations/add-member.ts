import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import type { Role } from '@paygate/nest-kit';
import { alreadyExists, Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { MembersRepository, presentMember } from '../members/index.js';
import type { MemberResponse } from '../members/index.js';
import { OrganizationsRepository, recordForBoth } from '../organizations/index.js';
import { UsersRepository } from '../users/index.js';

/** Operators make a person a member, themselves for instance. It is the only way they get at an organization's data, and it is told. */
@Injectable()
export class AddMember {
  constructor(
    private readonly changes: Changes,
    private readonly organizations: OrganizationsRepository,
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
  ) {}

  /** @throws DomainError `organization_not_found`, `user_not_found`, `already_exists` */
  async execute(scope: TenantScope, wanted: { userId: string; role: Role }, claim?: IdempotencyClaim): Promise<MemberResponse> {
    return this.changes.once('platform', `member.add:${scope.organizationId}`, claim, async (change) => {
      if (!(await this.organizations.find(scope, change.session))) throw new DomainError('organization_not_found');
      return this.within(change, scope, wanted);
    });
  }

  /** As a part of a change that does more. @throws DomainError `user_not_found`, `already_exists` */
  async within(change: Change, scope: TenantScope, { userId, role }: { userId: string; role: Role }): Promise<MemberResponse> {
    const { now, session } = change;
    const user = await this.users.findForOperators(userId, session);
    if (!user) throw new DomainError('user_not_found', undefined, [{ field: 'userId' }]);
    if (await this.members.find(scope, userId, session))
      throw alreadyExists('userId', 'This person is a member of the organization already.');
    await this.members.insert(scope, { userId, role }, session);
    const resource = { type: 'member', id: userId, name: user.email };
    const after = { organizationId: scope.organizationId, role };
    await recordForBoth(change, scope, { action: 'member.added', resource, after });
    change.accessChanged('member.added');
    return presentMember({ userId, role, since: now, user });
  }
}
