import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { deriveKey, Keyring, KeyringError, parseKeyring } from './keyring.js';

const secret = randomBytes(32).toString('base64');
const other = randomBytes(32).toString('base64');

describe('parseKeyring', () => {
  it('takes the first key as the current one', () => {
    const ring = parseKeyring(`k2:${secret}, k1:${other}`);
    expect(ring.currentKeyId).toBe('k2');
    expect(ring.keyIds).toEqual(['k2', 'k1']);
    expect(ring.has('k1')).toBe(true);
    expect(ring.has('k3')).toBe(false);
  });

  it.each([
    ['nothing', '', /entry 1 is empty/],
    ['a missing id', secret, /entry 1 has no key id/],
    ['an empty id', `:${secret}`, /key id of entry 1 must be/],
    ['an id with a dot', `a.b:${secret}`, /key id of entry 1 must be/],
    ['text that is not base64', 'k1:not base64!', /key "k1" is not valid base64/],
    ['a short key', `k1:${randomBytes(16).toString('base64')}`, /key "k1" has 16 bytes instead of 32/],
    ['a long key', `k1:${randomBytes(33).toString('base64')}`, /key "k1" has 33 bytes instead of 32/],
    ['an example key', `k1:${Buffer.alloc(32).toString('base64')}`, /key "k1" is not random/],
    ['the same id twice', `k1:${secret},k1:${other}`, /key id "k1" is used twice/],
    ['a trailing comma', `k1:${secret},`, /entry 2 is empty/],
  ])('refuses %s', (_what, text, message) => {
    expect(() => parseKeyring(text)).toThrow(KeyringError);
    expect(() => parseKeyring(text)).toThrow(message);
  });

  it('lists every problem and prints no key material', () => {
    const short = randomBytes(20).toString('base64');
    const text = `k1:${short},${secret}:k2,${other}`;
    let message = '';
    try {
      parseKeyring(text);
    } catch (error) {
      message = (error as KeyringError).message;
      expect((error as KeyringError).problems).toHaveLength(3);
    }
    expect(message).toMatch(/entry 2.*entry 3/);
    for (const material of [short, secret, other]) expect(message).not.toContain(material.slice(0, 12));
  });
});

describe('Keyring', () => {
  it('shows key ids only, however it is printed', () => {
    const ring = parseKeyring(`k1:${secret}`);
    for (const printed of [inspect(ring, { depth: 9, showHidden: true }), JSON.stringify(ring), JSON.stringify({ ring })]) {
      expect(printed).not.toContain(secret.slice(0, 12));
      expect(printed).not.toContain(Buffer.from(secret, 'base64').toString('hex').slice(0, 12));
    }
    expect(inspect(ring)).toBe('Keyring(k1)');
  });

  it('derives a stable key per purpose and key, and a different one for each other', () => {
    const ring = Keyring.parse(`k1:${secret},k2:${other}`);
    const again = Keyring.parse(`k1:${secret}`);
    expect(deriveKey(ring, 'a')).toEqual(deriveKey(again, 'a'));
    const all = [deriveKey(ring, 'a'), deriveKey(ring, 'b'), ring.derive('k2', 'a')].map((key) => key.toString('hex'));
    expect(new Set(all).size).toBe(3);
    expect(all.every((key) => key.length === 64)).toBe(true);
    expect(() => ring.derive('k9', 'a')).toThrow(RangeError);
  });

  it('keeps its own copy of a derived key', () => {
    const ring = Keyring.parse(`k1:${secret}`);
    const before = deriveKey(ring, 'a').toString('hex');
    deriveKey(ring, 'a').fill(0);
    expect(deriveKey(ring, 'a').toString('hex')).toBe(before);
  });

  // HKDF-SHA256 (RFC 5869) of 32 bytes 00..1f, empty salt, info "paygate/test", computed with an independent tool.
  it('derives with HKDF-SHA256', () => {
    const ring = Keyring.parse(`k1:${Buffer.from([...Array(32).keys()]).toString('base64')}`);
    expect(deriveKey(ring, 'test').toString('hex')).toBe('9b918dc90275bfc67054af3dba782740b42e4530abaa78fb5abb978848e13732');
  });
});
