import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import { currentContext } from '@paygate/nest-kit';
import type { Change } from '../changes/index.js';
import type { User } from '../users/index.js';
import { actAs } from './act-as.js';
import { AccessTokens } from './access-tokens.js';
import type { AccessToken } from './access-tokens.js';
import { RefreshTokens } from './refresh-tokens.js';
import { sessionExpiry } from './session-times.js';
import { SessionsRepository } from './sessions.repository.js';

const LONGEST_USER_AGENT = 300;

/** What a browser gets when a person has signed in, or stays so. */
export interface SessionTokens extends AccessToken {
  sessionId: string;
  refreshToken: string;
  /** When the refresh token ends if it is not used. */
  refreshUntil: Date;
}

@Injectable()
export class StartSession {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
  ) {}

  /** From here on the request counts as the user's. @param passkeyId that the person signed in with */
  async execute(change: Change, user: User, passkeyId: string | undefined): Promise<SessionTokens> {
    const { now, session } = change;
    actAs(user);
    const context = currentContext();
    const id = newObjectId(now);
    const { token, hash } = this.refreshTokens.issue(id);
    const expiresAt = sessionExpiry(now, now);
    const userAgent = context?.userAgent?.slice(0, LONGEST_USER_AGENT);
    await this.sessions.insertForOperators(
      {
        id,
        userId: user.id,
        passkeyId,
        refreshHash: hash,
        expiresAt,
        lastUsedAt: now,
        userAgent,
        address: context?.address,
        createdAt: now,
      },
      session,
    );
    await change.record({
      action: 'session.started',
      resource: { type: 'session', id, name: user.email },
      after: { userId: user.id, passkeyId },
    });
    return {
      ...this.accessTokens.sign({ userId: user.id, sessionId: id }, now),
      sessionId: id,
      refreshToken: token,
      refreshUntil: expiresAt,
    };
  }
}
