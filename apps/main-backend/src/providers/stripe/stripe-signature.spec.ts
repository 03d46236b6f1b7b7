import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSignedBy, SIGNATURE_TOLERANCE_S } from './stripe-signature.js';

const secret = 'whsec_of_the_merchant';
const body = Buffer.from('{"id":"evt_1","object":"event"}');
const now = new Date('2026-03-08T14:00:00.000Z');
const seconds = now.getTime() / 1000;
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
const v1 = (t: number, key = secret, bytes = body) => `v1=${hmac(key, `${t}.${bytes.toString()}`)}`;
const sign = (t: number, key = secret, bytes = body) => `t=${t},${v1(t, key, bytes)}`;

describe('isSignedBy', () => {
  it('accepts a known answer', () => {
    // printf '1772978400.{"id":"evt_1","object":"event"}' | openssl dgst -sha256 -hmac 'whsec_of_the_merchant'
    const known = '01b718be8188ab0b17da011ec52155867fb735212c8f8bf7e5715c41ea40955f';
    expect(isSignedBy(secret, body, `t=1772978400,v1=${known}`, now)).toBe(true);
  });

  it.each([
    ['in time', sign(seconds), true],
    ['at the edge', sign(seconds - SIGNATURE_TOLERANCE_S), true],
    ['too old', sign(seconds - SIGNATURE_TOLERANCE_S - 1), false],
    ['by another key', sign(seconds, 'whsec_of_another'), false],
    ['of another body', sign(seconds, secret, Buffer.from('{"id":"evt_2"}')), false],
    ['while the secret is rolled: one of two fits', `${sign(seconds, 'whsec_the_old_one')},${v1(seconds)}`, true],
    ['with a signature of the test scheme beside it', `${sign(seconds)},v0=${'0'.repeat(64)}`, true],
    ['of the test scheme alone', sign(seconds).replace('v1=', 'v0='), false],
    ['empty', '', false],
    ['no time', v1(seconds), false],
    ['no signature', `t=${seconds}`, false],
    ['a time that is none', `t=now,${v1(seconds)}`, false],
    ['the time changed', sign(seconds).replace(`t=${seconds}`, `t=${seconds + 1}`), false],
    ['too short', `t=${seconds},v1=abcd`, false],
  ])('%s', (_name, header, expected) => expect(isSignedBy(secret, body, header, now)).toBe(expected));

  it('accepts nothing without a secret', () => expect(isSignedBy('', body, sign(seconds, ''), now)).toBe(false));
});
