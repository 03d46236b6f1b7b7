import { createSecretKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keyring } from '@paygate/data-kit';
import { isObjectId } from '@paygate/kernel';
import jwt from 'jsonwebtoken';
import { AdminConfig } from '../admin-config.js';

const PURPOSE = 'access-token';

/** The only algorithm that is ever taken: in particular neither `none` nor a signature with a public key. */
const ALGORITHM = 'HS256';
const ISSUER = 'paygate';
const AUDIENCE = 'paygate-admin';

/** What every check of an access token asks for. */
export const ACCESS_TOKEN_CHECKS = { algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE } satisfies jwt.VerifyOptions;

export interface AccessToken {
  accessToken: string;
  expiresAt: Date;
  /** Seconds. */
  expiresIn: number;
}

export interface AccessTokenContent {
  userId: string;
  sessionId: string;
  expiresAt: Date;
}

/** Signs access tokens with a key derived from the first key of the ring; those signed with an older one stay good. */
@Injectable()
export class AccessTokens {
  private readonly keys = new Map<string, KeyObject>();

  constructor(
    private readonly keyring: Keyring,
    private readonly config: AdminConfig,
  ) {}

  sign(holder: { userId: string; sessionId: string }, now: Date, lifetimeSeconds = this.config.ACCESS_TOKEN_MINUTES * 60): AccessToken {
    const issuedAt = Math.floor(now.getTime() / 1000);
    const expiresAt = issuedAt + lifetimeSeconds;
    const keyId = this.keyring.currentKeyId;
    const accessToken = jwt.sign({ sid: holder.sessionId, iat: issuedAt, exp: expiresAt }, this.key(keyId), {
      algorithm: ALGORITHM,
      keyid: keyId,
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: holder.userId,
      jwtid: randomUUID(),
    });
    return { accessToken, expiresAt: new Date(expiresAt * 1000), expiresIn: expiresAt - issuedAt };
  }

  /** What a token says, when it is one of ours and good (or was, with `evenExpired`). The session may have ended meanwhile. */
  read(token: string, { evenExpired = false } = {}): AccessTokenContent | undefined {
    const key = this.keyOf(token);
    if (!key) return undefined;
    try {
      const payload: unknown = jwt.verify(token, key, { ...ACCESS_TOKEN_CHECKS, ignoreExpiration: evenExpired });
      return readAccessToken(payload);
    } catch {
      return undefined;
    }
  }

  /** The key a token says it was signed with; undefined when it says nothing readable or names no key of the ring. */
  keyOf(token: string): KeyObject | undefined {
    const keyId = readKeyId(token);
    return keyId !== undefined && this.keyring.has(keyId) ? this.key(keyId) : undefined;
  }

  private key(keyId: string): KeyObject {
    const known = this.keys.get(keyId);
    if (known) return known;
    const key = createSecretKey(this.keyring.derive(keyId, PURPOSE));
    this.keys.set(keyId, key);
    return key;
  }
}

/** Undefined when a verified payload is not one of ours after all. */
export function readAccessToken(payload: unknown): AccessTokenContent | undefined {
  const { sub, sid, exp } = payload as { sub?: unknown; sid?: unknown; exp?: unknown };
  if (!isObjectId(sub) || !isObjectId(sid) || typeof exp !== 'number') return undefined;
  return { userId: sub, sessionId: sid, expiresAt: new Date(exp * 1000) };
}

function readKeyId(token: string): string | undefined {
  const header = token.slice(0, token.indexOf('.'));
  try {
    const fields: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
    const keyId = typeof fields === 'object' && fields !== null && 'kid' in fields ? fields.kid : undefined;
    return typeof keyId === 'string' ? keyId : undefined;
  } catch {
    return undefined;
  }
}
