import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { endpointDisabled } from '@paygate/messages';
import type { EndpointView, TransactionDetail } from '@paygate/messages';
import { EventPublisher } from '@paygate/messaging-kit';
import { eventually } from '@paygate/testing';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Call, Merchant } from './fixture/admin-stack.js';
import { RecordDisabledEndpoint } from '../src/webhook-endpoints/record-disabled-endpoint.js';
import { deeds, service } from './fixture/backstage.js';
import { expectRefusal } from './fixture/expect-refusal.js';

let stack: AdminStack;
let shop: Merchant;
let other: Merchant;
const keys = { test: '', live: '', other: '' };

beforeAll(async () => {
  stack = await AdminStack.start();
  [shop, other] = await Promise.all([stack.newMerchant(), stack.newMerchant()]);
  const scopes = ['webhook:*', 'transaction:read'];
  keys.test = (await stack.newKey(shop.scope, { scopes })).apiKey;
  keys.live = (await stack.newKey(TenantScope.of(shop.organizationId, true), { scopes })).apiKey;
  keys.other = (await stack.newKey(other.scope, { scopes })).apiKey;
}, 60_000);
afterAll(async () => stack.stop());

const call = (path: string, options: Call = {}): Promise<Answer> => stack.call(`/api/v1/${path}`, { key: keys.test, ...options });
const post = (path: string, body: unknown = {}, options: Call = {}): Promise<Answer> => call(path, { method: 'POST', body, ...options });
const create = (given: object = {}, options: Call = {}): Promise<Answer> =>
  post('webhook-endpoints', { family: 'merchant_webhook', url: 'https://shop.example/hooks', ...given }, options);
const latestDeed = async (action: Parameters<typeof deeds>[1]) => (await deeds(stack, action, shop.organizationId))[0];
/** What an audit entry says of its fields. */
const changesOf = async (action: Parameters<typeof deeds>[1]) =>
  Object.fromEntries((await latestDeed(action))?.changes.map(({ field, before, after }) => [field, [before, after]]) ?? []) as object;
/** Past the API: an endpoint as the notifications of a site make it. */
function siteEndpoint(): EndpointView {
  const row: EndpointView & { organizationId: string } = {
    ...{ organizationId: shop.organizationId, livemode: false, endpointId: `we_${newObjectId()}`, family: 'site_ipn', siteId: shop.siteId },
    ...{ url: 'https://shop.example/ipn', events: ['*'], headers: [], state: 'enabled' },
    ...{
      health: { condition: 'ok', consecutiveFailures: 0 },
      createdAt: '2026-03-01T10:00:00.000Z',
      updatedAt: '2026-03-01T10:00:00.000Z',
    },
  };
  stack.dispatcher.endpoints.push(row);
  return row;
}

const ROUTES: [method: string, path: (id: string) => string, body?: object][] = [
  ['GET', (id) => `webhook-endpoints/${id}`],
  ['GET', (id) => `webhook-endpoints/${id}/statistics`],
  ['PUT', (id) => `webhook-endpoints/${id}`, { description: 'Mine' }],
  ['POST', (id) => `webhook-endpoints/${id}/rotate-secret`, {}],
  ['POST', (id) => `webhook-endpoints/${id}/enable`, {}],
  ['POST', (id) => `webhook-endpoints/${id}/disable`, {}],
  ['POST', (id) => `webhook-endpoints/${id}/test`, {}],
  ['DELETE', (id) => `webhook-endpoints/${id}`],
];

describe.each(ROUTES)('%s of one endpoint (%#)', (method, path, body) => {
  it('finds neither another organization’s, nor one of the other mode, nor what is no id', async () => {
    const { body: created } = await create();
    for (const [id, key] of [
      [created.id, keys.other],
      [created.id, keys.live],
      [`we_${newObjectId()}`, keys.test],
      ['%24ne', keys.test],
      ['a'.repeat(65), keys.test],
    ] as const) {
      expectRefusal(await call(path(id), { method, body, key }), 404, 'endpoint_not_found');
    }
    expect(stack.dispatcher.endpoints.find(({ endpointId }) => endpointId === created.id)).toMatchObject({ state: 'enabled' });
  });

  it('needs its scope', async () => {
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['transaction:*', 'site:*'] });
    expectRefusal(await call(path('we_1'), { method, body, key: apiKey }), 403, 'insufficient_scope');
  });
});

