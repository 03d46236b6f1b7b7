import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { providerSnapshot } from '@paygate/messages';
import { PROVIDER_TYPES } from '@paygate/payments-domain';
import { ProviderCredentials } from '../src/providers/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import { deeds, rewrite, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { hostileBodies } from './fixture/hostile-values.js';
import { BucketReader, sandbox, SettingsApi, stripe, wholeDatabase } from './fixture/settings-api.js';
import type { Settings } from './fixture/settings-api.js';

let stack: AdminStack;
let bucket: BucketReader;
let live: SettingsApi;
let test: SettingsApi;

beforeAll(async () => {
  stack = await AdminStack.start();
  bucket = await BucketReader.open(stack);
  ({ live, test } = await SettingsApi.ofNewOrganization(stack));
}, 60_000);
afterAll(async () => {
  await bucket.close();
  await stack.stop();
});

/** The fake main-backend has heard of no payment unless a test says so. */
const NOT_HEARD = { standing: 'unknown', recentCalls: 0, recentFailures: 0 };
const newProvider = (changes: object = {}, api = live): Promise<Settings> => api.create('providers', stripe(changes));
/** As main-backend reads them. */
const published = async (id: string): Promise<Readonly<Record<string, string>>> =>
  service(stack, ProviderCredentials).open(id, (await bucket.value(providerSnapshot, id))?.credentials ?? '');

describe('the types of providers', () => {
  it('are listed with what an account of each consists of', async () => {
    const { types } = (await live.get('providers/types')) as unknown as { types: (Settings & { type: string; fields: Settings[] })[] };
    expect(types.map(({ type }) => type)).toEqual(PROVIDER_TYPES.map(({ type }) => type));
    expect(types.find(({ type }) => type === 'stripe')).toEqual({
      type: 'stripe',
      label: 'Stripe',
      supportsLive: true,
      supportsTest: true,
      available: true,
      fields: [
        { name: 'secretKey', label: 'Secret key', secret: true, required: true, format: expect.stringContaining('sk_live_') },
        { name: 'publishableKey', label: 'Publishable key', secret: false, required: true, format: expect.any(String) },
        { name: 'webhookSecret', label: expect.any(String), secret: true, required: false, format: expect.any(String) },
        { name: 'baseUrl', label: expect.any(String), secret: false, required: false, format: expect.any(String) },
      ],
    });
    expect(types.filter(({ available }) => available).map(({ type }) => type)).toEqual(
      PROVIDER_TYPES.filter(({ available }) => available).map(({ type }) => type),
    );
  });
});

