import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSignedBy, SIGNATURE_TOLERANCE_S } from './sandbox-signature.js';

const secret = 'a secret of the merchant';
const body = Buffer.from('{"id":"sbxevt_1","amount":4900}');
const now = new Date('2026-03-08T14:00:00.000Z');
const seconds = now.getTime() / 1000;
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
const sign = (t: number, key = secret, bytes = body) => `t=${t},v1=${hmac(key, `${t}.${bytes.toString()}`)}`;

describe('isSignedBy', () => {
  it('accepts a known answer', () => {
    // printf '1772978400.{"id":"sbxevt_1","amount":4900}' | openssl dgst -sha256 -hmac 'a secret of the merchant'
    expect(hmac(secret, `${seconds}.${body.toString()}`)).toBe('20bba45cd8945c258b057810fb22e2c5e443d4b66cd254ca28aa8db1628861fb');
    expect(isSignedBy(secret, body, 't=1772978400,v1=20bba45cd8945c258b057810fb22e2c5e443d4b66cd254ca28aa8db1628861fb', now)).toBe(true);
  });

  it.each([
    ['in time', sign(seconds), true],
    ['at the edge of the past', sign(seconds - SIGNATURE_TOLERANCE_S), true],
    ['too old', sign(seconds - SIGNATURE_TOLERANCE_S - 1), false],
    ['at the edge of the future', sign(seconds + SIGNATURE_TOLERANCE_S), true],
    ['from the future', sign(seconds + SIGNATURE_TOLERANCE_S + 1), false],
    ['by another key', sign(seconds, 'another secret'), false],
    ['of another body', sign(seconds, secret, Buffer.from('{"id":"sbxevt_1","amount":1}')), false],
    ['one of two fits', `${sign(seconds, 'the old secret')},v1=${hmac(secret, `${seconds}.${body.toString()}`)}`, true],
    ['with spaces', sign(seconds).replace(',', ', '), true],
    ['empty', '', false],
    ['no time', `v1=${hmac(secret, `${seconds}.${body.toString()}`)}`, false],
    ['no signature', `t=${seconds}`, false],
    ['a time that is none', `t=now,v1=${'0'.repeat(64)}`, false],
    ['too short a signature', `t=${seconds},v1=abcd`, false],
    ['upper case', sign(seconds).replace(/v1=.*/, (value) => value.toUpperCase()), false],
    ['the time changed', sign(seconds).replace(`t=${seconds}`, `t=${seconds + 1}`), false],
  ])('%s', (_name, header, expected) => expect(isSignedBy(secret, body, header, now)).toBe(expected));
});
