import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { MembersRepository } from '../members/index.js';
import type { Membership } from '../members/index.js';
import { UsersRepository } from '../users/index.js';
import type { User } from '../users/index.js';
import { pathId } from '../validation-rules/index.js';

/** A person and what they belong to. */
export interface UserDetail {
  user: User;
  memberships: Membership[];
}

@Injectable()
export class GetUser {
  constructor(
    private readonly users: UsersRepository,
    private readonly members: MembersRepository,
  ) {}

  /** @throws DomainError `user_not_found` */
  async execute(userId: string): Promise<UserDetail> {
    const user = await this.users.findForOperators(pathId(userId, 'user_not_found'));
    if (!user) throw new DomainError('user_not_found');
    return { user, memberships: await this.members.listOfUserForOperators(user.id) };
  }
}
