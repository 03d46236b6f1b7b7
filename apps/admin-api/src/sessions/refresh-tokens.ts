import { Injectable } from '@nestjs/common';
import { keyedHash, keyedHashCandidates, Keyring, verifyKeyedHash } from '@paygate/data-kit';
import { randomToken } from '@paygate/kernel';

const SEAL = 'refresh-token-seal';
const STORED = 'refresh-token';
const NONCE_LENGTH = 43;
const FORM = /^([0-9a-f]{24})\.([A-Za-z0-9]{43})\.([A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{43})$/;

export interface NewRefreshToken {
  /** What the browser gets. */
  token: string;
  /** What is kept. */
  hash: string;
}

export interface PresentedRefreshToken {
  sessionId: string;
  /** How the token may stand in the database: one hash per key of the ring. */
  hashes: readonly string[];
}

/**
 * Refresh tokens: `<sessionId>.<nonce>.<seal>`. The seal shows that this platform gave the token out. So a sealed token that
 * is not the present one of its session is an older one, somebody has a copy, while a made-up one ends nobody's session.
 */
@Injectable()
export class RefreshTokens {
  constructor(private readonly keyring: Keyring) {}

  issue(sessionId: string): NewRefreshToken {
    const content = `${sessionId}.${randomToken(NONCE_LENGTH)}`;
    const token = `${content}.${keyedHash(this.keyring, SEAL, content)}`;
    return { token, hash: keyedHash(this.keyring, STORED, token) };
  }

  /** Undefined for what was never given out by this platform, or under a key it no longer has. */
  read(token: string): PresentedRefreshToken | undefined {
    const [, sessionId, nonce, seal] = FORM.exec(token) ?? [];
    if (sessionId === undefined || nonce === undefined || seal === undefined) return undefined;
    if (!verifyKeyedHash(this.keyring, SEAL, `${sessionId}.${nonce}`, seal)) return undefined;
    return { sessionId, hashes: keyedHashCandidates(this.keyring, STORED, token) };
  }
}
