import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { AccessMemory } from '../short-cache/index.js';
import type { ShortCache } from '../short-cache/index.js';
import { UsersRepository } from '../users/index.js';
import type { User } from '../users/index.js';
import { SessionsRepository } from './sessions.repository.js';
import type { Session } from './sessions.repository.js';

export interface SignedInUser {
  session: Session;
  user: User;
}

/** Who is behind a session. Asked on every request of a person, so its answers are kept for a moment. */
@Injectable()
export class SignedInUsers {
  private readonly cache: ShortCache<SignedInUser | undefined>;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly users: UsersRepository,
    memory: AccessMemory,
  ) {
    this.cache = memory.newCache();
  }

  /** @throws DomainError `session_ended`, `user_disabled` */
  async require(sessionId: string, userId: string, now: Date): Promise<SignedInUser> {
    const found = await this.cache.get(sessionId, () => this.load(sessionId));
    if (found?.user.id !== userId) throw new DomainError('session_ended');
    const { session, user } = found;
    if (session.endedAt || session.expiresAt <= now) throw new DomainError('session_ended');
    if (user.disabledAt) throw new DomainError('user_disabled');
    return found;
  }

  private async load(sessionId: string): Promise<SignedInUser | undefined> {
    const session = await this.sessions.findForAuthentication(sessionId);
    if (!session) return undefined;
    const user = await this.users.findForOperators(session.userId);
    return user && { session, user };
  }
}
