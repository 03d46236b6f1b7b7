import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FieldEncryption } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import { encryptionContext, organizationSnapshot, providerSnapshot, siteSnapshot } from '@paygate/messages';
import type { SnapshotContract } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { eventually, nodeArguments } from '@paygate/testing';
import { ConfigurationPublisher } from '../src/configuration-snapshots/index.js';
import { ProviderCredentials, UpdateProvider } from '../src/providers/index.js';
import { AdminConfig } from '../src/admin-config.js';
import { SetupLink } from '../src/auth/index.js';
import { Changes } from '../src/changes/index.js';
import { SeedDemoAdmin } from '../src/demo-seed/seed-demo-admin.js';
import { MembersRepository } from '../src/members/index.js';
import { AccessTokens, SessionsRepository, StartSession } from '../src/sessions/index.js';
import { UsersRepository } from '../src/users/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import type { Merchant } from './fixture/admin-stack.js';
import { rewrite } from './fixture/backstage.js';

let stack: AdminStack;
let shop: Merchant;

beforeAll(async () => {
  stack = await AdminStack.start();
  shop = await stack.newMerchant();
}, 60_000);
afterAll(async () => stack.stop());

/** The value in the bucket, once it is there and passes the check. */
async function published<T extends object>(kind: SnapshotContract<T>, id: string, check: (value: T | undefined) => void): Promise<void> {
  const view = await stack.app.get(ConfigBucket, { strict: false }).watch(kind);
  await eventually(() => check(view.get(id)));
}

describe('the configuration bucket', () => {
  it('has what the other services need, secrets encrypted for their place', async () => {
    const encryption = stack.app.get(FieldEncryption, { strict: false });
    await published(organizationSnapshot, shop.organizationId, (value) => expect(value).toMatchObject({ status: 'active' }));
    await published(siteSnapshot, shop.siteId, (value) => {
      expect(value).toMatchObject({
        organizationId: shop.organizationId,
        active: true,
        providerIds: [shop.providerId],
        ipnVersion: 2,
        supersedeOpenCheckouts: true,
        allowedOrigins: [],
      });
      const secret = value?.signingSecrets[0]?.ciphertext ?? '';
      expect(encryption.decrypt(secret, encryptionContext.siteSigningSecret(shop.siteId))).toMatch(/^whsec_/);
      expect(() => encryption.decrypt(secret, encryptionContext.siteSigningSecret(newObjectId()))).toThrow();
    });
    await published(providerSnapshot, shop.providerId, (value) => {
      expect(value).toMatchObject({ organizationId: shop.organizationId, type: 'sandbox', livemode: false, enabled: true });
      expect(value?.credentials).not.toContain('sbx_');
    });
  });

  it('follows a change at once', async () => {
    const credentials = { baseUrl: 'http://elsewhere.example/sandbox', webhookSecret: null };
    await stack.app.get(UpdateProvider, { strict: false }).execute(shop.scope, shop.providerId, { credentials });
    await published(providerSnapshot, shop.providerId, (value) => {
      const open = stack.app.get(ProviderCredentials, { strict: false }).open(shop.providerId, value?.credentials ?? '');
      expect(open).toEqual({ baseUrl: 'http://elsewhere.example/sandbox', secretKey: 'sbx_of_the_fixture' });
    });
  });

  it('is repaired from the database: what is missing, outdated or orphaned', async () => {
    const bucket = stack.app.get(ConfigBucket, { strict: false });
    const orphan = { id: newObjectId(), name: 'Gone', status: 'active' as const };
    await bucket.remove(siteSnapshot, shop.siteId);
    await bucket.put(organizationSnapshot, orphan.id, orphan);
    // As after a crash between database and bucket.
    await rewrite(stack, 'organizations', { _id: shop.organizationId }, { $set: { status: 'suspended' } });
    await published(siteSnapshot, shop.siteId, (value) => expect(value).toBeUndefined());
    await published(organizationSnapshot, orphan.id, (value) => expect(value).toBeDefined());

    expect(await stack.app.get(ConfigurationPublisher, { strict: false }).reconcile()).toBe(3);

    await published(siteSnapshot, shop.siteId, (value) => expect(value?.name).toBe('Shop'));
    await published(organizationSnapshot, orphan.id, (value) => expect(value).toBeUndefined());
    await published(organizationSnapshot, shop.organizationId, (value) => expect(value?.status).toBe('suspended'));
    expect(await stack.app.get(ConfigurationPublisher, { strict: false }).reconcile()).toBe(0);
  });
});

