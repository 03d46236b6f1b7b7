import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '@paygate/kernel';
import { TargetGuard } from '@paygate/nest-kit';
import { generateSigningSecret } from '@paygate/webhook-protocol';
import { checkCredentials, checkedEvents, checkedUrl, checkHeaders, checkSecret, subscribes } from './endpoint-rules.js';

const guard = new TargetGuard(false);
const fieldOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return ((error as DomainError).details as { field: string }[] | undefined)?.[0]?.field;
  }
};

describe('the address of an endpoint', () => {
  it.each([
    ['https://Shop.Example/Hooks?a=b', 'https://shop.example/Hooks?a=b'],
    ['http://shop.example:8080', 'http://shop.example:8080/'],
    ['https://münchen.example/', 'https://xn--mnchen-3ya.example/'],
  ])('%s is kept as %s', (url, kept) => {
    expect(checkedUrl(url, guard).href).toBe(kept);
  });

  it.each([
    ...['', 'shop.example/hooks', 'ftp://shop.example/', 'javascript:alert(1)', 'https://user@shop.example/', 'https://shop.example/#top'],
    ...['http://127.0.0.1/', 'http://2130706433/', 'http://0177.0.0.1/', 'http://0x7f.1/', 'http://[::1]/', 'http://[::ffff:10.0.0.1]/'],
    ...['http://169.254.169.254/latest/', 'http://10.1.2.3/', 'http://[64:ff9b::a00:1]/'],
  ])('%s is refused', (url) => {
    expect(fieldOf(() => checkedUrl(url, guard))).toBe('url');
  });
});

describe('events', () => {
  it.each([
    [['*'], ['*']],
    [['webhook.test', '*'], ['*']],
    [
      ['refund.status_changed', 'refund.status_changed', 'webhook.test'],
      ['refund.status_changed', 'webhook.test'],
    ],
  ])('%p are kept as %p', (events, kept) => {
    expect(checkedEvents('merchant_webhook', events)).toEqual(kept);
  });

  it('of another family are refused', () => {
    expect(fieldOf(() => checkedEvents('merchant_webhook', ['payment_succeeded']))).toBe('events');
    expect(checkedEvents('platform_webhook', ['payment_succeeded'])).toEqual(['payment_succeeded']);
  });
});

describe('what an endpoint subscribes to', () => {
  it.each([
    [['*'], 'transaction.status_changed', true],
    [['*'], 'endpoint.disabled', false],
    [['*', 'endpoint.disabled'], 'endpoint.disabled', true],
    [['refund.status_changed'], 'transaction.status_changed', false],
  ])('%p and %s: %p', (events, event, is) => {
    expect(subscribes({ events: checkedEvents('merchant_webhook', events) }, event)).toBe(is);
  });
});

describe('headers', () => {
  it.each([
    [[{ name: 'X-Shop', value: 'a b\tc' }], false],
    [[{ name: 'Authorization', value: 'Bearer x' }], false],
  ])('%p may be sent', (headers, hasCredentials) => {
    expect(fieldOf(() => checkHeaders(headers, hasCredentials))).toBeUndefined();
  });

  it.each([
    ['a name with a space', [{ name: 'x shop', value: '1' }], 'headers[0].name'],
    ['a name with a line break', [{ name: 'x\r\nhost', value: '1' }], 'headers[0].name'],
    ['a value with a line break', [{ name: 'x', value: '1\r\nhost: a' }], 'headers[0].value'],
    ['a value outside ASCII', [{ name: 'x', value: 'é' }], 'headers[0].value'],
    ['Host', [{ name: 'HOST', value: 'a' }], 'headers[0].name'],
    ['Content-Length', [{ name: 'Content-Length', value: '0' }], 'headers[0].name'],
    ['our signature', [{ name: 'X-Webhook-Signature', value: 'x' }], 'headers[0].name'],
    ['the Standard Webhooks signature', [{ name: 'Webhook-Signature', value: 'x' }], 'headers[0].name'],
    ['the IPN signature', [{ name: 'x-signature-hmac-sha256', value: 'x' }], 'headers[0].name'],
    ['a proxy header', [{ name: 'Proxy-Authorization', value: 'x' }], 'headers[0].name'],
    ['one name twice', ['x', 'X'].map((name) => ({ name, value: '1' })), 'headers[1].name'],
    ['too much', ['a', 'b', 'c'].map((name) => ({ name, value: 'v'.repeat(2_000) })), 'headers'],
  ])('%s is refused', (_, headers, field) => {
    expect(fieldOf(() => checkHeaders(headers, false))).toBe(field);
  });

  it('Authorization is refused beside credentials', () => {
    expect(fieldOf(() => checkHeaders([{ name: 'authorization', value: 'x' }], true))).toBe('headers[0].name');
  });
});

describe('secrets', () => {
  const hashKey = 'a'.repeat(64);

  it('are ours, or for the platform family a response hash key', () => {
    expect(fieldOf(() => checkSecret('merchant_webhook', generateSigningSecret()))).toBeUndefined();
    expect(fieldOf(() => checkSecret('platform_webhook', hashKey))).toBeUndefined();
    expect(fieldOf(() => checkSecret('panel_webhook', hashKey))).toBe('secret');
    expect(fieldOf(() => checkSecret('platform_webhook', 'short'))).toBe('secret');
  });

  it.each([
    ['shop', 'geheim: §', undefined],
    ['shop:1', 'x', 'credentials'],
    ['shop', 'x\n', 'credentials'],
  ])('%p with %p as credentials', (username, password, field) => {
    expect(fieldOf(() => checkCredentials({ username, password }))).toBe(field);
  });
});
