import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { UsersRepository } from '../users/index.js';
import type { User } from '../users/index.js';

@Injectable()
export class GetSettings {
  constructor(private readonly users: UsersRepository) {}

  /** @throws DomainError `user_not_found` */
  async execute(userId: string): Promise<User> {
    const user = await this.users.findForOperators(userId);
    if (!user) throw new DomainError('user_not_found');
    return user;
  }
}
