import { Injectable } from '@nestjs/common';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import { UsersRepository } from '../users/index.js';
import type { NamedMember } from './named-member.js';
import { MembersRepository } from './members.repository.js';

@Injectable()
export class ListMembers {
  constructor(
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
  ) {}

  async execute(scope: TenantScope, selection: PageSelection): Promise<Page<NamedMember>> {
    const { items, ...page } = await this.members.findPage(scope, selection);
    const users = await this.users.findManyForOperators(items.map(({ userId }) => userId));
    const byId = new Map(users.map((user) => [user.id, user]));
    return { ...page, items: items.map((member) => ({ ...member, user: byId.get(member.userId) })) };
  }
}