describe('the life of a provider', () => {
  it('is created, and its secrets are never shown again', async () => {
    const wanted = { ...stripe(), description: 'Visa, Mastercard' };
    const created = await live.create('providers', wanted);
    expect(created).toEqual({
      ...wanted,
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      livemode: true,
      enabled: true,
      credentials: { secretKey: '••••9f2a', publishableKey: 'pk_live_abcdefghijklmnop' },
      createdAt: expect.any(String),
      updatedAt: created['createdAt'],
    });
    expect(await live.get(`providers/${created.id}`)).toEqual({ ...created, health: NOT_HEARD });
    expect((await live.call('GET', 'providers?limit=100')).body.providers).toContainEqual(created);
    expect(await published(created.id)).toEqual({ secretKey: 'sk_live_abcdefghijklmnop9f2a', publishableKey: 'pk_live_abcdefghijklmnop' });
    const [entry] = await deeds(stack, 'provider.created', live.organizationId);
    expect(entry).toMatchObject({ resource: { type: 'provider', id: created.id, name: created['label'] } });
    expect(entry?.changes).toContainEqual({ field: 'credentials.secretKey', after: '•••' });
  });

  it('of a short secret nothing is shown', async () => {
    const credentials = { secretKey: 'sbx_12345678', webhookSecret: 'whsec_12345' };
    expect((await test.create('providers', sandbox({ credentials })))['credentials']).toEqual({
      secretKey: '••••5678',
      webhookSecret: '••••',
    });
  });

  it('is changed: what is not sent stays, also the secrets', async () => {
    const created = await newProvider({ description: 'Visa' });
    const label = `Card ${newObjectId()}`;
    const renamed = await live.put(`providers/${created.id}`, { label, description: null });
    const { description: _description, ...kept } = created;
    expect(renamed).toEqual({ ...kept, label, updatedAt: expect.any(String) });

    const secret = 'sk_live_9999999999990000';
    const changed = await live.put(`providers/${created.id}`, { credentials: { secretKey: secret, webhookSecret: 'whsec_0123456789ab' } });
    expect(changed['credentials']).toEqual({
      secretKey: '••••0000',
      publishableKey: 'pk_live_abcdefghijklmnop',
      webhookSecret: '••••89ab',
    });
    const shown = changed['credentials'] as object;
    expect(await live.put(`providers/${created.id}`, { credentials: { ...shown, webhookSecret: '' } })).toMatchObject({
      credentials: { secretKey: '••••0000', publishableKey: 'pk_live_abcdefghijklmnop' },
    });
    expect(await published(created.id)).toEqual({ secretKey: secret, publishableKey: 'pk_live_abcdefghijklmnop' });
    const entries = (await deeds(stack, 'provider.updated', live.organizationId)).filter(({ resource }) => resource.id === created.id);
    expect(entries.map(({ changes }) => changes)).toEqual([
      [{ field: 'credentials.webhookSecret', before: '•••' }],
      [
        { field: 'credentials.secretKey', before: '•••', after: '•••' },
        { field: 'credentials.webhookSecret', after: '•••' },
      ],
      [
        { field: 'description', before: 'Visa' },
        { field: 'label', before: created['label'], after: label },
      ],
    ]);
  });

  it('is switched off and on', async () => {
    const { id } = await newProvider();
    const toggle = async (body?: object) => (await live.expect(200, 'POST', `providers/${id}/toggle`, body))['enabled'];
    const told = async () => (await bucket.value(providerSnapshot, id))?.enabled;
    for (const [body, enabled] of [
      [undefined, false],
      [undefined, true],
      [{}, false],
      [{ enabled: false }, false],
      [{ enabled: true }, true],
      [{ enabled: null }, false],
    ] as const) {
      expect(await toggle(body)).toBe(enabled);
      expect(await told()).toBe(enabled);
    }
    expectRefusal(await live.call('POST', `providers/${id}/toggle`, { enabled: 'no' }), 400, 'validation_failed', 'enabled');
    const [entry] = await deeds(stack, 'provider.toggled', live.organizationId);
    expect(entry?.changes).toEqual([{ field: 'enabled', before: true, after: false }]);
  });

  it('is switched once for one Idempotency-Key', async () => {
    const { id } = await newProvider();
    const headers = { 'idempotency-key': newObjectId() };
    const answers = [1, 2, 3].map(async () => live.call('POST', `providers/${id}/toggle`, {}, headers));
    for (const answer of await Promise.all(answers)) if (answer.status === 200) expect(answer.body['enabled']).toBe(false);
    expect((await live.get(`providers/${id}`))['enabled']).toBe(false);
  });

  it('is deleted: shown to nobody, its label is free, and the others are told that it is disabled', async () => {
    const wanted = stripe();
    const { id } = await live.create('providers', wanted);
    await live.delete(`providers/${id}`);
    for (const [method, path, body] of [
      ['GET', `providers/${id}`, undefined],
      ['PUT', `providers/${id}`, {}],
      ['DELETE', `providers/${id}`, undefined],
      ['POST', `providers/${id}/toggle`, {}],
      ['POST', `providers/${id}/test`, undefined],
    ] as const) {
      expectRefusal(await live.call(method, path, body), 404, 'provider_not_found');
    }
    expect((await live.call('GET', 'providers?limit=100')).body.providers.map((provider) => provider.id)).not.toContain(id);
    // Payments in flight are still decided with its credentials.
    expect(await bucket.value(providerSnapshot, id)).toMatchObject({ enabled: false });
    expect(await published(id)).toMatchObject({ secretKey: 'sk_live_abcdefghijklmnop9f2a' });
    expect((await live.create('providers', wanted)).id).not.toBe(id);
  });

  it('is not deleted while sites offer it; they are named', async () => {
    const { id } = await newProvider();
    const names = [`A ${newObjectId()}`, `B ${newObjectId()}`];
    const sites = [];
    for (const name of names) sites.push(await live.create('sites', { name, providerIds: [id] }));
    const answer = await live.call('DELETE', `providers/${id}`);
    expectRefusal(answer, 409, 'in_use');
    expect(answer.body.details).toEqual({ usedBy: sites.map((site) => ({ type: 'site', id: site.id, name: site['name'] })) });
    for (const name of names) expect(answer.body.message).toContain(name);
    expect(await live.get(`providers/${id}`)).toMatchObject({ enabled: true });

    await live.put(`sites/${sites[0]!.id}`, { providerIds: [] });
    expect((await live.call('DELETE', `providers/${id}`)).body.details).toMatchObject({ usedBy: [{ id: sites[1]!.id }] });
    await live.delete(`sites/${sites[1]!.id}`);
    await live.delete(`providers/${id}`);
  });

  it('is not created twice for one Idempotency-Key', async () => {
    const body = stripe();
    const headers = { 'idempotency-key': newObjectId() };
    const first = await live.call('POST', 'providers', body, headers);
    const again = await live.call('POST', 'providers', body, headers);
    expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true']);
    expect(again.body).toEqual(first.body);
    expectRefusal(await live.call('POST', 'providers', stripe(), headers), 422, 'idempotency_key_reused');
  });

  it('can be shown and repaired when its credentials cannot be read', async () => {
    const { id } = await newProvider();
    await rewrite(stack, 'providers', { _id: id }, { $set: { credentials: 'v1.lost.AAAA.AAAA' } });
    expect(await live.get(`providers/${id}`)).toMatchObject({ credentials: {} });
    expectRefusal(await live.call('PUT', `providers/${id}`, { credentials: {} }), 400, 'validation_failed', 'credentials.secretKey');
    const { credentials } = stripe() as { credentials: object };
    expect(await live.put(`providers/${id}`, { credentials })).toMatchObject({ credentials: { secretKey: '••••9f2a' } });
  });
});

