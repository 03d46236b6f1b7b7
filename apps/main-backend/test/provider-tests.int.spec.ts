import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FieldEncryption } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import { encryptionContext, testProvider } from '@paygate/messages';
import type { ProviderTestResult, TestProviderCommand } from '@paygate/messages';
import { MainStack } from './support/main-stack.js';

describe('the test of a provider account', () => {
  let stack: MainStack;

  beforeAll(async () => {
    stack = await MainStack.start({ PROVIDER_TIMEOUT_MS: '400' });
  }, 60_000);
  afterAll(async () => {
    await stack.stop();
  });

  /** An account nobody has published: what is tried is what the command holds. */
  const command = (changes: Partial<TestProviderCommand> & { secret?: string } = {}): TestProviderCommand => {
    const { secret = 'right', ...others } = changes;
    const providerId = others.providerId ?? newObjectId();
    const credentials = stack.app
      .get(FieldEncryption)
      .encrypt(JSON.stringify({ secret }), encryptionContext.providerCredentials(providerId));
    return { organizationId: newObjectId(), livemode: false, providerId, type: 'fake', credentials, ...others };
  };
  const test = (changes?: Parameters<typeof command>[0]): Promise<ProviderTestResult> => stack.rpc.request(testProvider, command(changes));

  it('says that the provider accepts it, and how long that took', async () => {
    const result = await test();
    expect(result).toEqual({ ok: true, code: 'ok', message: 'Accepted.', latencyMs: expect.any(Number) });
    expect(result.latencyMs).toBeGreaterThanOrEqual(0);
    expect(result.latencyMs).toBeLessThan(5_000);
  });

  it('says that the provider does not', async () => {
    expect(await test({ secret: 'wrong' })).toMatchObject({ ok: false, code: 'credentials_rejected', message: 'Not accepted.' });
  });

  it('says that the provider could not be reached', async () => {
    stack.provider.reachable = false;
    try {
      expect(await test()).toMatchObject({ ok: false, code: 'unreachable', message: expect.stringMatching(/\w+/) });
    } finally {
      stack.provider.reachable = true;
    }
  });

  it('says so when the provider takes too long', async () => {
    const release = stack.provider.hold();
    try {
      const result = await test();
      expect(result).toMatchObject({ ok: false, code: 'unreachable' });
      expect(result.latencyMs).toBeGreaterThanOrEqual(390);
      expect(result.latencyMs).toBeLessThan(3_000);
    } finally {
      release();
    }
  });

  it.each(['stripe', 'wire', 'constructor'])('says that it cannot try %s', async (type) => {
    expect(await test({ type })).toMatchObject({ ok: false, code: 'unsupported', message: expect.stringContaining(type) });
  });

  it.each([
    ['no ciphertext', 'nonsense'],
    ['empty', ''],
  ])('says that stored credentials cannot be read: %s', async (_what, credentials) => {
    expect(await test({ credentials })).toMatchObject({ ok: false, code: 'credentials_rejected', latencyMs: 0 });
  });

  it('does not read credentials that were encrypted for another provider', async () => {
    const { credentials } = command();
    expect(await test({ credentials, providerId: newObjectId() })).toMatchObject({ ok: false, code: 'credentials_rejected' });
  });

  it.each<[string, object]>([
    ['providerId', { providerId: { $gt: '' } }],
    ['organizationId', { organizationId: 'x' }],
    ['livemode', { livemode: 'false' }],
    ['type', { type: 'x'.repeat(33) }],
    ['credentials', { credentials: null }],
  ])('refuses a command with a wrong %s', async (_field, wrong) => {
    await expect(stack.rpc.request(testProvider, Object.assign(command(), wrong))).rejects.toThrow();
  });
});
