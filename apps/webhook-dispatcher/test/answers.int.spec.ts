import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDelivery, listDeliveries } from '@paygate/messages';
import type { DeliveryDetail, TransactionStatusChanged } from '@paygate/messages';
import { stopService } from '@paygate/nest-kit';
import { eventually, IpnReceiver, startTestInfrastructure } from '@paygate/testing';
import type { ReceivedRequest, TestInfrastructure } from '@paygate/testing';
import { generateSigningSecret, verifyIpn } from '@paygate/webhook-protocol';
import { dispatcherConfig, startDispatcher, Surroundings } from './dispatcher-fixture.js';

let infrastructure: TestInfrastructure;
let surroundings: Surroundings;
let app: NestFastifyApplication;
let receiver: IpnReceiver;

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, redis: true, mongo: true });
  const config = dispatcherConfig(infrastructure);
  surroundings = await Surroundings.start(config);
  app = await startDispatcher(config);
});

beforeAll(async () => {
  receiver = await IpnReceiver.start();
});

afterEach(() => receiver.reply({}));

afterAll(async () => {
  await stopService(app, 1_000);
  await surroundings.stop();
  await receiver.stop();
  await infrastructure.stop();
});

const tenant = () => ({ organizationId: surroundings.organizationId, livemode: false });

async function deliveryOf(transactionId: string): Promise<DeliveryDetail> {
  const page = await surroundings.rpc.request(listDeliveries, { ...tenant(), transactionId, page: 1, limit: 10 });
  expect(page.total).toBe(1);
  return surroundings.rpc.request(getDelivery, { ...tenant(), deliveryId: page.items[0]!.deliveryId });
}

let addresses = 0;

/** An address of the receiver that no other test uses. */
class Address {
  readonly path = `/ipn/${++addresses}?shop=1&lang=de`;
  readonly ipnUrl = receiver.url + this.path;

  next(timeoutMs?: number): Promise<ReceivedRequest> {
    return receiver.next((request) => request.path === this.path, timeoutMs);
  }

  tellSuccess(): Promise<TransactionStatusChanged> {
    return surroundings.tell({ status: 'succeeded', eventVersion: 2, externalReference: this.path, ipnUrl: this.ipnUrl });
  }
}

