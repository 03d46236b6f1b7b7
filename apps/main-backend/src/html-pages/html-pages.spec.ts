import { describe, expect, it } from '@jest/globals';
import { newNonce } from './html-page.js';
import { readForm } from './read-form.js';
import { httpUrl } from './safe-url.js';
import { isSameOriginForm } from './same-origin.js';

describe('httpUrl', () => {
  it.each([
    ['https://shop.example', 'https://shop.example/'],
    ['http://localhost:3000/a?b=c#d', 'http://localhost:3000/a?b=c#d'],
    ['javascript:alert(1)', undefined],
    ['JaVaScRiPt:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['/checkout/a', undefined],
    ['//evil.example', undefined],
    ['https://user@evil.example', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%p → %p', (value, expected) => expect(httpUrl(value)).toBe(expected));
});

describe('isSameOriginForm', () => {
  it.each([
    [{ origin: 'https://pay.example.com' }, true],
    [{ origin: 'http://pay.example.com' }, true],
    [{ origin: 'https://pay.example.com:444' }, false],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'https://pay.example.com.evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{}, true],
  ])('%j → %p', (headers, expected) => expect(isSameOriginForm({ host: 'pay.example.com', headers })).toBe(expected));
});

describe('readForm', () => {
  it.each([
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&a=2', { a: '1' }],
    ['name=Ada+Lovelace&x=%C3%A9', { name: 'Ada Lovelace', x: 'é' }],
    ['bad=%E0%A4%A', { bad: '\uFFFD%A' }],
    ['', {}],
  ])('%p', (body, fields) => expect({ ...readForm(body) }).toEqual(fields));

  it('knows no names but those sent', () => {
    const fields = readForm('__proto__=x&a=1');
    expect(fields['constructor']).toBeUndefined();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(fields['__proto__']).toBe('x');
  });
});

it('every nonce is another', () => {
  expect(newNonce()).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(newNonce()).not.toBe(newNonce());
});
