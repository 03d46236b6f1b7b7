import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newObjectId } from '@paygate/kernel';
import {
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  getDelivery,
  getEndpoint,
  listDeliveries,
  listEndpoints,
  resendDelivery,
  rotateEndpointSecret,
  sendIpnTest,
  sendTransaction,
  testEndpoint,
} from '@paygate/messages';
import type { CreateEndpointCommand, DeliveryView, EndpointFamily, EndpointWithSecret, RequestContract } from '@paygate/messages';
import { stopService } from '@paygate/nest-kit';
import { eventually, IpnReceiver, startTestInfrastructure } from '@paygate/testing';
import type { ReceivedRequest, TestInfrastructure } from '@paygate/testing';
import { verifyNotification } from '@paygate/webhook-protocol';
import { dispatcherConfig, startDispatcher, Surroundings } from './dispatcher-fixture.js';
import { monitoringQueries, selectorsOf } from './monitoring-files.js';

let infrastructure: TestInfrastructure;
let surroundings: Surroundings;
let app: NestFastifyApplication;
let receiver: IpnReceiver;
/** Each test has its own, so that no endpoint of another hears of its payments. */
let organizationId: string;

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, redis: true, mongo: true });
  const config = dispatcherConfig(infrastructure);
  [surroundings, receiver] = await Promise.all([Surroundings.start(config), IpnReceiver.start()]);
  app = await startDispatcher(config);
}, 60_000);
afterEach(() => receiver.reply({}));
afterAll(async () => {
  await stopService(app, 1_000);
  await surroundings.stop();
  await receiver.stop();
  await infrastructure.stop();
});

const ask = <Q extends object, R extends object>(contract: RequestContract<Q, R>, request: object): Promise<R> =>
  surroundings.rpc.request(contract, { organizationId, livemode: false, ...request } as unknown as Q);

class Shop {
  readonly path = `/hooks/${newObjectId()}`;
  readonly transactionId = newObjectId();

  constructor() {
    organizationId = newObjectId();
  }

  endpoint(family: EndpointFamily, given: Partial<CreateEndpointCommand> = {}, path = ''): Promise<EndpointWithSecret> {
    return ask(createEndpoint, { family, url: receiver.url + this.path + path, ...given });
  }

  tell(status: 'pending_provider' | 'succeeded' | 'failed' | 'refunded', eventVersion: number, given: object = {}): Promise<unknown> {
    return surroundings.tell({
      organizationId,
      transactionId: this.transactionId,
      externalReference: 'order-1',
      status,
      eventVersion,
      ...given,
    });
  }

  next(path = ''): Promise<ReceivedRequest> {
    return receiver.next((request) => request.path === this.path + path);
  }

  received(path = ''): ReceivedRequest[] {
    return receiver.requests.filter((request) => request.path === this.path + path);
  }

  async deliveries(filter: object = {}): Promise<DeliveryView[]> {
    return (await ask(listDeliveries, { page: 1, limit: 50, ...filter })).items;
  }

  reached(deliveryId: string, state: DeliveryView['state']): Promise<DeliveryView> {
    return eventually(async () => {
      const delivery = await ask(getDelivery, { deliveryId });
      expect(delivery.state).toBe(state);
      return delivery;
    });
  }
}

const bodyOf = (request: ReceivedRequest): unknown => JSON.parse(request.rawBody.toString());
const isGenuine = (family: EndpointFamily, request: ReceivedRequest, secret: string): boolean =>
  verifyNotification(family, { secret, headers: request.headers, body: request.rawBody }).ok;

