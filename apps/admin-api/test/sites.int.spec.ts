import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FieldEncryption } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import { encryptionContext, siteSnapshot } from '@paygate/messages';
import { AdminStack } from './fixture/admin-stack.js';
import { deeds, rewrite, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
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

const newSite = (body: object = {}, api = live): Promise<Settings> => api.create('sites', { name: `Shop ${newObjectId()}`, ...body });
const DAY_MS = 24 * 3_600_000;

describe('the life of a site', () => {
  it('is created with the usual settings, and its secret is shown once', async () => {
    const name = `Shop ${newObjectId()}`;
    const { webhookSecret, ...created } = await live.create('sites', { name });
    expect(webhookSecret).toMatch(/^whsec_/);
    expect(created).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name,
      active: true,
      testOnly: false,
      providerIds: [],
      routing: [],
      branding: {},
      ipnVersion: 2,
      supersedeOpenCheckouts: true,
      allowedOrigins: [],
      invoicing: {},
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect(await live.get(`sites/${created['id']}`)).toEqual(created);
    expect(await live.get(`sites/${created['id'].toUpperCase()}`)).toEqual(created);
    const [entry] = await deeds(stack, 'site.created', live.organizationId);
    expect(entry).toMatchObject({ actorName: 'Back office', resource: { type: 'site', id: created['id'], name } });
    expect(entry?.changes).toContainEqual({ field: 'ipnVersion', after: 2 });
  });

  it('takes every setting, and loses the optional ones again', async () => {
    const provider = await live.create('providers', stripe());
    const settings = {
      name: `Shop ${newObjectId()}`,
      active: false,
      testOnly: true,
      providerIds: [provider.id],
      defaultProviderId: provider.id,
      routing: [{ providerId: provider.id, currencies: ['EUR'], onRefusal: 'next' }],
      branding: { logoUrl: 'https://cdn.shop.example/logo.svg', primaryColor: '#1f4fd8', accentColor: '#0F766E' },
      ipnVersion: 1,
      supersedeOpenCheckouts: false,
      allowedOrigins: ['https://shop.example', 'http://localhost:3000'],
      supportEmail: 'help@shop.example',
      invoicing: { invoicePrefix: 'SHÖP-', creditNotePrefix: 'CN-' },
    };
    const created = await live.create('sites', settings);
    expect(created).toMatchObject(settings);

    const cleared = await live.put(`sites/${created.id}`, {
      defaultProviderId: null,
      supportEmail: '',
      branding: { logoUrl: '', accentColor: null },
      invoicing: { creditNotePrefix: null },
    });
    const { defaultProviderId: _default, supportEmail: _email, ...kept } = settings;
    const { webhookSecret: _secret, ...before } = created;
    expect(cleared).toEqual({
      id: before['id'],
      ...kept,
      branding: { primaryColor: '#1f4fd8' },
      invoicing: { invoicePrefix: 'SHÖP-' },
      createdAt: before['createdAt'],
      updatedAt: expect.any(String),
    });
    expect(await live.get(`sites/${created.id}`)).toEqual(cleared);
    const [entry] = await deeds(stack, 'site.updated', live.organizationId);
    expect(entry?.changes).toEqual([
      { field: 'branding.accentColor', before: '#0F766E' },
      { field: 'branding.logoUrl', before: 'https://cdn.shop.example/logo.svg' },
      { field: 'defaultProviderId', before: provider.id },
      { field: 'invoicing.creditNotePrefix', before: 'CN-' },
      { field: 'supportEmail', before: 'help@shop.example' },
    ]);
  });

  it('is listed page by page, newest first', async () => {
    const mine = (await SettingsApi.ofNewOrganization(stack)).live;
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) ids.unshift((await newSite({ name }, mine)).id);
    expect((await mine.call('GET', 'sites')).body).toMatchObject({ sites: ids.map((id) => ({ id })), total: 3, page: 1, limit: 50 });
    const first = (await mine.call('GET', 'sites?limit=2')).body;
    expect(first).toMatchObject({ sites: ids.slice(0, 2).map((id) => ({ id })), total: 3 });
    const next = await mine.call('GET', `sites?limit=2&cursor=${String(first.nextCursor)}`);
    expect(next.body.sites).toMatchObject([{ id: ids[2] }]);
    expectRefusal(await mine.call('GET', 'sites?limit=1000'), 400, 'validation_failed', 'limit');
    expectRefusal(await mine.call('GET', 'sites?organizationId=x'), 400, 'validation_failed', 'organizationId');
  });

  it('is deleted: shown to nobody, its name is free, and the others are told that it is closed', async () => {
    const provider = await live.create('providers', stripe());
    const name = `Shop ${newObjectId()}`;
    const { id } = await live.create('sites', {
      name,
      providerIds: [provider.id],
      defaultProviderId: provider.id,
      allowedOrigins: ['https://a.example'],
    });
    const before = await bucket.value(siteSnapshot, id);
    await live.delete(`sites/${id}`);

    for (const [method, path, body] of [
      ['GET', `sites/${id}`, undefined],
      ['PUT', `sites/${id}`, { name: 'Again' }],
      ['DELETE', `sites/${id}`, undefined],
      ['POST', `sites/${id}/webhook-secret/regenerate`, {}],
    ] as const) {
      expectRefusal(await live.call(method, path, body), 404, 'site_not_found');
    }
    expect((await live.call('GET', 'sites?limit=100')).body.sites.map((site) => site.id)).not.toContain(id);
    // Payments in flight are decided, and their notifications signed.
    expect(await bucket.value(siteSnapshot, id)).toEqual({
      ...(before as object),
      active: false,
      providerIds: [],
      defaultProviderId: undefined,
      allowedOrigins: [],
    });
    await live.delete(`providers/${provider.id}`);
    expect((await live.create('sites', { name })).id).not.toBe(id);
    const [entry] = await deeds(stack, 'site.deleted', live.organizationId);
    expect(entry).toMatchObject({ resource: { id, name } });
  });

  it('is not created twice for one Idempotency-Key', async () => {
    const name = `Shop ${newObjectId()}`;
    const headers = { 'idempotency-key': newObjectId() };
    const answers = await Promise.all([1, 2, 3].map(() => live.call('POST', 'sites', { name }, headers)));
    const again = await live.call('POST', 'sites', { name }, headers);
    expect(again).toMatchObject({ status: 201, body: { name, webhookSecret: expect.stringMatching(/^whsec_/) } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    for (const answer of answers) {
      if (answer.status === 201) expect(answer.body).toEqual(again.body);
      else expectRefusal(answer, 409, 'request_in_progress');
    }
    expectRefusal(await live.call('POST', 'sites', { name: 'Other' }, headers), 422, 'idempotency_key_reused');
    expect(await wholeDatabase(stack)).not.toContain(again.body['webhookSecret']);
  });

  it('keeps its secret to itself', async () => {
    const { id, webhookSecret } = await newSite();
    const text = String(webhookSecret);
    expect(text.length).toBeGreaterThan(30);
    const { webhookSecret: renewed } = await live.expect(200, 'POST', `sites/${id}/webhook-secret/regenerate`, {});
    const everything = [
      await wholeDatabase(stack),
      await bucket.text(siteSnapshot, id),
      JSON.stringify(await live.get(`sites/${id}`)),
      JSON.stringify((await live.call('GET', 'sites')).body),
    ].join();
    for (const secret of [text, String(renewed)]) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(secret.replace('whsec_', ''));
    }
  });
});

describe('what changes at the same time', () => {
  it('one of several sites of the same name is created', async () => {
    const name = `Shop ${newObjectId()}`;
    const answers = await Promise.all(Array.from({ length: 6 }, () => live.call('POST', 'sites', { name })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) expectRefusal(answer, 409, 'already_exists', 'name');
  });

  it('a name in use is refused for another site, and not in another organization', async () => {
    const [one, two] = [await newSite(), await newSite()];
    expectRefusal(await live.call('PUT', `sites/${two.id}`, { name: one['name'] }), 409, 'already_exists', 'name');
    expect((await live.get(`sites/${two.id}`))['name']).toBe(two['name']);
    const elsewhere = (await SettingsApi.ofNewOrganization(stack)).live;
    await elsewhere.create('sites', { name: one['name'] });
  });

  it('changes of different settings all stay', async () => {
    const { id } = await newSite();
    const changes: object[] = [
      { active: false },
      { supportEmail: 'a@shop.example' },
      { branding: { primaryColor: '#111111' } },
      { branding: { accentColor: '#222222' } },
      { invoicing: { invoicePrefix: 'A-' } },
      { invoicing: { creditNotePrefix: 'B-' } },
      { ipnVersion: 1 },
      { allowedOrigins: ['https://a.example'] },
    ];
    await Promise.all(changes.map((change) => live.put(`sites/${id}`, change)));
    const site = await live.get(`sites/${id}`);
    expect(site).toMatchObject({
      active: false,
      supportEmail: 'a@shop.example',
      branding: { primaryColor: '#111111', accentColor: '#222222' },
      invoicing: { invoicePrefix: 'A-', creditNotePrefix: 'B-' },
      ipnVersion: 1,
      allowedOrigins: ['https://a.example'],
    });
    expect(await bucket.value(siteSnapshot, id)).toMatchObject({ active: false, supportEmail: 'a@shop.example', ipnVersion: 1 });
    const entries = (await deeds(stack, 'site.updated', live.organizationId)).filter(({ resource }) => resource.id === id);
    expect(entries.map(({ changes: [change, ...more] }) => [change?.field, more.length]).sort()).toEqual([
      ['active', 0],
      ['allowedOrigins', 0],
      ['branding.accentColor', 0],
      ['branding.primaryColor', 0],
      ['invoicing.creditNotePrefix', 0],
      ['invoicing.invoicePrefix', 0],
      ['ipnVersion', 0],
      ['supportEmail', 0],
    ]);
  });

  it('the audit log tells changes of one setting as the chain they were', async () => {
    const { id } = await newSite({ supportEmail: 'start@shop.example' });
    await Promise.all(Array.from({ length: 8 }, (_, i) => live.put(`sites/${id}`, { supportEmail: `${i}@shop.example` })));
    const entries = (await deeds(stack, 'site.updated', live.organizationId)).filter(({ resource }) => resource.id === id);
    const steps = entries.sort((a, b) => a.sequence - b.sequence).map(({ changes }) => changes[0]);
    expect(steps).toHaveLength(8);
    let present: unknown = 'start@shop.example';
    for (const step of steps) {
      expect(step?.before).toBe(present);
      present = step?.after;
    }
    expect((await live.get(`sites/${id}`))['supportEmail']).toBe(present);
  });

  it('a change is in the bucket before its caller hears that it was made', async () => {
    const { id, webhookSecret } = await newSite();
    expect(await bucket.value(siteSnapshot, id)).toMatchObject({ active: true, testOnly: false, organizationId: live.organizationId });
    for (let round = 0; round < 5; round++) {
      const name = `Shop ${newObjectId()}`;
      await live.put(`sites/${id}`, { name, active: round % 2 === 1, branding: { accentColor: `#00000${round}` } });
      expect(await bucket.value(siteSnapshot, id)).toMatchObject({
        name,
        active: round % 2 === 1,
        branding: { accentColor: `#00000${round}` },
      });
    }
    expect(webhookSecret).toBeDefined();
  });
});

describe('the providers of a site', () => {
  it('are those of the organization, of either mode', async () => {
    const [one, two] = [await live.create('providers', stripe()), await test.create('providers', sandbox())];
    const providerIds = [two.id, one.id];
    const { id } = await newSite({ providerIds });
    expect(await bucket.value(siteSnapshot, id)).toMatchObject({ providerIds });
    expect(await live.put(`sites/${id}`, { providerIds: [one.id] })).toMatchObject({ providerIds: [one.id] });
  });

  it('are refused by their place in the list when they are unknown, deleted or somebody else’s', async () => {
    const mine = await live.create('providers', stripe());
    const gone = await live.create('providers', stripe());
    await live.delete(`providers/${gone.id}`);
    const foreign = await (await SettingsApi.ofNewOrganization(stack)).live.create('providers', stripe());
    const { id } = await newSite();
    for (const wrong of [newObjectId(), gone.id, foreign.id]) {
      const body = { name: `Shop ${newObjectId()}`, providerIds: [mine.id, wrong] };
      for (const answer of [await live.call('POST', 'sites', body), await live.call('PUT', `sites/${id}`, body)]) {
        expectRefusal(answer, 400, 'validation_failed', 'providerIds[1]');
        expect(answer.body.details).toHaveLength(1);
      }
    }
    expect(await live.get(`sites/${id}`)).toMatchObject({ providerIds: [] });
  });

  it('include the default', async () => {
    const [one, two] = [await live.create('providers', stripe()), await live.create('providers', stripe())];
    expectRefusal(
      await live.call('POST', 'sites', { name: 'X', defaultProviderId: one.id }),
      400,
      'validation_failed',
      'defaultProviderId',
    );
    const { id } = await newSite({ providerIds: [one.id], defaultProviderId: one.id });
    expectRefusal(await live.call('PUT', `sites/${id}`, { defaultProviderId: two.id }), 400, 'validation_failed', 'defaultProviderId');
    const both = { providerIds: [two.id, one.id] };
    expect(await live.put(`sites/${id}`, both)).toMatchObject({ ...both, defaultProviderId: one.id });
    expect(await live.put(`sites/${id}`, { providerIds: [two.id] })).not.toHaveProperty('defaultProviderId');
    expect(await bucket.value(siteSnapshot, id)).not.toHaveProperty('defaultProviderId');
  });
});

describe('the secret of a site', () => {
  const opened = async (id: string): Promise<{ secret: string; validUntil?: string }[]> => {
    const { signingSecrets = [] } = (await bucket.value(siteSnapshot, id)) ?? {};
    const encryption = service(stack, FieldEncryption);
    return signingSecrets.map(({ ciphertext, validUntil }) => ({
      secret: encryption.decrypt(ciphertext, encryptionContext.siteSigningSecret(id)),
      validUntil,
    }));
  };
  const regenerate = async (id: string) => {
    const started = Date.now();
    const { webhookSecret, previousValidUntil } = await live.expect(200, 'POST', `sites/${id}/webhook-secret/regenerate`, {});
    const until = Date.parse(String(previousValidUntil));
    expect(until).toBeGreaterThanOrEqual(started + DAY_MS);
    expect(until).toBeLessThanOrEqual(Date.now() + DAY_MS);
    return { secret: String(webhookSecret), previousValidUntil: String(previousValidUntil) };
  };

  it('is renewed, and the one before signs on for a day', async () => {
    const { id, webhookSecret } = await newSite();
    expect(await opened(id)).toEqual([{ secret: webhookSecret }]);
    const second = await regenerate(id);
    expect(second.secret).not.toBe(webhookSecret);
    expect(await opened(id)).toEqual([{ secret: second.secret }, { secret: webhookSecret, validUntil: second.previousValidUntil }]);
    const third = await regenerate(id);
    expect(await opened(id)).toEqual([
      { secret: third.secret },
      { secret: second.secret, validUntil: third.previousValidUntil },
      { secret: webhookSecret, validUntil: second.previousValidUntil },
    ]);
    const [entry] = await deeds(stack, 'site.webhook_secret_regenerated', live.organizationId);
    expect(entry?.changes).toEqual([{ field: 'previousValidUntil', after: third.previousValidUntil }]);
  });

  it('of more than a day ago is forgotten', async () => {
    const { id } = await newSite();
    const { secret } = await regenerate(id);
    await rewrite(stack, 'sites', { _id: id }, { $set: { 'signingSecrets.1.validUntil': new Date(Date.now() - 1) } });
    const renewed = await regenerate(id);
    expect((await opened(id)).map((entry) => entry.secret)).toEqual([renewed.secret, secret]);
  });

  it('does not grow without end', async () => {
    const { id } = await newSite();
    let last = '';
    for (let i = 0; i < 12; i++) last = (await regenerate(id)).secret;
    const secrets = await opened(id);
    expect(secrets).toHaveLength(10);
    expect(secrets[0]).toEqual({ secret: last });
  });

  it('is renewed once for one Idempotency-Key', async () => {
    const { id } = await newSite();
    const headers = { 'idempotency-key': newObjectId() };
    const path = `sites/${id}/webhook-secret/regenerate`;
    const first = await live.call('POST', path, undefined, headers);
    const second = await live.call('POST', path, undefined, headers);
    expect(second.body).toEqual(first.body);
    expect(await opened(id)).toHaveLength(2);
  });

  it('is renewed twice when that is asked twice at once, and neither is lost', async () => {
    const { id, webhookSecret } = await newSite();
    const [one, two] = await Promise.all([regenerate(id), regenerate(id)]);
    const secrets = await opened(id);
    expect(secrets.map(({ secret }) => secret).sort()).toEqual([one.secret, two.secret, webhookSecret].sort());
    expect(secrets.filter(({ validUntil }) => validUntil === undefined)).toHaveLength(1);
  });
});
