import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { ConsumerInfo } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { DomainError } from '@paygate/kernel';
import { currentContext } from '@paygate/nest-kit';
import { eventually, startNats } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { EVENTS_STREAM, HandlesEventGroups } from '../src/index.js';
import type { MessagingOptions, ReceivedEvent } from '../src/index.js';
import { told } from './contracts.js';
import type { Told } from './contracts.js';
import { startMessagingApp } from './messaging-app.js';
import type { MessagingApp } from './messaging-app.js';

/** The handler of one service, and the groups it was called with. */
class Groups {
  seen: { numbers: number[]; deliveries: number[]; requestId?: string }[] = [];
  work: (numbers: number[]) => Promise<void> = () => Promise.resolve();

  get numbers(): number[] {
    return this.seen.flatMap(({ numbers }) => numbers);
  }

  /** The next group begins, and ends when the returned function is called; those after it are not held. */
  hold(): () => void {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { work } = this;
    this.work = () => {
      this.work = work;
      return held;
    };
    return release;
  }

  controller(): Type {
    const handle = async (events: ReceivedEvent<Told>[]): Promise<void> => {
      const numbers = events.map(({ payload }) => payload.number);
      const deliveries = events.map(({ deliveryCount }) => deliveryCount);
      this.seen.push({ numbers, deliveries, requestId: currentContext()?.requestId });
      await this.work(numbers);
    };
    @Controller()
    class ThingGroups {
      @HandlesEventGroups(told, { maxSize: 5 })
      async told(events: ReceivedEvent<Told>[]): Promise<void> {
        await handle(events);
      }
    }
    return ThingGroups;
  }
}

describe('groups of events', () => {
  const events = { backoffMs: [10], maxDeliveries: 3, concurrency: 32 };
  let nats: RunningServer;
  let connection: NatsConnection;
  let app: MessagingApp;
  const main = new Groups();
  let lastId = 0;

  const start = (service: MessagingOptions['service'], groups: Groups): Promise<MessagingApp> =>
    startMessagingApp({ url: nats.url, service, controllers: [groups.controller()], consumes: [told], events });

  beforeAll(async () => {
    nats = await startNats();
    connection = await connect({ servers: nats.url });
    app = await start('main', main);
  });
  afterAll(async () => {
    await app.app.close();
    await connection.close();
    await nats.stop();
  });
  afterEach(() => {
    main.seen = [];
    main.work = () => Promise.resolve();
  });

  const publish = async (...numbers: number[]): Promise<void> => {
    for (const number of numbers) {
      const id = `evt_${(lastId += 1)}`;
      await app.publisher.publish({ subject: told.subject, id, occurredAt: new Date(), requestId: `r-${number}`, payload: { number } });
    }
  };
  const consumer = async (service: string): Promise<ConsumerInfo> =>
    (await jetstreamManager(connection)).consumers.info(EVENTS_STREAM, `${service}_admin_event_thing_told_v1`);
  /** All events are delivered, and so many of them not settled. */
  const unsettled = (service: string, count: number): Promise<void> =>
    eventually(async () => expect(await consumer(service)).toMatchObject({ num_pending: 0, num_ack_pending: count }));

  it('are what came meanwhile, in its order', async () => {
    const release = main.hold();
    await publish(1, 2, 3, 4, 5, 6, 7);
    await eventually(() => expect(main.numbers).toEqual([1]));
    await unsettled('main', 7);
    release();
    await eventually(() => expect(main.seen.map(({ numbers }) => numbers)).toEqual([[1], [2, 3, 4, 5, 6], [7]]));
    await unsettled('main', 0);
    expect(main.seen.map(({ requestId }) => requestId)).toEqual(['r-1', expect.stringMatching(/^[0-9a-f-]{36}$/), 'r-7']);
    expect(await app.counted('paygate_events_handled_total')).toBe(7);
  });

  it('lose nothing to one that cannot be handled: it is given up alone', async () => {
    const release = main.hold();
    await publish(1, 2, 3, 4);
    await unsettled('main', 4);
    main.work = (numbers) => (numbers.includes(3) ? Promise.reject(new Error('three')) : Promise.resolve());
    release();
    const letters = await eventually(async () => {
      const found = await app.deadLetters.list();
      expect(found).toHaveLength(1);
      return found;
    });
    expect(letters).toMatchObject([{ deliveries: 3, error: 'Error: three', body: expect.stringContaining('"number":3') }]);
    expect(main.seen.map(({ numbers }) => numbers)).toEqual([[1], [2, 3, 4], [2], [3], [4], [3], [3]]);
    await unsettled('main', 0);
  });

  it('come again as a whole when what their handler needs is away', async () => {
    const release = main.hold();
    await publish(1, 2, 3, 4);
    await unsettled('main', 4);
    main.work = () => {
      main.work = () => Promise.resolve();
      return Promise.reject(new DomainError('service_unavailable'));
    };
    release();
    await eventually(() => expect(main.numbers).toHaveLength(7));
    expect(main.seen[1]).toMatchObject({ numbers: [2, 3, 4], deliveries: [1, 1, 1] });
    expect(main.seen.slice(2).flatMap(({ deliveries }) => deliveries)).toEqual([2, 2, 2]);
    expect(main.numbers.slice(4).sort()).toEqual([2, 3, 4]);
    await unsettled('main', 0);
  });

  it('do not contain what cannot be read', async () => {
    const release = main.hold();
    await publish(1, 2);
    await jetstream(connection).publish(told.subject, 'hello');
    await publish(3);
    await eventually(async () => expect((await app.deadLetters.list()).map(({ body }) => body)).toContain('hello'));
    await unsettled('main', 3);
    release();
    await eventually(() => expect(main.seen.map(({ numbers }) => numbers)).toEqual([[1], [2, 3]]));
  });

  it('are all finished before the service stops', async () => {
    // A subject's first consumer begins with the oldest event; here that is what the tests before have left.
    const dispatch = new Groups();
    const other = await start('dispatch', dispatch);
    await unsettled('dispatch', 0);
    dispatch.seen = [];
    const release = dispatch.hold();
    await publish(1, 2, 3, 4, 5, 6, 7, 8);
    await unsettled('dispatch', 8);
    const stopped = other.app.close();
    await eventually(async () => expect(await consumer('dispatch')).toMatchObject({ num_waiting: 0 }));
    release();
    await stopped;
    expect(dispatch.numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await unsettled('dispatch', 0);
  });
});
