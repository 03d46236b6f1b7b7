import { Injectable } from '@nestjs/common';
import type { Page } from '@paygate/nest-kit';
import { UsersRepository } from '../users/index.js';
import type { User } from '../users/index.js';
import type { ListUsersQuery } from './dto/list-users.query.js';

@Injectable()
export class ListUsers {
  constructor(private readonly users: UsersRepository) {}

  async execute({ email, globalAdmin, disabled, ...selection }: ListUsersQuery): Promise<Page<User>> {
    return this.users.listForOperators({ email, globalAdmin, disabled }, selection);
  }
}
