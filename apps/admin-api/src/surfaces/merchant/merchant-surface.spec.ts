import { describe, expect, it } from '@jest/globals';
import { MERCHANT_SURFACE, presentMerchantError } from './merchant-surface.js';

describe('the error body of the Merchant API', () => {
  it('has a text and a code', () => {
    expect(presentMerchantError({ code: 'conflict', message: 'No.' })).toEqual({ detail: 'No.', code: 'conflict' });
  });

  it('has everything that is wrong with a field below its name', () => {
    const details = [
      { field: 'endpoint_url', code: 'a', message: 'One.' },
      { field: 'endpoint_url', code: 'b', message: 'Two.' },
      { field: 'other', code: 'c', message: 'Three.' },
    ];
    const errors = { endpoint_url: ['One.', 'Two.'], other: ['Three.'] };
    expect(presentMerchantError({ code: 'validation_failed', message: 'No.', details })).toMatchObject({ errors });
  });

  it.each([[{ required: 'a:b' }], [[]], ['text'], [[null, 1, { field: 1 }]]])('has no fields for the details %j', (details) => {
    expect(presentMerchantError({ code: 'x', message: 'No.', details })).not.toHaveProperty('errors');
  });

  it('tells who is not signed in how to, not about keys', () => {
    for (const code of ['api_key_missing', 'api_key_malformed']) {
      expect(presentMerchantError({ code, message: 'sk_live_…' }).detail).toContain('Authorization: Token');
    }
  });

  it.each([
    ['/api/organization', true],
    ['/api/organization/webhook/', true],
    ['/api/organizations', false],
    ['/api/v1/organizations', false],
  ])('answers for %s: %s', (path, answers) => expect(MERCHANT_SURFACE.match(path)).toBe(answers));
});