describe('creating an endpoint', () => {
  it('shows the secret once, and keeps what is secret out of every other answer and of the audit log', async () => {
    const credentials = { username: 'shop', password: 'pass-in-clear' };
    const headers = [{ name: 'X-Shop', value: 'value-in-clear' }];
    const events = ['refund.status_changed'];
    const { status, body } = await create({ description: 'Orders', events, headers, credentials });
    expect(status).toBe(201);
    const { secret, ...rest } = body as unknown as { secret: string };
    expect(secret).toMatch(/^whsec_/);
    expect(rest).toMatchObject({ ...{ livemode: false, state: 'enabled', events, headers: [{ name: 'X-Shop' }] }, username: 'shop' });

    const read = await call(`webhook-endpoints/${body.id}`);
    expect(read.body).toEqual(rest);
    const { body: list } = await call('webhook-endpoints?family=merchant_webhook');
    expect(list.webhookEndpoints).toContainEqual(rest);

    const deed = await latestDeed('webhook_endpoint.created');
    expect(deed).toMatchObject({ resource: { type: 'webhook_endpoint', id: body.id, name: 'https://shop.example/hooks' } });
    const told = JSON.stringify(deed);
    for (const clear of [secret, 'pass-in-clear', 'value-in-clear']) expect(told).not.toContain(clear);
    expect(await changesOf('webhook_endpoint.created')).toMatchObject({ 'headerValues.X-Shop': [undefined, '•••'] });
  });

  it('makes one endpoint for one Idempotency-Key, also when asked twice at the same time', async () => {
    const options = { headers: { 'Idempotency-Key': newObjectId() } };
    const url = `https://shop.example/${newObjectId()}`;
    const answers = await Promise.all([create({ url }, options), create({ url }, options), create({ url }, options)]);
    const [first, ...repeated] = answers.map(({ body }) => body);
    expect(repeated).toEqual([first, first]);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(2);
    expect(stack.dispatcher.endpoints.filter((row) => row.url === url)).toHaveLength(1);
    expectRefusal(await create({ url: 'https://shop.example/other' }, options), 422, 'idempotency_key_reused');
  });

  it('leaves nothing behind when it is refused, so that the key can be used again', async () => {
    const options = { headers: { 'Idempotency-Key': newObjectId() } };
    expectRefusal(await create({ url: 'https://127.0.0.1/x' }, options), 400, 'validation_failed', 'url');
    expect((await create({}, options)).status).toBe(201);
  });

  it.each<[string, object, string]>([
    ['no family', { family: undefined }, 'family'],
    ['the family of sites', { family: 'site_ipn' }, 'family'],
    ['no address', { url: undefined }, 'url'],
    ['an address of another scheme', { url: 'ftp://shop.example' }, 'url'],
    ['credentials in the address', { url: 'https://user:pass@shop.example/' }, 'url'],
    ['a long address', { url: `https://shop.example/${'a'.repeat(2000)}` }, 'url'],
    ['an operator', { url: { $gt: '' } }, 'url'],
    ['no events', { events: [] }, 'events'],
    ['an unknown event', { events: ['order.paid'] }, 'events'],
    ['the same event twice', { events: ['webhook.test', 'webhook.test'] }, 'events'],
    ['an event that is no text', { events: [1] }, 'events'],
    ['a long description', { description: 'a'.repeat(501) }, 'description'],
    ['a header that is no object', { headers: ['X-A: 1'] }, 'headers'],
    ['a header with a line break in its name', { headers: [{ name: 'X\r\nA', value: '1' }] }, 'headers[0].name'],
    ['a header without a value', { headers: [{ name: 'X-A' }] }, 'headers[0].value'],
    ['a header of ours, which the dispatcher refuses', { headers: [{ name: 'Host', value: 'x' }] }, 'headers[0].name'],
    ['too many headers', { headers: Array.from({ length: 21 }, (_, at) => ({ name: `X-${at}`, value: '1' })) }, 'headers'],
    ['credentials without a password', { credentials: { username: 'a' } }, 'credentials.password'],
    ['a list of credentials', { credentials: [] }, 'credentials'],
    ['a secret of another form', { secret: 'not a secret, but long enough' }, 'secret'],
    ['a short secret', { secret: 'whsec_QUJD' }, 'secret'],
    ['a place of its own', { slot: 'merchant' }, 'slot'],
    ['another organization', { organizationId: newObjectId() }, 'organizationId'],
  ])('refuses %s', async (_name, given, field) => {
    expectRefusal(await create(given), 400, 'validation_failed', field);
  });

  it('takes null and empty text for what was left out', async () => {
    const { status, body } = await create({ description: '', events: null, headers: null, credentials: null, secret: '', merchantId: '' });
    expect([status, (body as unknown as EndpointView).events]).toEqual([201, ['*']]);
  });
});

