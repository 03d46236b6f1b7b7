import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newObjectId } from '@paygate/kernel';
import { listDeliveries } from '@paygate/messages';
import { stopService } from '@paygate/nest-kit';
import type { TransactionStatus } from '@paygate/payments-domain';
import { eventually, IpnReceiver, startTestInfrastructure } from '@paygate/testing';
import type { ReceivedRequest, TestInfrastructure } from '@paygate/testing';
import type { IpnV2 } from '@paygate/webhook-protocol';
import { dispatcherConfig, startDispatcher, Surroundings } from './dispatcher-fixture.js';

let infrastructure: TestInfrastructure;
let surroundings: Surroundings;
const apps: NestFastifyApplication[] = [];
let receiver: IpnReceiver;

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, redis: true, mongo: true });
  const config = dispatcherConfig(infrastructure);
  surroundings = await Surroundings.start(config);
  // Two instances share the events and the database.
  apps.push(await startDispatcher(config, [0, 0.3, 0.3, 1, 5]), await startDispatcher(config, [0, 0.3, 0.3, 1, 5]));
  receiver = await IpnReceiver.start();
});

afterEach(() => receiver.reply({}));

afterAll(async () => {
  await Promise.all(apps.map((app) => stopService(app, 1_000)));
  await surroundings.stop();
  await receiver.stop();
  await infrastructure.stop();
});

const bodyOf = (request: ReceivedRequest): IpnV2 => JSON.parse(request.rawBody.toString()) as IpnV2;

/** One order of a shop and the payments tried for it. */
class Order {
  readonly externalReference = `order-${newObjectId()}`;
  readonly ipnUrl = `${receiver.url}/${this.externalReference}`;

  tell(transactionId: string, eventVersion: number, status: TransactionStatus, livemode = false): Promise<unknown> {
    return surroundings.tell({
      transactionId,
      eventVersion,
      status,
      livemode,
      externalReference: this.externalReference,
      ipnUrl: this.ipnUrl,
    });
  }

  next(): Promise<ReceivedRequest> {
    return receiver.next((request) => request.path === `/${this.externalReference}`);
  }

  get received(): IpnV2[] {
    return receiver.requests.filter((request) => request.path === `/${this.externalReference}`).map(bodyOf);
  }

  async states(transactionId: string): Promise<Record<number, string>> {
    const page = await surroundings.rpc.request(listDeliveries, {
      organizationId: surroundings.organizationId,
      livemode: false,
      transactionId,
      page: 1,
      limit: 50,
    });
    return Object.fromEntries(page.items.map((item) => [item.eventVersion ?? 0, item.state]));
  }
}

