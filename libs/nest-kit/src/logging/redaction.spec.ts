import { describe, expect, it } from '@jest/globals';
import { redactKeys, redactText } from './redaction.js';

describe('redactText', () => {
  it.each([
    ['an API key', 'key sk_live_abc123.s3cr3t-Value_9 used', 's3cr3t'],
    ['a test API key in JSON', '{"key":"sk_test_k1.abcdef"}', 'abcdef'],
    ['a signing secret', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'MfKQ9r8'],
    ['a bearer token', 'authorization: Bearer eyJhbGciOi.eyJzdWIi.c2ln', 'eyJ'],
    ['an API key header', 'Authorization: Api-Key 0123456789abcdef', '0123456789'],
    ['credentials in an address', 'connect mongodb://root:pa55@db:27017/x', 'pa55'],
    ['an e-mail address', 'buyer jane.doe+shop@mail.example.com paid', 'jane.doe'],
  ])('cuts out %s', (_what, text, secret) => {
    expect(redactText(text)).toContain('[redacted]');
    expect(redactText(text)).not.toContain(secret);
  });

  it.each([
    'at run (/srv/node_modules/@nestjs/core/router.js:12:3)',
    'fastify@5.12.8 is running',
    'nats://127.0.0.1:4222 connected',
    'mongodb://127.0.0.1:27017/?replicaSet=rs0',
    'the token is missing',
    '{"level":"info","requestId":"7d0f4a52-1c1b-4f2e-9f0a-3f5b8a6c2d11","path":"/api/v1/checkouts","latencyMs":1.25}',
  ])('leaves %s as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('takes time in proportion to the text', () => {
    const hostile = `${'a'.repeat(200_000)} @ ${'sk_live_'.repeat(10_000)} ${'://'.repeat(20_000)}`;
    const started = performance.now();
    redactText(hostile);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('redactKeys', () => {
  it.each([
    'authorization',
    'Authorization',
    'cookie',
    'set-cookie',
    'password',
    'clientSecret',
    'webhook_secret',
    'accessToken',
    'apiKey',
    'x-api-key',
    'SYSTEM_ENCRYPTION_KEY',
    'privateKey',
    'cardNumber',
    'cvc',
    'email',
    'billingEmail',
  ])('hides the value of %s at any depth', (key) => {
    expect(redactKeys({ [key]: ['value'] })).toEqual({ [key]: '[redacted]' });
    expect(redactKeys({ req: { headers: [{ [key]: 'value' }] } })).toEqual({ req: { headers: [{ [key]: '[redacted]' }] } });
  });

  it('returns what has no secret without copying it', () => {
    const fields = { requestId: 'r', method: 'GET', nested: { list: [1, { a: 2 }] }, keyId: 'k', signal: 'SIGTERM' };
    expect(redactKeys(fields)).toBe(fields);
  });

  it('does not change its argument', () => {
    const fields = { nested: { token: 'value' } };
    redactKeys(fields);
    expect(fields).toEqual({ nested: { token: 'value' } });
  });

  it('ends on circular structures', () => {
    const circular: Record<string, unknown> = { name: 'x' };
    circular['self'] = circular;
    expect(JSON.stringify(redactKeys(circular))).toContain('[deeper]');
  });
});
