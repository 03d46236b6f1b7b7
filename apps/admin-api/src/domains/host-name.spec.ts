import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalHostName } from './host-name.js';

const LABEL_63 = 'a'.repeat(63);

describe('canonicalHostName', () => {
  it.each([
    ['pay.shop.example', 'pay.shop.example'],
    ['PAY.Shop.Example', 'pay.shop.example'],
    ['shop.example', 'shop.example'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
    ['支付。例え', 'xn--bnq875c.xn--r8jz45g'],
    ['1.pay.example', '1.pay.example'],
    ['a-b.example', 'a-b.example'],
    [`${LABEL_63}.${LABEL_63}.${LABEL_63}.${'a'.repeat(61)}`, `${LABEL_63}.${LABEL_63}.${LABEL_63}.${'a'.repeat(61)}`],
  ])('reads %s as %s', (text, expected) => expect(canonicalHostName(text)).toBe(expected));

  it.each([
    '',
    'localhost',
    'com',
    '.',
    '.example.com',
    'pay..example.com',
    'pay.example.com.',
    '*.example.com',
    'https://pay.example.com',
    'pay.example.com/',
    'pay.example.com/checkout',
    'pay.example.com:443',
    'user@pay.example.com',
    'pay.example.com?x',
    'pay.example.com#x',
    'pay%2eexample.com',
    'pay\\example.com',
    'pay .example.com',
    'pay.example.com\n',
    'pay\u0000.example.com',
    'pay\t.example.com',
    '_dmarc.example.com',
    '-pay.example.com',
    'pay-.example.com',
    'xn--a.example',
    'xn--.example',
    '192.0.2.1',
    '192.0.2',
    '0x7f.1',
    '127.1',
    'a.b.1',
    '[2001:db8::1]',
    '2001:db8::1',
    'pay.example.c',
    `${'a'.repeat(64)}.example`,
    `${LABEL_63}.${LABEL_63}.${LABEL_63}.${'a'.repeat(62)}`,
    `${'ü'.repeat(60)}.${'ü'.repeat(60)}.${'ü'.repeat(60)}.${'ü'.repeat(60)}`,
    `${'a.'.repeat(5000)}example`,
    '{$gt: ""}',
    7,
    null,
    undefined,
    ['pay.example.com'],
    { $gt: '' },
  ])('refuses %p', (text) => expect(canonicalHostName(text)).toBeUndefined());

  it('gives names that stay what they are, whatever it is given', () => {
    const part = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.stringMatching(/^[a-zA-Z0-9-]{1,12}$/));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const name = canonicalHostName(parts.join('.'));
        if (name === undefined) return;
        expect(name).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        expect(canonicalHostName(name)).toBe(name);
        expect(new URL(`https://${name}/`).host).toBe(name);
      }),
    );
  });
});
