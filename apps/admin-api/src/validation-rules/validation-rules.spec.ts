import { describe, expect, it } from '@jest/globals';
import { isHttpUrl } from './http-url.js';
import { canonicalMetadata, isMetadata } from './metadata.js';
import { endOf, periodOf, startOf } from './period.js';
import { canonicalLocale } from './text-rules.js';

describe('isHttpUrl', () => {
  it.each([
    'https://shop.example/success?txId={transactionId}',
    'http://127.0.0.1:8080/ipn',
    'https://shop.example/cancel?a=1&amp;b=2',
    'https://shop.example/wc-api/gateway/?key=wc_order_x&order=7',
    'HTTPS://SHOP.EXAMPLE/',
    'https://münchen.example/zurück',
  ])('takes %s', (url) => expect(isHttpUrl(url)).toBe(true));

  it.each([
    'ftp://shop.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    '//shop.example/',
    '/cancel',
    'shop.example',
    'https://user:secret@shop.example/',
    'https://user@shop.example/',
    'https:\\\\shop.example',
    'https://shop.example/a b',
    ' https://shop.example/',
    'https://shop.example/\nx',
    'https://{transactionId}.example/',
    'http://',
    `https://shop.example/${'x'.repeat(2000)}`,
    7,
    { $gt: '' },
    undefined,
  ])('refuses %p', (url) => expect(isHttpUrl(url)).toBe(false));
});

describe('metadata', () => {
  it('keeps text, writes numbers and booleans as text, leaves out null', () => {
    expect(canonicalMetadata({ a: 'x', b: 7, c: 1.5, d: false, e: null, f: '' })).toEqual({ a: 'x', b: '7', c: '1.5', d: 'false', f: '' });
  });

  it('reads the empty array of PHP as an empty object', () => expect(canonicalMetadata([])).toEqual({}));

  it('allows what is at the limits', () => {
    const most = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`.padEnd(40, 'x'), 'v'.repeat(500)]));
    expect(isMetadata(most)).toBe(true);
  });

  it.each([
    ['51 entries', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v']))],
    ['a key of 41 characters', { ['k'.repeat(41)]: 'v' }],
    ['an empty key', { '': 'v' }],
    ['a value of 501 characters', { k: 'v'.repeat(501) }],
    ['an object as value', { k: { $gt: '' } }],
    ['a list as value', { k: ['v'] }],
    ['an operator as key', { $gt: 'v' }],
    ['a path as key', { 'a.b': 'v' }],
    ['a key every object has', { constructor: 'v' }],
    ['a list', ['v']],
    ['text', 'v'],
    ['nothing', undefined],
  ])('refuses %s', (_name, value) => expect(isMetadata(value)).toBe(false));
});

describe('canonicalLocale', () => {
  it.each([
    ['de_DE', 'de-DE'],
    ['de_DE_formal', 'de-DE-formal'],
    ['EN-us', 'en-US'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['x', 'x'],
    ['$gt', '$gt'],
  ])('%s becomes %s', (given, expected) => expect(canonicalLocale(given)).toBe(expected));

  it('leaves what is no text alone', () => expect(canonicalLocale({ $gt: '' })).toEqual({ $gt: '' }));
});

describe('dates of a filter', () => {
  it.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z', '2026-01-31T23:59:59.999Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2026-01-31T10:00', '2026-01-31T10:00:00.000Z', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T10:00:05Z', '2026-01-31T10:00:05.000Z', '2026-01-31T10:00:05.000Z'],
    ['2026-01-31T10:00:05.250+02:00', '2026-01-31T08:00:05.250Z', '2026-01-31T08:00:05.250Z'],
  ])('%s begins %s and ends %s', (text, start, end) => {
    expect([startOf(text)?.toISOString(), endOf(text)?.toISOString()]).toEqual([start, end]);
  });

  it.each(['2026-02-30', '2026-13-01', '2026-00-10', '31.01.2026', '2026-1-1', '2026-01-31T25:00', 'yesterday', '', 20260131, { $gt: '' }])(
    'refuses %p',
    (text) => expect(startOf(text)).toBeUndefined(),
  );

  it('takes a day as its own period and refuses one that ends before it begins', () => {
    expect(periodOf({ from: '2026-01-31', to: '2026-01-31' })).toEqual({
      from: '2026-01-31T00:00:00.000Z',
      to: '2026-01-31T23:59:59.999Z',
    });
    expect(() => periodOf({ from: '2026-02-01', to: '2026-01-31' })).toThrow('from must not be after to.');
    expect(periodOf({})).toEqual({ from: undefined, to: undefined });
  });
});