describe('an endpoint', () => {
  it('is changed in what is given, and null takes away', async () => {
    const headers = [{ name: 'X-Shop', value: 'value-in-clear' }];
    const { body: created } = await create({ description: 'Orders', headers, credentials: { username: 'a', password: 'pass-in-clear' } });
    const changes = { description: null, credentials: null, headers: [{ name: 'X-Shop' }, { name: 'X-New', value: 'new-in-clear' }] };
    const { status, body } = await call(`webhook-endpoints/${created.id}`, { method: 'PUT', body: changes });
    expect(status).toBe(200);
    expect(body).toMatchObject({ url: 'https://shop.example/hooks', headers: [{ name: 'X-Shop' }, { name: 'X-New' }] });
    expect(body).not.toHaveProperty('description');
    expect(body).not.toHaveProperty('username');
    const told = await changesOf('webhook_endpoint.updated');
    expect(told).toEqual({
      description: ['Orders', undefined],
      headers: [['X-Shop'], ['X-Shop', 'X-New']],
      'headerValues.X-New': [undefined, '•••'],
      username: ['a', undefined],
    });
  });

  it.each<[object, string]>([
    [{ url: null }, 'url'],
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ events: [] }, 'events'],
    [{ headers: null }, 'headers'],
    [{ family: 'panel_webhook' }, 'family'],
    [{ secret: 'whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl' }, 'secret'],
  ])('is not changed to %j', async (body, field) => {
    const { body: created } = await create();
    expectRefusal(await call(`webhook-endpoints/${created.id}`, { method: 'PUT', body }), 400, 'validation_failed', field);
  });

  it('gets a new secret, shown once; a repeated request shows the same one', async () => {
    const { body: created } = await create();
    const options = { headers: { 'Idempotency-Key': newObjectId() } };
    const rotate = () => post(`webhook-endpoints/${created.id}/rotate-secret`, { overlapHours: 0 }, options);
    const [first, second] = [await rotate(), await rotate()];
    const { secret } = first.body as unknown as { secret: string };
    expect([first.status, second.body]).toEqual([200, first.body]);
    expect(secret).toMatch(/^whsec_/);
    expect(stack.dispatcher.endpointCommands.at(-1)).toMatchObject({ overlapHours: 0 });
    expect(JSON.stringify(await latestDeed('webhook_endpoint.secret_rotated'))).not.toContain(secret);
    expect((await call(`webhook-endpoints/${created.id}`)).body).not.toHaveProperty('secret');
    for (const overlapHours of [-1, 169, 1.5, '24']) {
      const refused = await post(`webhook-endpoints/${created.id}/rotate-secret`, { overlapHours });
      expectRefusal(refused, 400, 'validation_failed', 'overlapHours');
    }
  });

  it('is disabled and enabled', async () => {
    const { body: created } = await create();
    const disabled = await post(`webhook-endpoints/${created.id}/disable`);
    expect(disabled.body).toMatchObject({ state: 'disabled', disabledReason: 'manual' });
    expectRefusal(await post(`webhook-endpoints/${created.id}/test`), 409, 'endpoint_disabled');
    expect((await call('webhook-endpoints?state=disabled')).body.webhookEndpoints).toContainEqual(disabled.body);
    expect((await post(`webhook-endpoints/${created.id}/enable`)).body).toMatchObject({ state: 'enabled' });
    expect(await changesOf('webhook_endpoint.enabled')).toEqual({ state: ['disabled', 'enabled'], disabledReason: ['manual', undefined] });
  });

  it('is deleted', async () => {
    const { body: created } = await create();
    expect((await call(`webhook-endpoints/${created.id}`, { method: 'DELETE' })).status).toBe(204);
    expectRefusal(await call(`webhook-endpoints/${created.id}`), 404, 'endpoint_not_found');
    expect(await latestDeed('webhook_endpoint.deleted')).toMatchObject({ resource: { id: created.id } });
  });

  it('is sent a test, or a real transaction', async () => {
    const { body: created } = await create();
    const test = await post(`webhook-endpoints/${created.id}/test`);
    expect([test.status, test.body]).toEqual([200, expect.objectContaining({ event: 'webhook.test', endpointId: created.id })]);

    const now = '2026-01-31T10:00:00.000Z';
    const transaction: TransactionDetail & { organizationId: string } = {
      ...{
        organizationId: shop.organizationId,
        livemode: false,
        siteId: shop.siteId,
        providerId: shop.providerId,
        providerType: 'sandbox',
      },
      ...{ id: newObjectId(), checkoutId: newObjectId(), sessionPublicId: 'cs_1', status: 'succeeded', amount: 4900, currency: 'EUR' },
      ...{ refundedAmount: 0, pendingRefundAmount: 0, refundableAmount: 4900, metadata: {}, eventVersion: 2, timeline: [] },
      ...{ billingAddress: { firstName: 'Ada', lastName: 'Lovelace' }, createdAt: now, updatedAt: now },
    };
    stack.main.transactions.push(transaction);
    const told = await post(`webhook-endpoints/${created.id}/test`, { transactionId: transaction.id });
    expect(told.body).toMatchObject({ event: 'transaction.status_changed', transactionId: transaction.id });
    expect(stack.dispatcher.sentTransactions.at(-1)).toMatchObject({ status: 'succeeded', amount: 4900, payer: 'Ada Lovelace' });
    const foreign = Object.assign(structuredClone(transaction), { id: newObjectId(), organizationId: other.organizationId });
    stack.main.transactions.push(foreign);
    const refused = await post(`webhook-endpoints/${created.id}/test`, { transactionId: foreign.id });
    expectRefusal(refused, 404, 'transaction_not_found');
  });

  it('has figures of a period', async () => {
    const { body: created } = await create();
    const { status, body } = await call(`webhook-endpoints/${created.id}/statistics?from=2026-03-01&to=2026-03-07`);
    expect([status, body]).toEqual([200, expect.objectContaining({ id: created.id, successRatio: 0.75, attempts: 6 })]);
    const period = { from: '2026-03-01T00:00:00.000Z', to: '2026-03-07T23:59:59.999Z' };
    expect(stack.dispatcher.statisticsRequests.at(-1)).toMatchObject(period);
    for (const query of ['from=yesterday', 'from=2026-03-07&to=2026-03-01', 'period=7d']) {
      expectRefusal(await call(`webhook-endpoints/${created.id}/statistics?${query}`), 400, 'validation_failed');
    }
  });

  it('that was disabled because it does not work stands in the audit log once, however often that is told', async () => {
    const { body: created } = await create();
    const payload = {
      ...{ organizationId: shop.organizationId, livemode: false, endpointId: created.id, family: 'merchant_webhook' as const },
      ...{ url: 'https://shop.example/hooks', reason: 'failing' as const, disabledAt: '2026-03-06T10:00:00.000Z' },
      ...{ failingSince: '2026-03-01T10:00:00.000Z', consecutiveFailures: 57 },
    };
    const event = { id: newObjectId(), payload };
    const { subject } = endpointDisabled;
    const told = async () =>
      (await deeds(stack, 'webhook_endpoint.disabled', shop.organizationId)).filter(({ resource }) => resource.id === created.id);
    await service(stack, EventPublisher).publish({ ...event, subject, occurredAt: new Date(), requestId: 'r-1' });
    const [first] = await eventually(async () => {
      const entries = await told();
      expect(entries).toHaveLength(1);
      return entries;
    });
    expect(first).toMatchObject({ actor: 'system', changes: expect.arrayContaining([expect.objectContaining({ after: 'failing' })]) });
    await service(stack, RecordDisabledEndpoint).execute(event);
    expect(await told()).toHaveLength(1);
  });

  it('of a site is seen and disabled, but not changed', async () => {
    const { endpointId } = siteEndpoint();
    expect((await call(`webhook-endpoints/${endpointId}`)).body).toMatchObject({ family: 'site_ipn', siteId: shop.siteId });
    const refused = await call(`webhook-endpoints/${endpointId}`, { method: 'PUT', body: { description: 'x' } });
    expectRefusal(refused, 409, 'endpoint_not_editable');
    expectRefusal(await call(`webhook-endpoints/${endpointId}`, { method: 'DELETE' }), 409, 'endpoint_not_editable');
    expect((await post(`webhook-endpoints/${endpointId}/disable`)).body).toMatchObject({ state: 'disabled' });
  });

  it.each(['family=other', 'state=open', 'siteId=1', 'limit=0', 'slot=merchant', 'cursor=x&cursor=y'])(
    'list: refuses %s',
    async (query) => {
      expectRefusal(await call(`webhook-endpoints?${query}`), 400, 'validation_failed', query.split('=')[0]);
    },
  );
});

