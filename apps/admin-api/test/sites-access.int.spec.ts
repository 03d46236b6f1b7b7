import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { siteSnapshot } from '@paygate/messages';
import { IssueApiKey, KeyOwner } from '../src/api-keys/index.js';
import { AdminStack } from './fixture/admin-stack.js';
import { service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { signInPerson } from './fixture/people.js';
import { BucketReader, sandbox, SettingsApi, stripe } from './fixture/settings-api.js';
import type { Settings } from './fixture/settings-api.js';

let stack: AdminStack;
let bucket: BucketReader;
let live: SettingsApi;
let test: SettingsApi;
let organizationId: string;

beforeAll(async () => {
  stack = await AdminStack.start();
  bucket = await BucketReader.open(stack);
  ({ live, test, organizationId } = await SettingsApi.ofNewOrganization(stack));
}, 60_000);
afterAll(async () => {
  await bucket.close();
  await stack.stop();
});

const newSite = (body: object = {}, api = live): Promise<Settings> => api.create('sites', { name: `Shop ${newObjectId()}`, ...body });
const NEEDED = 'live_mode_required';

describe('a test key', () => {
  it('makes sites for tests', async () => {
    expect(await newSite({}, test)).toMatchObject({ testOnly: true });
    const { id } = await newSite({ testOnly: true }, test);
    expect(await bucket.value(siteSnapshot, id)).toMatchObject({ testOnly: true });
    expectRefusal(await test.call('POST', 'sites', { name: 'Live shop', testOnly: false }), 403, NEEDED);
  });

  it('changes sites for tests', async () => {
    const { id } = await newSite({ testOnly: true });
    const provider = await test.create('providers', sandbox());
    expect(await test.put(`sites/${id}`, { supportEmail: 'help@shop.example', providerIds: [provider.id] })).toMatchObject({
      testOnly: true,
    });
    await test.expect(200, 'POST', `sites/${id}/webhook-secret/regenerate`, {});
    expectRefusal(await test.call('PUT', `sites/${id}`, { testOnly: false }), 403, NEEDED);
    expect(await live.get(`sites/${id}`)).toMatchObject({ testOnly: true, supportEmail: 'help@shop.example' });
    await test.delete(`sites/${id}`);
  });

  it('sees the sites that serve live checkouts, and changes none of them', async () => {
    const { webhookSecret: _secret, ...site } = await newSite();
    const id = site['id'];
    expect(await test.get(`sites/${id}`)).toEqual(site);
    expect((await test.call('GET', 'sites?limit=100')).body.sites).toContainEqual(site);
    const before = await bucket.text(siteSnapshot, id);
    for (const [method, path, body] of [
      ['PUT', `sites/${id}`, { name: 'Taken over' }],
      ['PUT', `sites/${id}`, { testOnly: true }],
      ['DELETE', `sites/${id}`, undefined],
      ['POST', `sites/${id}/webhook-secret/regenerate`, {}],
    ] as const) {
      expectRefusal(await test.call(method, path, body), 403, NEEDED);
    }
    expect(await live.get(`sites/${id}`)).toEqual(site);
    expect(await bucket.text(siteSnapshot, id)).toBe(before);
  });

  it('of the platform is one, too', async () => {
    const { id } = await newSite();
    const wanted = { name: 'Operators', environment: 'test' as const, scopes: ['site:*'] };
    const { apiKey } = await service(stack, IssueApiKey).execute(KeyOwner.platform(false), wanted);
    const operators = new SettingsApi(stack, organizationId, { authorization: `Bearer ${apiKey}`, 'x-organization-id': organizationId });
    expect(await operators.get(`sites/${id}`)).toMatchObject({ testOnly: false });
    expectRefusal(await operators.call('DELETE', `sites/${id}`), 403, NEEDED);
  });
});

describe('everybody else', () => {
  it('with a live key decides what is for tests', async () => {
    const { id } = await newSite({ testOnly: true });
    expect(await live.put(`sites/${id}`, { testOnly: false })).toMatchObject({ testOnly: false });
    expect(await live.put(`sites/${id}`, { testOnly: true })).toMatchObject({ testOnly: true });
    await live.delete(`sites/${id}`);
  });

  it('who is a person does so in test mode, too', async () => {
    const scope = TenantScope.of(organizationId, false);
    const { accessToken } = await signInPerson(stack, { memberships: [{ scope, role: 'admin' }] });
    const headers = { authorization: `Token ${accessToken}`, cookie: 'selectedMode=test' };
    const admin = new SettingsApi(stack, organizationId, headers);
    const { id, testOnly } = await newSite({}, admin);
    expect(testOnly).toBe(false);
    expect(await admin.put(`sites/${id}`, { supportEmail: 'help@shop.example', testOnly: true })).toMatchObject({ testOnly: true });
    expect(await admin.put(`sites/${id}`, { testOnly: false })).toMatchObject({ testOnly: false });
    await admin.delete(`sites/${id}`);
  });
});

describe('another organization', () => {
  it('finds no site, and changes none', async () => {
    const { webhookSecret: _secret, ...site } = await newSite();
    const id = site['id'];
    const before = await bucket.text(siteSnapshot, id);
    const stranger = (await SettingsApi.ofNewOrganization(stack)).live;
    for (const [method, path, body] of [
      ['GET', `sites/${id}`, undefined],
      ['PUT', `sites/${id}`, { name: 'Taken over' }],
      ['DELETE', `sites/${id}`, undefined],
      ['POST', `sites/${id}/webhook-secret/regenerate`, {}],
    ] as const) {
      expectRefusal(await stranger.call(method, path, body), 404, 'site_not_found');
    }
    expect((await stranger.call('GET', 'sites')).body).toMatchObject({ sites: [], total: 0 });
    expect(await live.get(`sites/${id}`)).toEqual(site);
    expect(await bucket.text(siteSnapshot, id)).toBe(before);
  });
});

describe('checkouts', () => {
  const order = () => ({ amount: 100, currency: 'EUR', externalReference: newObjectId() });
  const checkout = (api: SettingsApi, siteId: string) => api.call('POST', `checkouts/${siteId}/create`, order());

  it('of live mode are not opened on a site for tests', async () => {
    const { id } = await newSite({ testOnly: true });
    expectRefusal(await checkout(live, id), 403, NEEDED);
    expect((await checkout(test, id)).status).toBe(200);
    await live.put(`sites/${id}`, { testOnly: false });
    expect((await checkout(live, id)).status).toBe(200);
  });

  it('follow every change at once', async () => {
    const { id } = await newSite();
    for (let round = 0; round < 3; round++) {
      expect((await checkout(live, id)).status).toBe(200);
      await live.put(`sites/${id}`, { active: false });
      expectRefusal(await checkout(live, id), 403, 'site_inactive');
      await live.put(`sites/${id}`, { active: true });
    }
    await live.delete(`sites/${id}`);
    expectRefusal(await checkout(live, id), 404, 'site_not_found', 'siteId');
  });

  it('are opened on a site that was asked for before it existed', async () => {
    const provider = await live.create('providers', stripe());
    expectRefusal(await checkout(live, newObjectId()), 404, 'site_not_found');
    const { id } = await newSite({ providerIds: [provider.id] });
    expect((await checkout(live, id)).status).toBe(200);
  });
});
