import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { DomainError, systemClock } from '@paygate/kernel';
import jwt from 'jsonwebtoken';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { UserPrincipal } from '../access/index.js';
import { ACCESS_TOKEN_CHECKS, AccessTokens, readAccessToken } from './access-tokens.js';
import { SignedInUsers } from './signed-in-users.js';

export const ACCESS_TOKEN_STRATEGY = 'access-token';

/** Declared for text and buffers; a key object works too, and costs 8 µs a token where a buffer costs 300. */
type KeyAnswer = (error: unknown, key?: Buffer) => void;

/**
 * Passport strategy for `Authorization: Bearer <jwt>` and `Token <jwt>`. A token alone is not enough: its session must not
 * have ended, so signing out takes effect before the token expires. Every refusal is a DomainError.
 */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, ACCESS_TOKEN_STRATEGY) {
  constructor(
    tokens: AccessTokens,
    private readonly signedIn: SignedInUsers,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromExtractors([ExtractJwt.fromAuthHeaderAsBearerToken(), ExtractJwt.fromAuthHeaderWithScheme('Token')]),
      secretOrKeyProvider: (_request: unknown, token: string, done: KeyAnswer) => {
        const key = tokens.keyOf(token);
        if (key) done(null, key as unknown as Buffer);
        else done(new DomainError('access_token_invalid'));
      },
      ...ACCESS_TOKEN_CHECKS,
    });
  }

  /** Passport's own refusal would be an answer without a code. `this` lives for one request. */
  override authenticate(...parameters: Parameters<Strategy['authenticate']>): void {
    this.fail = (challenge: unknown) => this.error(refusalOf(challenge));
    super.authenticate(...parameters);
  }

  /** @throws DomainError `access_token_invalid`, `session_ended`, `user_disabled` */
  async validate(payload: unknown): Promise<UserPrincipal> {
    const content = readAccessToken(payload);
    if (!content) throw new DomainError('access_token_invalid');
    const { user, session } = await this.signedIn.require(content.sessionId, content.userId, systemClock.now());
    const { id, displayName: name, email, globalAdmin } = user;
    return { kind: 'user', id, name, email, sessionId: session.id, globalAdmin };
  }
}

function refusalOf(challenge: unknown): DomainError {
  if (challenge instanceof DomainError) return challenge;
  return new DomainError(challenge instanceof jwt.TokenExpiredError ? 'access_token_expired' : 'access_token_invalid');
}
