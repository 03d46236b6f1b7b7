import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import { siteSnapshot } from '@paygate/messages';
import type { RoutingPreview } from '@paygate/messages';
import { AdminStack } from './fixture/admin-stack.js';
import { deeds } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { BucketReader, sandbox, SettingsApi, stripe } from './fixture/settings-api.js';
import type { Settings } from './fixture/settings-api.js';

let stack: AdminStack;
let bucket: BucketReader;
let live: SettingsApi;
let test: SettingsApi;
let card: string;
let debit: string;
let site: Settings;

beforeAll(async () => {
  stack = await AdminStack.start();
  bucket = await BucketReader.open(stack);
  ({ live, test } = await SettingsApi.ofNewOrganization(stack));
  card = (await live.create('providers', stripe())).id;
  const credentials = { accessToken: 'live_abcdefghijklmnop' };
  debit = (await live.create('providers', { type: 'gocardless', label: 'Debit', credentials })).id;
  const { webhookSecret: _secret, ...created } = await live.create('sites', { name: 'Shop', providerIds: [card, debit] });
  site = created;
}, 60_000);
afterAll(async () => {
  await bucket.close();
  await stack.stop();
});

const newSite = (routing: unknown): Promise<Settings> =>
  live.create('sites', { name: `Shop ${newObjectId()}`, providerIds: [card, debit], routing });

describe('the routing rules of a site', () => {
  it('are kept as they were given, published, and stand in the audit log', async () => {
    const routing = [
      { providerId: debit, currencies: ['EUR'], minAmount: 100, maxAmount: 500_000, countries: ['de', 'AT'], methods: ['bank_debit'] },
      { providerId: card, onRefusal: 'next' },
    ];
    const kept = [{ ...routing[0], countries: ['DE', 'AT'] }, routing[1]];
    const created = await newSite(routing);
    expect(created['routing']).toEqual(kept);
    expect((await live.get(`sites/${created.id}`))['routing']).toEqual(kept);
    expect((await bucket.value(siteSnapshot, created.id))?.routing).toEqual(kept);

    const changed = await live.put(`sites/${created.id}`, { routing: [{ providerId: card, currencies: ['USD'] }] });
    expect(changed['routing']).toEqual([{ providerId: card, currencies: ['USD'] }]);
    const [entry] = await deeds(stack, 'site.updated', live.organizationId);
    expect(entry?.changes.map(({ field }) => field).some((field) => field.startsWith('routing'))).toBe(true);
    expect((await live.put(`sites/${created.id}`, { routing: [] }))['routing']).toEqual([]);
  });

  it('about providers that are no longer offered are removed with them; other changes leave rules alone', async () => {
    const created = await newSite([{ providerId: debit, currencies: ['EUR'] }, { providerId: card }]);
    await live.put(`sites/${created.id}`, { supportEmail: 'help@shop.example' });
    expect((await live.get(`sites/${created.id}`))['routing']).toHaveLength(2);
    const fewer = await live.put(`sites/${created.id}`, { providerIds: [card] });
    expect(fewer['routing']).toEqual([{ providerId: card }]);
  });

  it.each<[string, () => unknown, string]>([
    ['a text', () => 'card', 'routing'],
    ['an object', () => ({ $gt: '' }), 'routing'],
    ['null', () => null, 'routing'],
    ['a list of texts', () => ['card'], 'routing'],
    ['more than 50 rules', () => Array.from({ length: 51 }, () => ({ providerId: card })), 'routing'],
    ['no provider', () => [{ currencies: ['EUR'] }], 'routing[0].providerId'],
    ['an operator for a provider', () => [{ providerId: { $ne: null } }], 'routing[0].providerId'],
    ['a provider the organization does not have', () => [{ providerId: newObjectId() }], 'routing[0].providerId'],
    ['an unknown currency', () => [{ providerId: card, currencies: ['EUR', 'XYZ'] }], 'routing[0].currencies'],
    ['a currency twice', () => [{ providerId: card, currencies: ['EUR', 'EUR'] }], 'routing[0].currencies'],
    ['no currency', () => [{ providerId: card, currencies: [] }], 'routing[0].currencies'],
    ['an operator for currencies', () => [{ providerId: card, currencies: { $in: [] } }], 'routing[0].currencies'],
    ['a range turned round', () => [{ providerId: card, currencies: ['EUR'], minAmount: 2, maxAmount: 1 }], 'routing[0].maxAmount'],
    ['amounts without a currency', () => [{ providerId: card, minAmount: 2 }], 'routing[0].currencies'],
    ['amounts of two currencies', () => [{ providerId: card, currencies: ['EUR', 'JPY'], minAmount: 2 }], 'routing[0].currencies'],
    ['a fraction', () => [{ providerId: card, currencies: ['EUR'], minAmount: 1.5 }], 'routing[0].minAmount'],
    ['a negative amount', () => [{ providerId: card, currencies: ['EUR'], maxAmount: -1 }], 'routing[0].maxAmount'],
    ['an amount as text', () => [{ providerId: card, currencies: ['EUR'], maxAmount: '5' }], 'routing[0].maxAmount'],
    ['no country', () => [{ providerId: card, countries: ['Germany'] }], 'routing[0].countries'],
    ['a country twice', () => [{ providerId: card, countries: ['DE', 'de'] }], 'routing[0].countries'],
    ['an unknown method', () => [{ providerId: card, methods: ['cash'] }], 'routing[0].methods'],
    ['a method the provider has not', () => [{ providerId: debit, methods: ['card'] }], 'routing[0].methods'],
    ['another word for what comes after a refusal', () => [{ providerId: card, onRefusal: 'all' }], 'routing[0].onRefusal'],
    ['a rule that is never used', () => [{ providerId: card }, { providerId: card, currencies: ['EUR'] }], 'routing[1].providerId'],
    ['an unknown field', () => [{ providerId: card, weight: 5 }], 'routing[0].weight'],
  ])('refuse %s', async (_what, routing, field) => {
    const body = { providerIds: [card, debit], routing: routing() };
    expectRefusal(await live.call('POST', 'sites', { name: `Shop ${newObjectId()}`, ...body }), 400, 'validation_failed', field);
    expectRefusal(await live.call('PUT', `sites/${site.id}`, { routing: routing() }), 400, 'validation_failed', field);
    expect(await live.get(`sites/${site.id}`)).toEqual(site);
  });

  it('refuse the provider of another organization, and one the site does not offer', async () => {
    const other = await SettingsApi.ofNewOrganization(stack);
    const foreign = await other.live.create('providers', stripe());
    const unused = await live.create('providers', stripe());
    for (const providerId of [foreign.id, unused.id]) {
      expectRefusal(
        await live.call('PUT', `sites/${site.id}`, { routing: [{ providerId }] }),
        400,
        'validation_failed',
        'routing[0].providerId',
      );
    }
  });
});

