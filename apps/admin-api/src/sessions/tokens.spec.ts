import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Keyring } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import fc from 'fast-check';
import { AdminConfig } from '../admin-config.js';
import { AccessTokens } from './access-tokens.js';
import { RefreshTokens } from './refresh-tokens.js';
import { sessionExpiry } from './session-times.js';

const newKey = (): string => randomBytes(32).toString('base64');
const [FIRST, SECOND] = [newKey(), newKey()];
const before = Keyring.parse(`k1:${FIRST}`);
const during = Keyring.parse(`k2:${SECOND},k1:${FIRST}`);
const after = Keyring.parse(`k2:${SECOND}`);
const NOW = new Date();
const DAY_MS = 24 * 3600 * 1000;

/** One character of the text is another. */
const altered = (text: string) =>
  fc
    .tuple(fc.nat(text.length - 1), fc.stringMatching(/^[A-Za-z0-9._-]$/))
    .map(([place, letter]) => text.slice(0, place) + letter + text.slice(place + 1))
    .filter((other) => other !== text);

describe('access tokens', () => {
  const tokens = (keyring: Keyring, minutes = 10) =>
    new AccessTokens(keyring, Object.assign(new AdminConfig(), { ACCESS_TOKEN_MINUTES: minutes }));
  const holder = { userId: newObjectId(), sessionId: newObjectId() };

  it('say what they were signed for', () => {
    const { accessToken, expiresAt, expiresIn } = tokens(before, 3).sign(holder, NOW);
    expect(expiresIn).toBe(180);
    expect(tokens(before).read(accessToken)).toEqual({ ...holder, expiresAt });
  });

  it('stay good while their key is in the ring', () => {
    const { accessToken } = tokens(before).sign(holder, NOW);
    expect([before, during, after].map((keyring) => tokens(keyring).read(accessToken)?.sessionId)).toEqual([
      holder.sessionId,
      holder.sessionId,
      undefined,
    ]);
    expect(tokens(after).read(tokens(during).sign(holder, NOW).accessToken)?.userId).toBe(holder.userId);
  });

  it.each([
    [590, true],
    [601, false],
    [3600, false],
  ])('after %i seconds: %p', (seconds, good) => {
    const { accessToken } = tokens(before).sign(holder, new Date(Date.now() - seconds * 1000));
    expect(tokens(before).read(accessToken) !== undefined).toBe(good);
    expect(tokens(before).read(accessToken, { evenExpired: true })?.sessionId).toBe(holder.sessionId);
  });

  it('are worth nothing with any other character', () => {
    const { accessToken } = tokens(before).sign(holder, NOW);
    const honest = tokens(before).read(accessToken);
    fc.assert(
      fc.property(altered(accessToken), (forged) => {
        const content = tokens(before).read(forged, { evenExpired: true });
        // The last characters of base64url have spare bits: another spelling of the same bytes is the same token.
        if (content !== undefined) expect(content).toEqual(honest);
      }),
    );
  });

  it('no text makes reading fail', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        expect(tokens(before).read(`${a}.${b}.${c}`)).toBeUndefined();
      }),
    );
  });
});

describe('refresh tokens', () => {
  const sessionId = newObjectId();

  it('are found again by the hash that was kept', () => {
    const { token, hash } = new RefreshTokens(before).issue(sessionId);
    expect(new RefreshTokens(before).read(token)).toEqual({ sessionId, hashes: [hash] });
    expect(new RefreshTokens(during).read(token)?.hashes).toContain(hash);
    expect(new RefreshTokens(after).read(token)).toBeUndefined();
  });

  it('are never the same twice, and fit into a cookie', () => {
    const issued = new Set(Array.from({ length: 100 }, () => new RefreshTokens(before).issue(sessionId).token));
    expect(issued.size).toBe(100);
    for (const token of issued) expect(token).toMatch(/^[A-Za-z0-9._-]{1,200}$/);
  });

  it('are worth nothing with any other character', () => {
    const { token } = new RefreshTokens(before).issue(sessionId);
    fc.assert(
      fc.property(altered(token), (forged) => {
        expect(new RefreshTokens(before).read(forged)).toBeUndefined();
      }),
    );
  });

  it('no text makes reading fail', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(new RefreshTokens(before).read(text)).toBeUndefined();
      }),
    );
  });
});

describe('sessionExpiry', () => {
  it('is 30 days from now, but never more than 90 after signing in', () => {
    fc.assert(
      fc.property(fc.nat(89 * DAY_MS), (age) => {
        const created = new Date(NOW.getTime() - age);
        const end = sessionExpiry(created, NOW).getTime();
        expect(end).toBe(Math.min(NOW.getTime() + 30 * DAY_MS, created.getTime() + 90 * DAY_MS));
        expect(end).toBeGreaterThan(NOW.getTime());
      }),
    );
  });
});
