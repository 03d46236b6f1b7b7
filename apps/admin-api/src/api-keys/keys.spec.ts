import { describe, expect, it } from '@jest/globals';
import { parseKeyring } from '@paygate/data-kit';
import type { ApiKey } from './api-key.js';
import { KeySecrets } from './key-secrets.js';
import { newKeyParts, readKey, writeKey } from './key-text.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const EARLIER = new Date(NOW.getTime() - 1000);
const LATER = new Date(NOW.getTime() + 1000);

describe('the text of a key', () => {
  it('reads back every key that is made', () => {
    for (const environment of ['live', 'test'] as const) {
      const parts = newKeyParts(environment);
      expect(readKey(writeKey(parts))).toEqual(parts);
    }
  });
});

describe('KeySecrets', () => {
  const first = `k1:${Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64')}`;
  const second = `k2:${Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i)).toString('base64')}`;
  const secrets = new KeySecrets(parseKeyring(first));
  const parts = newKeyParts('test');
  const stored: ApiKey = {
    id: '5f0000000000000000000002',
    organizationId: '5f0000000000000000000001',
    keyId: parts.keyId,
    name: 'Key',
    environment: 'test',
    scopes: [],
    secretHash: secrets.hash(parts),
    ipAllowlist: [],
    createdAt: EARLIER,
    updatedAt: EARLIER,
  };

  it('knows the secret and nothing else', () => {
    expect(secrets.matches(parts, stored, NOW)).toBe(true);
    expect(secrets.matches({ ...parts, secret: `${parts.secret}x` }, stored, NOW)).toBe(false);
    expect(secrets.matches({ ...parts, environment: 'live' }, stored, NOW)).toBe(false);
    expect(secrets.matches(parts, undefined, NOW)).toBe(false);
  });

  it('does not open another key with a copied hash', () => {
    expect(secrets.matches({ ...parts, keyId: 'other' }, { ...stored, keyId: 'other' }, NOW)).toBe(false);
  });

  it('takes the previous secret until its end', () => {
    const renewed = newKeyParts('test');
    const rotated = (validUntil: Date): ApiKey => ({
      ...stored,
      secretHash: secrets.hash({ ...renewed, keyId: parts.keyId }),
      previousSecret: { hash: stored.secretHash, validUntil },
    });
    expect(secrets.matches(parts, rotated(LATER), NOW)).toBe(true);
    expect(secrets.matches(parts, rotated(NOW), NOW)).toBe(false);
    expect(secrets.matches({ ...renewed, keyId: parts.keyId }, rotated(NOW), NOW)).toBe(true);
  });

  it('verifies hashes of the system key before the current one', () => {
    const newer = new KeySecrets(parseKeyring(`${second},${first}`));
    expect(newer.matches(parts, stored, NOW)).toBe(true);
    expect(newer.hash(parts)).not.toBe(stored.secretHash);
  });
});