describe('a replay', () => {
  const start = async (given: object = {}, options: Call = {}): Promise<Answer & { endpointId: string }> => {
    const { body: created } = await create();
    const answer = await post('webhook-replays', { endpointId: created.id, selection: 'failed', ...given }, options);
    return Object.assign(answer, { endpointId: created.id });
  };

  it('of all that failed, or of a stretch of time, is started, read and stopped', async () => {
    const { status, body, endpointId } = await start({ selection: 'all', from: '2026-03-01', to: '2026-03-02', ratePerSecond: 5 });
    expect([status, body]).toEqual([201, expect.objectContaining({ endpointId, state: 'running', ratePerSecond: 5 })]);
    const period = { from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T23:59:59.999Z' };
    expect(stack.dispatcher.replayCommands.at(-1)).toMatchObject({ selection: 'all', ...period });
    expect((await latestDeed('webhook_replay.started'))?.resource).toMatchObject({ id: body.id });
    expectRefusal(await post('webhook-replays', { endpointId, selection: 'failed' }), 409, 'replay_running');

    expect((await call(`webhook-replays/${body.id}`)).body).toEqual(body);
    expect((await call(`webhook-replays?endpointId=${endpointId}`)).body).toMatchObject({ webhookReplays: [body], total: 1 });
    expect((await post(`webhook-replays/${body.id}/cancel`)).body).toMatchObject({ state: 'cancelled' });
    expect((await latestDeed('webhook_replay.cancelled'))?.resource).toMatchObject({ id: body.id });
  });

  it('is started once for one Idempotency-Key', async () => {
    const options = { headers: { 'Idempotency-Key': newObjectId() } };
    const { body, endpointId } = await start({}, options);
    const again = await post('webhook-replays', { endpointId, selection: 'failed' }, options);
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([201, body, 'true']);
  });

  it('is not found by another organization or mode, nor started for their endpoints', async () => {
    const { body, endpointId } = await start();
    for (const key of [keys.other, keys.live]) {
      expectRefusal(await call(`webhook-replays/${body.id}`, { key }), 404, 'replay_not_found');
      expectRefusal(await post(`webhook-replays/${body.id}/cancel`, {}, { key }), 404, 'replay_not_found');
      expectRefusal(await post('webhook-replays', { endpointId, selection: 'all' }, { key }), 404, 'endpoint_not_found');
    }
    expectRefusal(await call('webhook-replays/%24ne'), 404, 'replay_not_found');
    const { apiKey } = await stack.newKey(shop.scope, { scopes: ['webhook:read'] });
    expectRefusal(await post(`webhook-replays/${body.id}/cancel`, {}, { key: apiKey }), 403, 'insufficient_scope');
  });

  it.each<[object, string]>([
    [{ endpointId: undefined }, 'endpointId'],
    [{ endpointId: { $ne: '' } }, 'endpointId'],
    [{ selection: 'some' }, 'selection'],
    [{ from: '2026-02-30' }, 'from'],
    [{ from: '2026-03-02', to: '2026-03-01' }, 'from'],
    [{ ratePerSecond: 0 }, 'ratePerSecond'],
    [{ ratePerSecond: 201 }, 'ratePerSecond'],
    [{ transactionId: newObjectId() }, 'transactionId'],
  ])('is refused with %j', async (given, field) => {
    expectRefusal(await start(given), 400, 'validation_failed', field);
  });
});

describe('GET /api/v1/ipn-deliveries', () => {
  it.each<[string, object]>([
    ['', { family: 'site_ipn' }],
    ['?family=merchant_webhook', { family: 'merchant_webhook' }],
    ['?endpointId=we_1', { endpointId: 'we_1', family: undefined }],
    ['?endpointId=we_1&family=panel_webhook', { endpointId: 'we_1', family: 'panel_webhook' }],
  ])('%s', async (query, expected) => {
    expect((await call(`ipn-deliveries${query}`)).status).toBe(200);
    const { family, endpointId } = stack.dispatcher.lists.at(-1) ?? {};
    expect({ family, ...(endpointId === undefined ? {} : { endpointId }) }).toEqual(expected);
  });

  it.each(['family=ipn', `endpointId=${'a'.repeat(65)}`])('refuses %s', async (query) => {
    expectRefusal(await call(`ipn-deliveries?${query}`), 400, 'validation_failed', query.split('=')[0]);
  });
});