describe('a notification', () => {
  it('arrives once with the promised bytes and headers, and is on record', async () => {
    const address = new Address();
    const told = await address.tellSuccess();
    const request = await address.next();
    expect(request).toMatchObject({ method: 'POST', path: address.path });
    expect(request.headers['content-type']).toBe('application/json');
    const verified = verifyIpn({ secret: surroundings.secret, headers: request.headers, body: request.rawBody });
    expect(verified).toMatchObject({
      ok: true,
      version: 2,
      notification: {
        id: told.transactionId,
        externalReference: told.externalReference,
        status: 1,
        eventVersion: 2,
        sessionPublicId: told.sessionPublicId,
      },
    });
    await eventually(async () => {
      const delivery = await deliveryOf(told.transactionId);
      expect(delivery).toMatchObject({ state: 'delivered', attemptCount: 1, lastStatusCode: 200, status: 1, url: told.ipnUrl });
      expect(delivery.body).toBe(request.rawBody.toString());
      expect(delivery.attempts).toMatchObject([{ number: 1, statusCode: 200, responseBody: '' }]);
    });
  });

  it('is in version 1 for a site that asks for it', async () => {
    const address = new Address();
    const siteId = await surroundings.putSite({ id: 'a'.repeat(24), ipnVersion: 1 });
    const told = await surroundings.tell({ status: 'cancelled', eventVersion: 2, ipnUrl: address.ipnUrl }, siteId);
    const request = await address.next();
    expect(request.rawBody.toString()).toBe(`{"id":"${told.transactionId}","status":-2}`);
    expect(verifyIpn({ secret: surroundings.secret, headers: request.headers, body: request.rawBody })).toMatchObject({
      ok: true,
      version: 1,
    });
  });

  it('is signed with both secrets while one is being replaced, and with none that has expired', async () => {
    const address = new Address();
    const [next, expired] = [generateSigningSecret(), generateSigningSecret()];
    const siteId = await surroundings.putSite(
      { id: 'b'.repeat(24) },
      { secret: expired, validUntil: new Date(Date.now() - 1_000).toISOString() },
      { secret: surroundings.secret, validUntil: new Date(Date.now() + 60_000).toISOString() },
      { secret: next },
    );
    await surroundings.tell({ status: 'succeeded', eventVersion: 2, ipnUrl: address.ipnUrl }, siteId);
    const { headers, rawBody: body } = await address.next();
    for (const secret of [next, surroundings.secret]) expect(verifyIpn({ secret, headers, body }).ok).toBe(true);
    expect(verifyIpn({ secret: expired, headers, body })).toEqual({ ok: false, reason: 'signature_mismatch' });
    expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  });

  it('waits for the settings of its site, without using up attempts', async () => {
    const address = new Address();
    const siteId = 'c'.repeat(24);
    const told = await surroundings.tell({ status: 'succeeded', eventVersion: 2, ipnUrl: address.ipnUrl }, siteId);
    await eventually(async () => {
      expect(await deliveryOf(told.transactionId)).toMatchObject({
        state: 'scheduled',
        attemptCount: 0,
        lastError: 'site_settings_missing',
        body: '',
      });
    });
    await surroundings.putSite({ id: siteId, ipnVersion: 2 });
    const request = await address.next(10_000);
    await eventually(async () => {
      expect(await deliveryOf(told.transactionId)).toMatchObject({ state: 'delivered', attemptCount: 1, body: request.rawBody.toString() });
    });
  });

  it.each([204, 201, 302, 400, 404, 500, 503])('is repeated with the same bytes after an answer of %i', async (status) => {
    const address = new Address();
    let asked = 0;
    receiver.reply(() => (++asked === 1 ? { status, headers: { location: '/elsewhere' } } : { status: 200 }));
    const told = await address.tellSuccess();
    const [first, second] = [await address.next(), await address.next()];
    expect(second.path).toBe(address.path);
    expect(second.rawBody.equals(first.rawBody)).toBe(true);
    expect(second.headers['x-ipn-delivery-id']).toBe(first.headers['x-ipn-delivery-id']);
    await eventually(async () => {
      const delivery = await deliveryOf(told.transactionId);
      expect(delivery).toMatchObject({ state: 'delivered', attemptCount: 2 });
      expect(delivery.attempts.map((attempt) => [attempt.number, attempt.statusCode])).toEqual([
        [1, status],
        [2, 200],
      ]);
    });
  });

  it('gets a fresh timestamp and signature on each attempt', async () => {
    const address = new Address();
    let asked = 0;
    receiver.reply(() => (++asked === 1 ? { status: 429, headers: { 'retry-after': '1' } } : {}));
    await address.tellSuccess();
    const first = await address.next();
    const second = await address.next();
    expect(Number(second.headers['x-signature-timestamp'])).toBeGreaterThan(Number(first.headers['x-signature-timestamp']));
    expect(second.headers['x-signature-hmac-sha256']).not.toBe(first.headers['x-signature-hmac-sha256']);
    expect(verifyIpn({ secret: surroundings.secret, headers: second.headers, body: second.rawBody }).ok).toBe(true);
  });

  it.each([429, 503])('waits as long as Retry-After asks after %i', async (status) => {
    const address = new Address();
    let asked = 0;
    receiver.reply(() => (++asked === 1 ? { status, headers: { 'retry-after': '2' } } : {}));
    await address.tellSuccess();
    const [first, second] = [await address.next(), await address.next()];
    expect(second.receivedAt.getTime() - first.receivedAt.getTime()).toBeGreaterThanOrEqual(1_950);
  });

  it('stops for good at 410', async () => {
    const address = new Address();
    receiver.reply({ status: 410, body: 'gone' });
    const told = await address.tellSuccess();
    await eventually(async () => {
      const delivery = await deliveryOf(told.transactionId);
      expect(delivery).toMatchObject({ state: 'dead', attemptCount: 1, lastStatusCode: 410 });
      expect(delivery.attempts).toMatchObject([{ responseBody: 'gone' }]);
      expect(delivery.nextAttemptAt).toBeUndefined();
    });
  });

  it('is dead after the last attempt of the schedule', async () => {
    const address = new Address();
    receiver.reply({ status: 500 });
    const told = await address.tellSuccess();
    await eventually(async () => {
      const delivery = await deliveryOf(told.transactionId);
      expect(delivery).toMatchObject({ state: 'dead', attemptCount: 5, lastStatusCode: 500 });
      expect(delivery.attempts.map((attempt) => attempt.number)).toEqual([1, 2, 3, 4, 5]);
    });
  });

  it('keeps the first 20 kB of a long answer', async () => {
    const address = new Address();
    receiver.reply({ status: 200, body: 'x'.repeat(1_000_000) });
    const told = await address.tellSuccess();
    await eventually(async () => {
      const delivery = await deliveryOf(told.transactionId);
      expect(delivery.state).toBe('delivered');
      expect(delivery.attempts[0]?.responseBody).toHaveLength(20 * 1024);
    });
  });

  it('that gets no answer in time has failed with a timeout', async () => {
    const address = new Address();
    let asked = 0;
    receiver.reply(() => ({ delayMs: ++asked === 1 ? 5_000 : 0 }));
    const told = await address.tellSuccess();
    await eventually(async () => {
      const delivery = await deliveryOf(told.transactionId);
      expect(delivery).toMatchObject({ state: 'delivered', attemptCount: 2 });
      expect(delivery.attempts[0]).toMatchObject({ error: 'timeout' });
      expect(delivery.attempts[0]!.durationMs).toBeGreaterThanOrEqual(1_000);
      expect(delivery.attempts[0]!.durationMs).toBeLessThan(2_000);
    });
  });

  it('is recorded as refused when nobody listens', async () => {
    const gone = await IpnReceiver.start();
    await gone.stop();
    const told = await surroundings.tell({ status: 'succeeded', eventVersion: 2, ipnUrl: gone.url });
    await eventually(async () => {
      expect((await deliveryOf(told.transactionId)).attempts[0]).toMatchObject({ error: 'connection_refused' });
    });
  });

  it('is not made for a transaction that has just begun, or without an address', async () => {
    const address = new Address();
    const silent = [
      await surroundings.tell({ status: 'initiated', eventVersion: 1, ipnUrl: address.ipnUrl }),
      await surroundings.tell({ status: 'succeeded', eventVersion: 2 }),
    ];
    // Events are handled in order here: when this one has arrived, the others were dealt with.
    await address.tellSuccess();
    await address.next();
    for (const { transactionId } of silent) {
      const page = await surroundings.rpc.request(listDeliveries, { ...tenant(), transactionId, page: 1, limit: 10 });
      expect(page.total).toBe(0);
    }
  });
});