describe('a status change', () => {
  it.each([
    ['merchant_webhook', { event: 'transaction.status_changed', status: 'paid', amount: '49.00' }],
    ['platform_webhook', { event_type: 'payment_succeeded', content: { object: { status: 'succeeded', amount: 4900 } } }],
    ['panel_webhook', { event: 'payment.completed', order_id: 'order-1', amount: 49, payer: 'Ada Lovelace' }],
  ] as const)('arrives as %s, signed, with the headers the merchant wants', async (family, expected) => {
    const shop = new Shop();
    const credentials = { username: 'shop', password: 'geheim' };
    const { secret } = await shop.endpoint(family, { headers: [{ name: 'X-Shop', value: '7' }], credentials });
    await shop.tell('succeeded', 2, { payer: 'Ada Lovelace' });
    const request = await shop.next();
    expect(bodyOf(request)).toMatchObject(expected);
    expect(isGenuine(family, request, secret)).toBe(true);
    expect(request.headers).toMatchObject({ 'x-shop': '7', authorization: `Basic ${Buffer.from('shop:geheim').toString('base64')}` });
  });

  it('goes to the site and to each endpoint that subscribes to it, of the same mode', async () => {
    const shop = new Shop();
    await shop.endpoint('merchant_webhook', {}, '/all');
    await shop.endpoint('merchant_webhook', { events: ['refund.status_changed'] }, '/refunds');
    await shop.endpoint('panel_webhook', { events: ['payment.failed'] }, '/failures');
    await shop.endpoint('merchant_webhook', { livemode: true }, '/live');
    await shop.tell('succeeded', 2, { ipnUrl: `${receiver.url}${shop.path}/ipn` });
    await Promise.all([shop.next('/all'), shop.next('/ipn')]);
    await eventually(async () => expect((await shop.deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered']));
    for (const path of ['/refunds', '/failures', '/live']) expect(shop.received(path)).toEqual([]);
  });

  it('is one message to all endpoints of a family, with a delivery for each', async () => {
    const shop = new Shop();
    await Promise.all([shop.endpoint('platform_webhook', {}, '/a'), shop.endpoint('platform_webhook', {}, '/b')]);
    await shop.tell('succeeded', 2);
    const [a, b] = await Promise.all([shop.next('/a'), shop.next('/b')]);
    expect(a.rawBody.equals(b.rawBody)).toBe(true);
    expect(a.headers['webhook-id']).not.toBe(b.headers['webhook-id']);
  });

  it('keeps the order at each endpoint, and one that fails holds up nobody else', async () => {
    const shop = new Shop();
    await Promise.all([shop.endpoint('merchant_webhook', {}, '/good'), shop.endpoint('merchant_webhook', {}, '/bad')]);
    receiver.reply((request) => ({ status: request.path.endsWith('/bad') ? 500 : 200 }));
    const ipnUrl = `${receiver.url}${shop.path}/ipn`;
    await shop.tell('pending_provider', 1, { ipnUrl });
    await Promise.all([shop.next('/good'), shop.next('/bad')]);
    await shop.tell('succeeded', 2, { ipnUrl });
    await shop.tell('refunded', 3, { ipnUrl });
    await eventually(() =>
      expect(shop.received('/good').map((request) => (bodyOf(request) as { status: string }).status)).toEqual([
        'processing',
        'paid',
        'refunded',
      ]),
    );
    receiver.reply({});
    const told = (): string[] => shop.received('/bad').map((request) => (bodyOf(request) as { status: string }).status);
    await eventually(() => expect(told().at(-1)).toBe('refunded'));
    const order = ['processing', 'paid', 'refunded'];
    expect(told()).toEqual(told().sort((x, y) => order.indexOf(x) - order.indexOf(y)));
  });

  it('is told once when its event comes again', async () => {
    const shop = new Shop();
    await shop.endpoint('merchant_webhook');
    const eventId = newObjectId();
    await shop.tell('succeeded', 2, { eventId });
    await shop.next();
    await shop.tell('succeeded', 2, { eventId });
    await shop.tell('refunded', 3);
    await shop.next();
    expect(shop.received()).toHaveLength(2);
  });
});

describe('a refund', () => {
  it('is told to those who subscribe to refunds, in its own order', async () => {
    const shop = new Shop();
    await shop.endpoint('merchant_webhook', { events: ['refund.status_changed'] });
    await shop.endpoint('platform_webhook', {}, '/platform');
    const refundId = newObjectId();
    await surroundings.tellOfRefund({ organizationId, refundId, transactionId: shop.transactionId, status: 'pending' });
    expect(bodyOf(await shop.next())).toMatchObject({ event: 'refund.status_changed', refund_id: refundId, status: 'processing' });
    await surroundings.tellOfRefund({ organizationId, refundId, transactionId: shop.transactionId, status: 'succeeded' });
    expect(bodyOf(await shop.next())).toMatchObject({ refund_id: refundId, status: 'completed', amount: '10.00' });
    expect(bodyOf(await shop.next('/platform'))).toMatchObject({ event_type: 'refund_succeeded' });
    expect((await shop.deliveries({ family: 'platform_webhook' })).map(({ event }) => event)).toEqual(['refund_succeeded']);
    const pending = (await shop.deliveries({ family: 'merchant_webhook' })).find(({ eventVersion }) => eventVersion === 1);
    await expect(ask(resendDelivery, { deliveryId: pending?.deliveryId })).rejects.toMatchObject({ code: 'delivery_overtaken' });
  });
});

describe('the secrets of an endpoint', () => {
  it('both sign after a rotation, and the new one alone where only one can', async () => {
    const shop = new Shop();
    const { secret: old, endpointId } = await shop.endpoint('merchant_webhook');
    const { secret } = await ask(rotateEndpointSecret, { endpointId });
    await shop.tell('succeeded', 2);
    const request = await shop.next();
    expect(isGenuine('merchant_webhook', request, secret)).toBe(true);
    expect(String(request.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect(old).not.toBe(secret);
  });
});

describe('an endpoint that is disabled or deleted', () => {
  it('misses nothing for good: what it was not sent can be sent later', async () => {
    const shop = new Shop();
    const { endpointId } = await shop.endpoint('merchant_webhook');
    await ask(disableEndpoint, { endpointId });
    await shop.tell('succeeded', 2, { ipnUrl: `${receiver.url}${shop.path}/ipn` });
    await shop.next('/ipn');
    const [missed] = await shop.deliveries({ endpointId });
    expect(missed).toMatchObject({ state: 'dead', lastError: 'endpoint_disabled', attemptCount: 0 });
    await expect(ask(resendDelivery, { deliveryId: missed!.deliveryId })).rejects.toMatchObject({ code: 'endpoint_disabled' });
    await expect(ask(testEndpoint, { endpointId })).rejects.toMatchObject({ code: 'endpoint_disabled' });
  });

  it('is sent nothing of what waits', async () => {
    const shop = new Shop();
    const { endpointId } = await shop.endpoint('merchant_webhook');
    receiver.reply({ status: 500 });
    await shop.tell('succeeded', 2);
    await shop.next();
    await ask(deleteEndpoint, { endpointId });
    await eventually(async () => expect((await shop.deliveries()).map(({ state }) => state)).toEqual(['dead']));
    const [{ deliveryId }] = (await shop.deliveries()) as [DeliveryView];
    await expect(ask(resendDelivery, { deliveryId })).rejects.toMatchObject({ code: 'endpoint_not_found' });
  });
});

describe('a single notification', () => {
  it.each(['merchant_webhook', 'platform_webhook', 'panel_webhook'] as const)(
    'tests an endpoint for %s with one attempt',
    async (family) => {
      const shop = new Shop();
      const { endpointId, secret } = await shop.endpoint(family, {
        events: [family === 'platform_webhook' ? 'refund_failed' : 'webhook.test'],
      });
      receiver.reply({ status: 500 });
      const { deliveryId } = await ask(testEndpoint, { endpointId });
      expect(isGenuine(family, await shop.next(), secret)).toBe(true);
      expect(await shop.reached(deliveryId, 'dead')).toMatchObject({ attemptCount: 1, lastStatusCode: 500, endpointId });
    },
  );

  it('tests whether a site is ready', async () => {
    const shop = new Shop();
    const siteId = await surroundings.putSite({ id: newObjectId(), organizationId });
    const url = `${receiver.url}${shop.path}?site=1`;
    const { deliveryId } = await ask(sendIpnTest, { siteId, url });
    const request = await receiver.next((candidate) => candidate.path.startsWith(shop.path));
    expect(bodyOf(request)).toMatchObject({ schemaVersion: 2, eventType: 'ipn.test', deliveryId });
    expect(request.headers['x-ipn-version']).toBe('2');
    await shop.reached(deliveryId, 'delivered');
    await expect(ask(sendIpnTest, { siteId: surroundings.siteId, url })).rejects.toMatchObject({ code: 'site_not_found' });
    await expect(ask(sendIpnTest, { siteId, url: 'http://user@shop.example/' })).rejects.toMatchObject({ code: 'validation_failed' });
    const sites = await ask(listEndpoints, { page: 1, limit: 10, siteId });
    expect(sites.items).toMatchObject([{ family: 'site_ipn', siteId, url: receiver.url }]);
    await expect(ask(testEndpoint, { endpointId: sites.items[0]!.endpointId })).rejects.toMatchObject({ code: 'endpoint_not_editable' });
  });

  it('tells of a transaction as it is', async () => {
    const shop = new Shop();
    const { endpointId } = await shop.endpoint('panel_webhook', { events: ['user.created'] });
    const at = '2026-03-08T14:00:00.000Z';
    const transaction = {
      ...{ endpointId, transactionId: shop.transactionId, checkoutId: newObjectId(), siteId: surroundings.siteId, eventVersion: 2 },
      ...{ amount: 4_900, currency: 'EUR', payer: 'Ada', createdAt: at, updatedAt: at },
    };
    await ask(sendTransaction, { ...transaction, status: 'succeeded' });
    expect(bodyOf(await shop.next())).toMatchObject({ event: 'payment.completed', payer: 'Ada', timestamp: at });
    await expect(ask(sendTransaction, { ...transaction, status: 'refunded' })).rejects.toMatchObject({
      code: 'notification_not_available',
    });
    expect(await ask(getEndpoint, { endpointId })).toMatchObject({ health: { condition: 'ok' } });
  });
});

describe('monitoring', () => {
  it('asks for nothing that the service does not tell', async () => {
    const { body } = await app.inject('/metrics');
    const told = [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', kind]) =>
      kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    );
    const asked = monitoringQueries().flatMap(([by, query]) => selectorsOf(query).map((selector) => ({ by, ...selector })));
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter(({ metric }) => !told.includes(metric))).toEqual([]);
    // What has not happened yet has no labels to look at.
    const isKnown = (metric: string, label: string): boolean =>
      !new RegExp(`^${metric}[{ ]`, 'm').test(body) || new RegExp(`^${metric}\\{(.*,)?${label}="`, 'm').test(body);
    expect(asked.filter(({ metric, labels }) => !labels.every((label) => isKnown(metric, label)))).toEqual([]);
  });
});