describe('the demo seed', () => {
  const program = new URL('../src/seed-demo.ts', import.meta.url);
  const seed = async (extra: NodeJS.ProcessEnv = {}, args: string[] = []) => {
    const env = { PATH: process.env['PATH'], ...stack.environment, ...extra };
    const { stdout } = await promisify(execFile)(process.execPath, [...nodeArguments(program), ...args], { env });
    expect(stdout).toMatch(/^\{.*\}\n$/);
    return JSON.parse(stdout) as {
      organizationId: string;
      siteId: string;
      providerId: string;
      ipnSigningSecret: string;
      apiKey?: string;
      signInUrl: string;
      adminAccessToken: string;
    };
  };
  const createWith = async (siteId: string, key: string) =>
    stack.call(`/api/v1/checkouts/${siteId}/create`, {
      method: 'POST',
      key,
      body: { amount: 100, currency: 'EUR', externalReference: 'demo' },
    });

  it('creates the demo once, and prints the key only when it is made', async () => {
    const first = await seed();
    expect(first.apiKey).toMatch(/^sk_test_/);
    expect(first.ipnSigningSecret).toMatch(/^whsec_/);
    expect((await createWith(first.siteId, first.apiKey ?? '')).status).toBe(200);

    const { apiKey, adminAccessToken: _first, ...same } = first;
    const { adminAccessToken: _second, ...second } = await seed();
    expect(second).toEqual(same);
    expect((await createWith(first.siteId, apiKey ?? '')).status).toBe(200);

    const renewed = await seed({ SANDBOX_BASE_URL: 'http://127.0.0.1:9999/sandbox' }, ['--new-key']);
    expect(renewed).toEqual({ ...same, apiKey: expect.stringMatching(/^sk_test_/), adminAccessToken: expect.any(String) });
    expect(renewed.apiKey).not.toBe(apiKey);
    expect((await createWith(first.siteId, renewed.apiKey ?? '')).status).toBe(200);
    await eventually(async () => expect((await createWith(first.siteId, apiKey ?? '')).body.code).toBe('api_key_revoked'));

    await published(providerSnapshot, first.providerId, (value) => {
      const credentials = stack.app.get(ProviderCredentials, { strict: false }).open(first.providerId, value?.credentials ?? '');
      expect(credentials).toEqual({
        baseUrl: 'http://127.0.0.1:9999/sandbox',
        secretKey: expect.stringMatching(/^sbx_/),
        webhookSecret: expect.stringMatching(/^whsec_/),
      });
    });
  }, 60_000);

  it('lets a developer act as an Admin at once, with a token that the next run replaces, and register', async () => {
    const list = (token: string) =>
      stack.call('/api/v1/sites', { headers: { authorization: `Token ${token}`, cookie: 'selectedMode=test' } });
    const first = await seed();
    expect((await list(first.adminAccessToken)).body).toMatchObject({ sites: [{ id: first.siteId }] });
    expect(first.signInUrl).toMatch(/^http:\/\/localhost:3001\/sign-in#setup=[\w-]{20,}$/);

    const second = await seed();
    expect((await list(second.adminAccessToken)).status).toBe(200);
    await eventually(async () => expect((await list(first.adminAccessToken)).body.code).toBe('session_ended'));
  }, 60_000);

  it('makes nobody an Admin in production', async () => {
    const get = <T>(type: new (...args: never[]) => T): T => stack.app.get(type, { strict: false });
    const production = Object.assign(new AdminConfig(), { NODE_ENV: 'production' });
    const seeding = new SeedDemoAdmin(
      production,
      get(SetupLink),
      get(Changes),
      get(UsersRepository),
      get(MembersRepository),
      get(SessionsRepository),
      get(StartSession),
      get(AccessTokens),
    );
    expect(await seeding.execute('507f1f77bcf86cd799439011')).toEqual({ signInUrl: expect.stringContaining('/sign-in#setup=') });
  });

  it('says what is wrong with its environment', async () => {
    await expect(seed({ SANDBOX_BASE_URL: '', MONGODB_URI: 'nonsense' })).rejects.toThrow(
      /MONGODB_URI.*\n.*SANDBOX_BASE_URL|SANDBOX_BASE_URL.*\n.*MONGODB_URI/,
    );
  });
});
