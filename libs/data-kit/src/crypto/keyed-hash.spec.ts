import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keyedHash, keyedHashCandidates, verifyKeyedHash } from './keyed-hash.js';
import { parseKeyring } from './keyring.js';

const k1 = `k1:${randomBytes(32).toString('base64')}`;
const k2 = `k2:${randomBytes(32).toString('base64')}`;
const ring = parseKeyring(k1);

describe('keyedHash', () => {
  it('is stable, names its key and differs by purpose, value and key', () => {
    const hash = keyedHash(ring, 'api-key', 'secret');
    expect(keyedHash(ring, 'api-key', 'secret')).toBe(hash);
    expect(hash).toMatch(/^k1\.[\w-]{43}$/);
    expect(keyedHash(ring, 'email', 'secret')).not.toBe(hash);
    expect(keyedHash(ring, 'api-key', 'secret ')).not.toBe(hash);
    expect(keyedHash(parseKeyring(k2), 'api-key', 'secret').slice(3)).not.toBe(hash.slice(3));
  });

  it('verifies what an older key of the ring has hashed, and searches under every key', () => {
    const old = keyedHash(ring, 'api-key', 'secret');
    const rotated = parseKeyring(`${k2},${k1}`);
    expect(verifyKeyedHash(rotated, 'api-key', 'secret', old)).toBe(true);
    expect(keyedHashCandidates(rotated, 'api-key', 'secret')).toEqual([keyedHash(rotated, 'api-key', 'secret'), old]);
  });

  it.each([
    ['another value', 'api-key', 'Secret', (h: string) => h],
    ['another purpose', 'email', 'secret', (h: string) => h],
    ['an altered hash', 'api-key', 'secret', (h: string) => h.slice(0, -1) + (h.endsWith('A') ? 'E' : 'A')],
    ['a cut hash', 'api-key', 'secret', (h: string) => h.slice(0, -1)],
    ['an unknown key', 'api-key', 'secret', (h: string) => h.replace('k1.', 'k9.')],
    ['no key', 'api-key', 'secret', (h: string) => h.slice(3)],
    ['nothing', 'api-key', 'secret', () => ''],
  ])('does not verify %s', (_what, purpose, value, change) => {
    expect(verifyKeyedHash(ring, purpose, value, change(keyedHash(ring, 'api-key', 'secret')))).toBe(false);
  });
});