describe('what is kept', () => {
  it('is encrypted, in the database and in the bucket, and told nowhere', async () => {
    const secrets = { secretKey: 'sk_live_0SECRET0SECRET0SECRET', webhookSecret: 'whsec_1SECRET1SECRET1SECRET' };
    const credentials = { ...secrets, publishableKey: 'pk_live_0PUBLIC0PUBLIC0PUBLIC' };
    const headers = { 'idempotency-key': newObjectId() };
    const { body } = await live.call('POST', 'providers', stripe({ credentials }), headers);
    await live.put(`providers/${body.id}`, { credentials: { secretKey: 'sk_live_2SECRET2SECRET2SECRET' } });
    await live.expect(200, 'POST', `providers/${body.id}/test`);
    const answers = [body, await live.get(`providers/${body.id}`), (await live.call('GET', 'providers')).body];
    const everything = [await wholeDatabase(stack), await bucket.text(providerSnapshot, body.id), JSON.stringify(answers)].join();
    expect(everything).toContain('0PUBLIC0PUBLIC0PUBLIC');
    for (const part of ['0SECRET0', '1SECRET1', '2SECRET2']) expect(everything).not.toContain(part);
    expect(await published(body.id)).toEqual({ ...credentials, secretKey: 'sk_live_2SECRET2SECRET2SECRET' });
  });

  it('opens only in its own place', async () => {
    const [one, two] = [await newProvider(), await newProvider()];
    const sealed = (await bucket.value(providerSnapshot, one.id))?.credentials ?? '';
    expect(() => service(stack, ProviderCredentials).open(two.id, sealed)).toThrow();
  });
});

