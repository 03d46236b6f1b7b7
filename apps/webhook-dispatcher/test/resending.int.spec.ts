import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newObjectId } from '@paygate/kernel';
import { eraseNotifications, getDelivery, listDeliveries, resendDelivery } from '@paygate/messages';
import type { DeliveryDetail, DeliveryState, DeliveryView } from '@paygate/messages';
import { stopService } from '@paygate/nest-kit';
import { eventually, IpnReceiver, startTestInfrastructure } from '@paygate/testing';
import type { ReceivedRequest, TestInfrastructure } from '@paygate/testing';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { dispatcherConfig, startDispatcher, Surroundings } from './dispatcher-fixture.js';
import type { Change } from './dispatcher-fixture.js';
import type { DispatcherConfig } from '../src/dispatcher-config.js';
import { OldDeliveriesStore } from '../src/retention/index.js';

let infrastructure: TestInfrastructure;
let config: DispatcherConfig;
let surroundings: Surroundings;
let app: NestFastifyApplication;
let receiver: IpnReceiver;

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, redis: true, mongo: true });
  config = dispatcherConfig(infrastructure);
  [surroundings, receiver] = await Promise.all([Surroundings.start(config), IpnReceiver.start()]);
  // A single attempt: what is refused once is dead.
  app = await startDispatcher(config, [0]);
}, 60_000);
afterEach(() => receiver.reply({}));
afterAll(async () => {
  await stopService(app, 1_000);
  await surroundings.stop();
  await receiver.stop();
  await infrastructure.stop();
});

const tenant = (livemode = false) => ({ organizationId: surroundings.organizationId, livemode });
const resend = (deliveryId: string, of: object = tenant()): Promise<DeliveryView> =>
  surroundings.rpc.request(resendDelivery, { ...tenant(), ...of, deliveryId });

class Order {
  readonly path = `/ipn/${newObjectId()}`;
  readonly transactionId = newObjectId();

  tell(change: Pick<Change, 'status' | 'eventVersion'> & { transactionId?: string }): Promise<unknown> {
    const ipnUrl = receiver.url + this.path;
    return surroundings.tell({ transactionId: this.transactionId, externalReference: this.path, ipnUrl, ...change });
  }

  next(): Promise<ReceivedRequest> {
    return receiver.next((request) => request.path === this.path);
  }

  /** The newest notification of the transaction, once it has come to this state. */
  async reached(state: DeliveryState, eventVersion: number): Promise<DeliveryDetail> {
    return eventually(async () => {
      const page = await surroundings.rpc.request(listDeliveries, { ...tenant(), transactionId: this.transactionId, page: 1, limit: 10 });
      const found = page.items.find((delivery) => delivery.eventVersion === eventVersion);
      expect(found?.state).toBe(state);
      return surroundings.rpc.request(getDelivery, { ...tenant(), deliveryId: found?.deliveryId ?? '' });
    });
  }
}

describe('a notification that is sent again', () => {
  it('arrives with the same id and bytes, and is delivered once it was given up', async () => {
    const order = new Order();
    receiver.reply({ status: 500 });
    await order.tell({ status: 'succeeded', eventVersion: 2 });
    const first = await order.next();
    const dead = await order.reached('dead', 2);
    receiver.reply({});
    expect(await resend(dead.deliveryId)).toMatchObject({ deliveryId: dead.deliveryId });
    const second = await order.next();
    expect(second.rawBody).toEqual(first.rawBody);
    expect(second.headers['x-ipn-delivery-id']).toBe(first.headers['x-ipn-delivery-id']);
    const delivered = await order.reached('delivered', 2);
    expect(delivered.attempts.map(({ number, statusCode }) => [number, statusCode])).toEqual([
      [1, 500],
      [2, 200],
    ]);
  });

  it('arrives once more where it had arrived', async () => {
    const order = new Order();
    await order.tell({ status: 'succeeded', eventVersion: 2 });
    await order.next();
    const { deliveryId } = await order.reached('delivered', 2);
    await resend(deliveryId);
    await order.next();
    await eventually(async () => expect((await order.reached('delivered', 2)).attemptCount).toBe(2));
  });

  it('is not overtaken by a newer state of its transaction', async () => {
    const order = new Order();
    await order.tell({ status: 'succeeded', eventVersion: 2 });
    await order.next();
    const { deliveryId } = await order.reached('delivered', 2);
    await order.tell({ status: 'refunded', eventVersion: 3 });
    await order.next();
    const newer = await order.reached('delivered', 3);
    await expect(resend(deliveryId)).rejects.toMatchObject({ code: 'delivery_overtaken' });
    await resend(newer.deliveryId);
    expect(JSON.parse((await order.next()).rawBody.toString())).toMatchObject({ status: 3 });
  });

  it('says nothing negative of an order that is paid', async () => {
    const order = new Order();
    await order.tell({ status: 'failed', eventVersion: 2 });
    await order.next();
    const { deliveryId } = await order.reached('delivered', 2);
    await order.tell({ transactionId: newObjectId(), status: 'succeeded', eventVersion: 2 });
    await order.next();
    await expect(resend(deliveryId)).rejects.toMatchObject({ code: 'delivery_overtaken' });
  });

  it('is the owner’s, in its mode', async () => {
    const order = new Order();
    await order.tell({ status: 'succeeded', eventVersion: 2 });
    await order.next();
    const { deliveryId } = await order.reached('delivered', 2);
    await expect(resend(deliveryId, { organizationId: newObjectId() })).rejects.toMatchObject({ code: 'delivery_not_found' });
    await expect(resend(deliveryId, { livemode: true })).rejects.toMatchObject({ code: 'delivery_not_found' });
    await expect(resend('dlv_unknown')).rejects.toMatchObject({ code: 'delivery_not_found' });
  });
});

