import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { BrowserAssets } from './browser-assets.js';
import { contentSecurityPolicy, newNonce } from './html-page.js';
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

describe('contentSecurityPolicy', () => {
  it('allows nothing of others', () => {
    expect(contentSecurityPolicy()).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it('allows the logo and the one style of the page', () => {
    const nonce = newNonce();
    const policy = contentSecurityPolicy({ styleNonce: nonce, imageOrigins: ['https://cdn.example'] });
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("img-src 'self' https://cdn.example");
    expect(newNonce()).not.toBe(nonce);
  });
});

describe('BrowserAssets', () => {
  const assets = new BrowserAssets('checkout', '/checkout/assets/', ['checkout.css', 'checkout.js', 'icon.svg']);
  const fileName = assets.address('checkout.css').replace('/checkout/assets/', '');

  it('names files by their content', () => expect(fileName).toMatch(/^checkout\.[0-9a-f]{16}\.css$/));

  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['', undefined, (body: Buffer) => body],
  ])('compresses for %p', (accepted, encoding, open) => {
    const asset = assets.find(fileName, accepted);
    expect([asset?.encoding, asset?.contentType]).toEqual([encoding, 'text/css; charset=utf-8']);
    expect(open(asset!.body).toString()).toContain('--brand');
  });

  it.each(['checkout.css', '../checkout/checkout.css', 'checkout.0000000000000000.css', '__proto__'])('does not know %p', (name) => {
    expect(assets.find(name)).toBeUndefined();
  });
});