describe('the routing preview', () => {
  const preview: RoutingPreview = {
    providers: [{ providerId: 'a'.repeat(24), type: 'stripe', offered: true, reason: 'offered', rule: 0, explanation: 'rule 1 holds' }],
  };
  const ask = (api: SettingsApi, query: string, id = site.id) => api.call('GET', `sites/${id}/routing-preview?${query}`);

  it('asks for the payment in the mode of the key', async () => {
    stack.main.routingPreview = preview;
    const answer = await ask(test, 'amount=4900&currency=EUR&country=DE&method=card');
    expect(answer).toMatchObject({ status: 200, body: preview });
    const payment = { amount: 4900, currency: 'EUR', country: 'DE', method: 'card' };
    expect(stack.main.routingPreviews.at(-1)).toEqual({
      organizationId: live.organizationId,
      livemode: false,
      siteId: site.id,
      ...payment,
    });
  });

  it.each([
    ['currency=EUR', 'amount'],
    ['amount=0&currency=EUR', 'amount'],
    ['amount=1.5&currency=EUR', 'amount'],
    ['amount[$gt]=1&currency=EUR', 'amount[$gt]'],
    ['amount=1', 'currency'],
    ['amount=1&currency=eur', 'currency'],
    ['amount=1&currency=EUR&country=Germany', 'country'],
    ['amount=1&currency=EUR&method=cash', 'method'],
    ['amount=1&currency=EUR&weight=5', 'weight'],
  ])('refuses %s', async (query, field) => expectRefusal(await ask(live, query), 400, 'validation_failed', field));

  it('of a site of another organization there is none', async () => {
    const { live: other } = await SettingsApi.ofNewOrganization(stack);
    const asked = stack.main.routingPreviews.length;
    expectRefusal(await ask(other, 'amount=1&currency=EUR'), 404, 'site_not_found');
    expect(stack.main.routingPreviews).toHaveLength(asked);
  });
});

describe('the health of a provider', () => {
  it('stands in its answer', async () => {
    const { id } = await test.create('providers', sandbox());
    expect((await test.get(`providers/${id}`))['health']).toEqual({ standing: 'unknown', recentCalls: 0, recentFailures: 0 });
    const health = { standing: 'paused', recentCalls: 9, recentFailures: 8, pausedSince: '2026-03-01T10:00:00.000Z' } as const;
    stack.main.healths.set(id, health);
    expect((await test.get(`providers/${id}`))['health']).toEqual(health);
    expectRefusal(await live.call('GET', `providers/${id}`), 404, 'provider_not_found');
  });
});