describe('what notifications said', () => {
  const database = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const connection = await mongoose.createConnection(config.MONGODB_URI, { dbName: config.MONGODB_DATABASE }).asPromise();
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  };
  const keptSeconds = (): Promise<Record<string, number | undefined>> =>
    database(async (connection) => {
      const kept: Record<string, number | undefined> = {};
      for (const name of ['messages', 'attempts']) {
        const indexes = await connection.collection(name).indexes();
        kept[name] = indexes.find((index) => index.expireAfterSeconds !== undefined)?.expireAfterSeconds;
      }
      return kept;
    });
  const restart = async (RETENTION_DAYS: number): Promise<void> => {
    await stopService(app, 1_000);
    app = await startDispatcher(dispatcherConfig(infrastructure, { MONGODB_DATABASE: config.MONGODB_DATABASE, RETENTION_DAYS }), [0]);
  };

  it('is erased with the answers for one transaction, and cannot be sent again', async () => {
    const [order, other] = [new Order(), new Order()];
    receiver.reply({ status: 500, body: 'name of a buyer' });
    for (const each of [order, other]) await each.tell({ status: 'succeeded', eventVersion: 2 });
    const before = await order.reached('dead', 2);
    const kept = await other.reached('dead', 2);
    expect(before.attempts[0]?.responseBody).toBe('name of a buyer');
    const stranger = { ...tenant(), organizationId: newObjectId(), transactionId: order.transactionId };
    expect(await surroundings.rpc.request(eraseNotifications, stranger)).toEqual({ erased: 0, underWay: 0 });
    const erased = await surroundings.rpc.request(eraseNotifications, { ...tenant(), transactionId: order.transactionId });
    expect(erased).toEqual({ erased: 1, underWay: 0 });
    const after = await order.reached('dead', 2);
    expect([after.body, after.attempts.map(({ statusCode, responseBody }) => [statusCode, responseBody])]).toEqual([
      '',
      [[500, undefined]],
    ]);
    await expect(resend(before.deliveryId)).rejects.toMatchObject({ code: 'delivery_expired' });
    expect((await other.reached('dead', 2)).body).toBe(kept.body);
  });

  it('is kept as long as configured, also when that changes', async () => {
    expect(await keptSeconds()).toEqual({ messages: 90 * 86_400, attempts: 90 * 86_400 });
    await restart(7);
    expect(await keptSeconds()).toEqual({ messages: 7 * 86_400, attempts: 7 * 86_400 });
    await restart(90);
    expect(await keptSeconds()).toEqual({ messages: 90 * 86_400, attempts: 90 * 86_400 });
  });

  it('is forgotten with its delivery when that is old; what is open stays, and that an order was paid is remembered', async () => {
    const [paid, failed, open] = [new Order(), new Order(), new Order()];
    await paid.tell({ status: 'succeeded', eventVersion: 2 });
    await failed.tell({ status: 'failed', eventVersion: 2 });
    await paid.reached('delivered', 2);
    await failed.reached('delivered', 2);
    receiver.reply(({ path }) => (path === open.path ? { status: 500, delayMs: 800 } : {}));
    await open.tell({ status: 'failed', eventVersion: 2 });
    await open.reached('sending', 2);
    const forget = (before: number) => app.get(OldDeliveriesStore, { strict: false }).forget(new Date(before), 500);
    expect(await forget(Date.now() - 86_400_000)).toBe(0);
    expect(await forget(Date.now() + 60_000)).toBeGreaterThanOrEqual(2);
    const left = await database(async (connection) => {
      const rows = await connection.collection('references').find({ paid: false }).toArray();
      const [deliveries, paidKeys] = await Promise.all([
        connection.collection('deliveries').distinct('transactionId'),
        connection.collection('references').distinct('_id', { paid: true }),
      ]);
      return { unpaid: rows.map(({ _id }) => String(_id)), paidKeys: paidKeys.map(String), deliveries };
    });
    expect(left.deliveries).toEqual([open.transactionId]);
    expect(left.unpaid).toEqual([expect.stringContaining(open.path)]);
    expect(left.paidKeys).toContainEqual(expect.stringContaining(paid.path));
    await open.reached('dead', 2);
    const late = newObjectId();
    await paid.tell({ transactionId: late, status: 'failed', eventVersion: 2 });
    await eventually(async () => {
      const page = await surroundings.rpc.request(listDeliveries, { ...tenant(), transactionId: late, page: 1, limit: 10 });
      expect(page.items.map(({ state }) => state)).toEqual(['superseded']);
    });
    // What is told of an order that is forgotten begins anew.
    await failed.tell({ status: 'failed', eventVersion: 3 });
    await failed.reached('delivered', 3);
  });
});
