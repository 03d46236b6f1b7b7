import { Injectable } from '@nestjs/common';
import { AccessMemory } from '../short-cache/index.js';
import type { ShortCache } from '../short-cache/index.js';
import { MembersRepository } from './members.repository.js';
import type { Membership } from './members.repository.js';

/** Which organizations a signed-in person belongs to. Asked on every request, so remembered for a moment. */
@Injectable()
export class MembershipDirectory {
  private readonly cache: ShortCache<Membership[]>;

  constructor(
    private readonly members: MembersRepository,
    memory: AccessMemory,
  ) {
    this.cache = memory.newCache();
  }

  of(userId: string): Promise<Membership[]> {
    return this.cache.get(userId, () => this.members.listOfUserForOperators(userId));
  }
}
