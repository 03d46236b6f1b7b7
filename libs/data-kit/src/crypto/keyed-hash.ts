import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keyring } from './keyring.js';

/**
 * HMAC-SHA256 of a value under a key for one purpose: `<keyId>.<base64url>`. For values that must be found or compared
 * but not read back: search hashes and API key secrets. The key id stays in the hash, so it can be verified after the
 * current key has changed.
 */
export function keyedHash(keyring: Keyring, purpose: string, value: string): string {
  return hashWith(keyring, keyring.currentKeyId, purpose, value);
}

/** The hashes of a value under every key of the ring, current first: search with `$in` while a rotation is under way. */
export function keyedHashCandidates(keyring: Keyring, purpose: string, value: string): string[] {
  return keyring.keyIds.map((keyId) => hashWith(keyring, keyId, purpose, value));
}

/** Compares in constant time, with the key the hash names. False also for a malformed hash or a key no longer in the ring. */
export function verifyKeyedHash(keyring: Keyring, purpose: string, value: string, hash: string): boolean {
  const keyId = hash.slice(0, Math.max(0, hash.indexOf('.')));
  if (!keyring.has(keyId)) return false;
  const expected = Buffer.from(hashWith(keyring, keyId, purpose, value));
  const given = Buffer.from(hash);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function hashWith(keyring: Keyring, keyId: string, purpose: string, value: string): string {
  const mac = createHmac('sha256', keyring.derive(keyId, `keyed-hash/${purpose}`)).update(value, 'utf8');
  return `${keyId}.${mac.digest('base64url')}`;
}