describe('the order of notifications', () => {
  it('tells a failure and then the success of another attempt', async () => {
    const order = new Order();
    const [a, b] = [newObjectId(), newObjectId()];
    await order.tell(a, 2, 'failed');
    expect(bodyOf(await order.next())).toMatchObject({ id: a, status: 2 });
    await order.tell(b, 2, 'succeeded');
    expect(bodyOf(await order.next())).toMatchObject({ id: b, status: 1 });
  });

  it('sends a success at once while a failure is being retried, and drops the failure', async () => {
    const order = new Order();
    const [a, b] = [newObjectId(), newObjectId()];
    receiver.reply((request) => ({ status: bodyOf(request).status === 2 ? 500 : 200 }));
    await order.tell(a, 2, 'failed');
    await order.next();
    await order.next();
    await order.tell(b, 2, 'succeeded');
    await eventually(() => expect(order.received.at(-1)).toMatchObject({ id: b, status: 1 }));
    // Not dead: repeats were left when the success overtook it.
    await eventually(async () => expect(await order.states(a)).toEqual({ 2: 'superseded' }));
    await eventually(async () => expect(await order.states(b)).toEqual({ 2: 'delivered' }));
  });

  it('does not repeat a failure that is on the wire when the success comes', async () => {
    const order = new Order();
    const [a, b] = [newObjectId(), newObjectId()];
    receiver.reply((request) => (bodyOf(request).status === 2 ? { status: 500, delayMs: 400 } : {}));
    await order.tell(a, 2, 'failed');
    await order.next();
    await order.tell(b, 2, 'succeeded');
    await eventually(async () => expect(await order.states(b)).toEqual({ 2: 'delivered' }));
    await eventually(async () => expect(await order.states(a)).toEqual({ 2: 'superseded' }));
    expect(order.received.map((body) => body.status)).toEqual([2, 1]);
  });

  it('says nothing of failures and cancels that come after the success', async () => {
    const order = new Order();
    const [a, b, c] = [newObjectId(), newObjectId(), newObjectId()];
    await order.tell(a, 2, 'succeeded');
    await order.next();
    await order.tell(b, 2, 'failed');
    await order.tell(c, 2, 'cancelled');
    await eventually(async () => expect(await order.states(b)).toEqual({ 2: 'superseded' }));
    await eventually(async () => expect(await order.states(c)).toEqual({ 2: 'superseded' }));
    await order.tell(a, 3, 'refunded');
    expect(bodyOf(await order.next())).toMatchObject({ id: a, status: 3, eventVersion: 3 });
    expect(order.received.map((body) => body.status)).toEqual([1, 3]);
  });

  it('keeps live and test payments of one reference apart', async () => {
    const order = new Order();
    await order.tell(newObjectId(), 2, 'succeeded', false);
    expect(bodyOf(await order.next()).status).toBe(1);
    await order.tell(newObjectId(), 2, 'failed', true);
    expect(bodyOf(await order.next()).status).toBe(2);
  });

  it('drops the pending when the decision comes first', async () => {
    const order = new Order();
    const a = newObjectId();
    await order.tell(a, 3, 'succeeded');
    await order.next();
    await order.tell(a, 2, 'pending_provider');
    await eventually(async () => expect(await order.states(a)).toEqual({ 2: 'superseded', 3: 'delivered' }));
    expect(order.received.map((body) => body.eventVersion)).toEqual([3]);
  });

  it('lets a refund wait until the success before it has arrived', async () => {
    const order = new Order();
    const a = newObjectId();
    let successes = 0;
    receiver.reply((request) => ({ status: bodyOf(request).status === 1 && ++successes < 3 ? 500 : 200 }));
    await order.tell(a, 2, 'succeeded');
    await order.next();
    await order.tell(a, 3, 'refunded');
    await eventually(async () => expect(await order.states(a)).toEqual({ 2: 'delivered', 3: 'delivered' }));
    expect(order.received.map((body) => body.status)).toEqual([1, 1, 1, 3]);
  });

  it('handles one event once, however often and wherever it is heard', async () => {
    const order = new Order();
    const { NotificationIntake } = await import('../src/notifications/notification-intake.js');
    const payload = await surroundings.tell({
      status: 'initiated',
      eventVersion: 1,
      externalReference: order.externalReference,
      ipnUrl: order.ipnUrl,
    });
    const event = {
      id: newObjectId(),
      occurredAt: new Date(),
      requestId: 'test',
      deliveryCount: 1,
      payload: Object.assign(payload, { status: 'succeeded' as const, eventVersion: 2 }),
    };
    const intakes = apps.map((app) => app.get(NotificationIntake, { strict: false }));
    await Promise.all([...intakes, ...intakes].map((intake) => intake.acceptTransactions([event, event])));
    await intakes[0]!.acceptTransactions([event]);
    await order.next();
    await eventually(async () => expect(await order.states(payload.transactionId)).toEqual({ 2: 'delivered' }));
    expect(order.received).toHaveLength(1);
  });

  it('holds its promises when states of many orders come in any order and the receiver fails now and then', async () => {
    const stories: (readonly [string, number, TransactionStatus])[][] = [
      [
        ['a', 2, 'pending_provider'],
        ['a', 3, 'succeeded'],
      ],
      [
        ['a', 2, 'failed'],
        ['b', 2, 'pending_provider'],
        ['b', 3, 'succeeded'],
        ['c', 2, 'cancelled'],
      ],
      [
        ['a', 2, 'failed'],
        ['b', 2, 'failed'],
        ['c', 2, 'failed'],
      ],
      [
        ['a', 2, 'succeeded'],
        ['a', 3, 'charged_back'],
        ['a', 4, 'succeeded'],
      ],
      [
        ['a', 2, 'cancelled'],
        ['b', 2, 'succeeded'],
        ['b', 3, 'refunded'],
      ],
    ];
    const orders = Array.from({ length: 60 }, (_, i) => ({
      order: new Order(),
      story: stories[i % stories.length]!,
      ids: new Map<string, string>(),
    }));
    const onTheWire = new Map<string, number>();
    const overlaps: string[] = [];
    let asked = 0;
    // Fewer failures of one notification than there are attempts: how the requests mix differs from run to run.
    const failures = new Map<string, number>();
    const fails = (request: ReceivedRequest): boolean => {
      const { id, eventVersion } = bodyOf(request);
      const notification = `${id}/${eventVersion}`;
      const earlier = failures.get(notification) ?? 0;
      if (++asked % 4 !== 0 || earlier === 3) return false;
      failures.set(notification, earlier + 1);
      return true;
    };
    receiver.reply((request) => {
      const busy = (onTheWire.get(request.path) ?? 0) + 1;
      onTheWire.set(request.path, busy);
      if (busy > 1) overlaps.push(request.path);
      const delayMs = 5 + (asked % 4) * 10;
      setTimeout(() => onTheWire.set(request.path, (onTheWire.get(request.path) ?? 1) - 1), delayMs);
      return { status: fails(request) ? 500 : 200, delayMs };
    });
    const idOf = (entry: (typeof orders)[number], name: string): string => {
      const id = entry.ids.get(name) ?? newObjectId();
      entry.ids.set(name, id);
      return id;
    };
    const tellings = orders.flatMap((entry) =>
      entry.story.map(
        ([name, version, status]) =>
          () =>
            entry.order.tell(idOf(entry, name), version, status),
      ),
    );
    // Shuffled the same way in every run.
    const shuffled = tellings.map((tell, i) => ({ tell, key: (i * 7_919) % 1_009 })).sort((x, y) => x.key - y.key);
    await Promise.all(shuffled.map(({ tell }) => tell()));

    await eventually(
      async () => {
        for (const { order, ids } of orders) {
          for (const id of ids.values()) {
            const states = Object.values(await order.states(id));
            expect(states.filter((state) => state === 'scheduled' || state === 'sending')).toEqual([]);
          }
        }
      },
      { timeoutMs: 20_000, everyMs: 250 },
    );
    expect(overlaps).toEqual([]);
    for (const { order, story, ids } of orders) {
      const { received } = order;
      for (const id of ids.values()) {
        const versions = received.filter((body) => body.id === id).map((body) => body.eventVersion);
        expect(versions).toEqual([...versions].sort((x, y) => x - y));
      }
      const firstSuccess = received.findIndex((body) => body.status === 1);
      if (firstSuccess >= 0) expect(received.slice(firstSuccess).filter((body) => body.status === 2 || body.status === -2)).toEqual([]);
      const [name, version] = story.filter(([, , status]) => status === 'succeeded' || status === 'refunded').at(-1) ?? [];
      if (name !== undefined && version !== undefined) expect(await order.states(ids.get(name)!)).toMatchObject({ [version]: 'delivered' });
    }
  });
});