describe('what other services may ask', () => {
  it('shows an organization nothing of another, and live nothing of test', async () => {
    const address = new Address();
    const told = await address.tellSuccess();
    await address.next();
    const { deliveryId } = await deliveryOf(told.transactionId);
    const strangers = [
      { organizationId: 'f'.repeat(24), livemode: false },
      { organizationId: surroundings.organizationId, livemode: true },
    ];
    for (const stranger of strangers) {
      const page = await surroundings.rpc.request(listDeliveries, { ...stranger, page: 1, limit: 10 });
      expect(page).toMatchObject({ items: [], total: 0 });
      await expect(surroundings.rpc.request(getDelivery, { ...stranger, deliveryId })).rejects.toMatchObject({
        code: 'delivery_not_found',
      });
    }
  });

  it('filters and pages, newest first', async () => {
    const address = new Address();
    const checkoutId = 'd'.repeat(24);
    for (let version = 2; version <= 4; version++) {
      await surroundings.tell({
        status: 'succeeded',
        eventVersion: 2,
        checkoutId,
        externalReference: `page-${version}`,
        ipnUrl: address.ipnUrl,
      });
      await address.next();
    }
    const ask = (filter: object) => surroundings.rpc.request(listDeliveries, { ...tenant(), page: 1, limit: 2, ...filter });
    const first = await ask({ checkoutId });
    expect(first).toMatchObject({ total: 3, page: 1, limit: 2 });
    const second = await ask({ checkoutId, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map((item) => item.externalReference)).toEqual(['page-4', 'page-3', 'page-2']);
    expect(second.nextCursor).toBeUndefined();
    expect((await ask({ checkoutId, state: 'dead' })).total).toBe(0);
    expect((await ask({ checkoutId, siteId: surroundings.siteId })).total).toBe(3);
    expect((await ask({ checkoutId, siteId: 'e'.repeat(24) })).total).toBe(0);
  });
});
