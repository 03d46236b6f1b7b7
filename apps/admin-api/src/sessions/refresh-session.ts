import { Injectable } from '@nestjs/common';
import { DomainError, systemClock } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { UsersRepository } from '../users/index.js';
import type { User } from '../users/index.js';
import { AccessTokens } from './access-tokens.js';
import { RefreshTokens } from './refresh-tokens.js';
import { sessionExpiry } from './session-times.js';
import { SessionsRepository } from './sessions.repository.js';
import type { Session } from './sessions.repository.js';
import type { SessionTokens } from './start-session.js';

/** Exchanges a refresh token for a new one and a fresh access token. */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly changes: Changes,
    private readonly sessions: SessionsRepository,
    private readonly users: UsersRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
  ) {}

  /**
   * Each token is good once. A second use means that two hold it, and nobody can say which of them is the thief: the session
   * ends for both.
   * @throws DomainError `refresh_token_invalid`, `refresh_token_reused`, `session_ended`, `user_disabled`
   */
  async execute(token: string): Promise<{ user: User; tokens: SessionTokens }> {
    const presented = this.refreshTokens.read(token);
    const session = presented && (await this.sessions.findForAuthentication(presented.sessionId));
    if (!presented || !session) throw new DomainError('refresh_token_invalid');
    const now = systemClock.now();
    if (isOver(session, now)) throw new DomainError('session_ended');
    const user = await this.users.findForOperators(session.userId);
    if (!user) throw new DomainError('session_ended');
    if (user.disabledAt) throw new DomainError('user_disabled');

    const next = this.refreshTokens.issue(session.id);
    const refreshUntil = sessionExpiry(session.createdAt, now);
    const rotation = { from: presented.hashes, to: next.hash, at: now, expiresAt: refreshUntil };
    if (!(await this.sessions.rotateForOperators(session.id, rotation))) return this.refuseReuse(session, user.email);
    const access = this.accessTokens.sign({ userId: user.id, sessionId: session.id }, now);
    return { user, tokens: { ...access, sessionId: session.id, refreshToken: next.token, refreshUntil } };
  }

  private async refuseReuse(session: Session, email: string): Promise<never> {
    const ended = await this.changes.run(async (change) => {
      if (!(await this.sessions.endForOperators(session.id, 'refresh_reused', change.now, change.session))) return false;
      const resource = { type: 'session', id: session.id, name: email };
      await change.record({ action: 'session.refresh_reused', resource, after: { userId: session.userId, endReason: 'refresh_reused' } });
      change.accessChanged('session.refresh_reused');
      return true;
    });
    // Somebody else ended it between the look and the rotation: then this token need not have been an old one.
    throw new DomainError(ended ? 'refresh_token_reused' : 'session_ended');
  }
}

function isOver({ endedAt, expiresAt }: Session, now: Date): boolean {
  return endedAt !== undefined || expiresAt <= now;
}