describe('what happens at the same time', () => {
  it('one of several providers of the same label is created', async () => {
    const body = stripe();
    const answers = await Promise.all(Array.from({ length: 5 }, () => live.call('POST', 'providers', body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) expectRefusal(answer, 409, 'already_exists', 'label');
  });

  it('a label in use is refused for another of the type, not for one of the other mode', async () => {
    const [one, two] = [await newProvider(), await newProvider()];
    expectRefusal(await live.call('PUT', `providers/${two.id}`, { label: one['label'] }), 409, 'already_exists', 'label');
    await test.create('providers', stripe({ label: one['label'] }, 'test'));
  });

  it('changes of different credentials all stay', async () => {
    const { id } = await newProvider();
    const changes = {
      secretKey: 'sk_live_aaaaaaaaaaaaaaaa',
      publishableKey: 'pk_live_bbbbbbbbbbbbbbbb',
      webhookSecret: 'whsec_cccccccccccc',
    };
    const label = `Card ${newObjectId()}`;
    const bodies = [...Object.entries(changes).map(([name, value]) => ({ credentials: { [name]: value } })), { label }];
    await Promise.all(bodies.map((body) => live.put(`providers/${id}`, body)));
    expect(await published(id)).toEqual(changes);
    expect(await bucket.value(providerSnapshot, id)).toMatchObject({ label });
  });

  it('a provider is either offered or deleted', async () => {
    for (let round = 0; round < 8; round++) {
      const { id } = await newProvider();
      const site = await live.create('sites', { name: `Shop ${newObjectId()}` });
      const [deletion, offer] = await Promise.all([
        live.call('DELETE', `providers/${id}`),
        live.call('PUT', `sites/${site.id}`, { providerIds: [id] }),
      ]);
      const { providerIds } = await live.get(`sites/${site.id}`);
      if (deletion.status === 204) {
        expectRefusal(offer, 400, 'validation_failed', 'providerIds[0]');
        expect(providerIds).toEqual([]);
      } else {
        expectRefusal(deletion, 409, 'in_use');
        expect([offer.status, providerIds]).toEqual([200, [id]]);
      }
    }
  });
});

describe('the test of a provider', () => {
  it('asks main-backend with the credentials of this moment, also of a disabled one', async () => {
    const { id } = await newProvider();
    await live.put(`providers/${id}`, { credentials: { secretKey: 'sk_live_9999999999990000' } });
    await live.expect(200, 'POST', `providers/${id}/toggle`, { enabled: false });
    expect(await live.expect(200, 'POST', `providers/${id}/test`)).toEqual({ ok: true, code: 'ok', message: 'Accepted.', latencyMs: 12 });
    const command = stack.main.providerTests.at(-1);
    expect(command).toMatchObject({ organizationId: live.organizationId, livemode: true, providerId: id, type: 'stripe' });
    expect(service(stack, ProviderCredentials).open(id, command?.credentials ?? '')).toMatchObject({
      secretKey: 'sk_live_9999999999990000',
    });
    const [entry] = await deeds(stack, 'provider.tested', live.organizationId);
    expect(entry).toMatchObject({ resource: { type: 'provider', id } });
    expect(entry?.changes).toEqual([
      { field: 'code', after: 'ok' },
      { field: 'latencyMs', after: 12 },
      { field: 'ok', after: true },
    ]);
  });

  it.each(['credentials_rejected', 'unreachable', 'unsupported'] as const)('answers 200 with ok: false and %s', async (code) => {
    const usual = stack.main.providerTestResult;
    stack.main.providerTestResult = { ok: false, code, message: 'Not so.', latencyMs: 3 };
    try {
      const { id } = await newProvider();
      expect(await live.expect(200, 'POST', `providers/${id}/test`)).toEqual(stack.main.providerTestResult);
    } finally {
      stack.main.providerTestResult = usual;
    }
  });
});

describe('another organization, and the other mode', () => {
  it('find no provider, and change none', async () => {
    const provider = await newProvider();
    const before = await bucket.text(providerSnapshot, provider.id);
    const asked = stack.main.providerTests.length;
    const stranger = await SettingsApi.ofNewOrganization(stack);
    for (const other of [stranger.live, stranger.test, test]) {
      for (const [method, path, body] of [
        ['GET', '', undefined],
        ['PUT', '', { label: 'Taken over' }],
        ['DELETE', '', undefined],
        ['POST', '/toggle', {}],
        ['POST', '/test', undefined],
      ] as const) {
        expectRefusal(await other.call(method, `providers/${provider.id}${path}`, body), 404, 'provider_not_found');
      }
      const { body } = await other.call('GET', 'providers?limit=100');
      expect(body.providers.map(({ id }) => id)).not.toContain(provider.id);
    }
    expect(await live.get(`providers/${provider.id}`)).toEqual({ ...provider, health: NOT_HEARD });
    expect(await bucket.text(providerSnapshot, provider.id)).toBe(before);
    expect(stack.main.providerTests).toHaveLength(asked);
  });
});

describe('a provider refuses', () => {
  let known: Settings;
  beforeAll(async () => {
    known = await newProvider({ description: 'Visa' });
  });
  const expectRefused = async (body: object, field: string, api = live): Promise<void> => {
    const whole = { ...stripe(), ...body };
    expectRefusal(await api.call('POST', 'providers', whole), 400, 'validation_failed', field);
  };
  const expectChangeRefused = async (body: object, field: string): Promise<void> => {
    expectRefusal(await live.call('PUT', `providers/${known.id}`, body), 400, 'validation_failed', field);
    expect(await live.get(`providers/${known.id}`)).toEqual({ ...known, health: NOT_HEARD });
  };

  it.each(hostileBodies(['type', 'label', 'description']))('%s: %s', async (field, _what, value) => {
    await expectRefused({ [field]: value }, field);
    if (field !== 'type') await expectChangeRefused({ [field]: value }, field);
  });

  it.each(hostileBodies(['secretKey', 'publishableKey', 'webhookSecret']))('the credential %s: %s', async (name, _what, value) => {
    const { credentials } = stripe() as { credentials: object };
    await expectRefused({ credentials: { ...credentials, [name]: value } }, `credentials.${name}`);
    await expectChangeRefused({ credentials: { [name]: value } }, `credentials.${name}`);
  });

  it.each<[string, unknown]>([
    ['type', 'coinbase'],
    ['type', 'constructor'],
    ['type', 'sandbox'],
    ['type', undefined],
    ['label', ''],
    ['label', undefined],
    ['label', 'x'.repeat(201)],
    ['description', 'x'.repeat(2001)],
    ['credentials', undefined],
    ['credentials', null],
    ['credentials', 'sk_live_abcdefghijklmnop'],
    ['credentials', []],
    ['credentials', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`f${i}`, 'x']))],
  ])('%s = %p', async (field, value) => expectRefused({ [field]: value }, field));

  it.each(['id', 'organizationId', 'livemode', 'enabled', 'deletedAt', 'timesOffered', '$set'])('the field %s', async (field) => {
    await expectRefused({ [field]: true }, field);
    await expectChangeRefused({ [field]: true }, field);
  });

  it('another type for what exists', async () => expectChangeRefused({ type: 'mollie' }, 'type'));

  it.each<[string, object, string]>([
    ['a credential of another type', { accessToken: 'live_abcdefghijklmnop' }, 'credentials.accessToken'],
    ['a credential named like a method', { constructor: 'x' }, 'credentials.constructor'],
    ['a path into others', { 'secretKey.$gt': '' }, 'credentials.secretKey.$gt'],
    ['a test key in live mode', { secretKey: 'sk_test_abcdefghijklmnop' }, 'credentials.secretKey'],
    ['the mask of another secret', { secretKey: '••••0000' }, 'credentials.secretKey'],
    ['to lose what it needs', { secretKey: '' }, 'credentials.secretKey'],
  ])('%s', async (_what, credentials, field) => {
    await expectRefused({ credentials: { ...(stripe() as { credentials: object }).credentials, ...credentials } }, field);
    await expectChangeRefused({ credentials }, field);
  });

  it('live keys in test mode, and addresses that are none', async () => {
    await expectRefused({}, 'credentials.secretKey', test);
    for (const baseUrl of ['file:///etc/passwd', 'javascript:alert(1)', 'http://', 'http://user:password@127.0.0.1/', 'x'.repeat(600)]) {
      const credentials = { secretKey: 'sbx_0123456789abcdef', baseUrl };
      expectRefusal(await test.call('POST', 'providers', sandbox({ credentials })), 400, 'validation_failed', 'credentials.baseUrl');
    }
  });

  it('names everything that is wrong, and quotes none of it', async () => {
    const credentials = { secretKey: 'sk_live_short', publishableKey: { $ne: '' }, colour: 'red-hot-value' };
    const { body } = await live.call('POST', 'providers', stripe({ credentials }));
    expect(body.details.map(({ field }) => field).sort()).toEqual([
      'credentials.colour',
      'credentials.publishableKey',
      'credentials.secretKey',
    ]);
    expect(JSON.stringify(body)).not.toMatch(/sk_live_short|red-hot-value/);
  });
});
