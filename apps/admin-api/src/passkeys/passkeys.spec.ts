import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import { loadConfig } from '@paygate/nest-kit';
import fc from 'fast-check';
import { AdminConfig } from '../admin-config.js';
import { readCredential } from './read-credential.js';
import { RelyingParty } from './relying-party.js';

const REQUIRED = {
  MONGODB_URI: 'mongodb://127.0.0.1:27017',
  NATS_URL: 'nats://127.0.0.1:4222',
  REDIS_URL: 'redis://127.0.0.1:6379',
  SYSTEM_ENCRYPTION_KEY: `k1:${Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64')}`,
};
const configured = (variables: NodeJS.ProcessEnv): AdminConfig => loadConfig(AdminConfig, { ...REQUIRED, ...variables });

describe('RelyingParty', () => {
  it.each([
    [{}, 'localhost', ['http://localhost:3001'], false],
    [{ ADMIN_PUBLIC_URL: 'http://[::1]:8080' }, 'localhost', ['http://localhost:8080'], false],
    [{ ADMIN_PUBLIC_URL: 'https://api.example.com' }, 'api.example.com', ['https://api.example.com'], true],
    [{ PASSKEY_ORIGINS: 'https://Example.com:443'.toLowerCase() }, 'example.com', ['https://example.com'], true],
    [
      { PASSKEY_ORIGINS: 'https://example.com, https://admin.example.com:8443' },
      'example.com',
      ['https://example.com', 'https://admin.example.com:8443'],
      true,
    ],
  ])('%j → %s', (variables, id, origins, isSecure) => {
    const party = new RelyingParty(configured(variables));
    expect({ id: party.id, origins: party.origins, isSecure: party.isSecure }).toEqual({ id, origins, isSecure });
  });

  it.each([
    'http://example.com',
    'https://192.0.2.1',
    'https://example.com/path',
    'https://example.com,https://example.org',
    'https://a.example.com,https://example.com',
    'https://example.com,https://notexample.com',
    'javascript:alert(1)',
    'example.com',
    ',',
  ])('does not start with PASSKEY_ORIGINS %s', (PASSKEY_ORIGINS) => {
    expect(() => configured({ PASSKEY_ORIGINS })).toThrow(/PASSKEY_ORIGINS/);
  });
});

describe('readCredential', () => {
  const base64url = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
  const assertion = fc.record({
    id: base64url,
    answer: fc.record({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: fc.option(base64url) }),
  });

  it('takes what browsers write and drops what it does not know', () => {
    fc.assert(
      fc.property(assertion, fc.dictionary(fc.string(), fc.anything()), ({ id, answer }, unknown) => {
        const credential = readCredential({ ...unknown, id, rawId: id, type: 'public-key', response: { ...answer } });
        expect(credential.kind).toBe('authentication');
        expect(credential.response).toEqual({
          id,
          rawId: id,
          type: 'public-key',
          clientExtensionResults: {},
          response: { ...answer, userHandle: answer.userHandle ?? undefined },
        });
      }),
    );
  });

  it('answers anything else with a refusal that names a field', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.anything(), (value, part) => {
        for (const input of [value, { id: 'AA', rawId: 'AA', type: 'public-key', response: part }]) {
          const refused = catchError(() => readCredential(input));
          expect(refused).toBeInstanceOf(DomainError);
          expect((refused as DomainError).code).toBe('validation_failed');
        }
      }),
    );
  });
});

function catchError(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
