import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { currentContext, runInContext } from '@paygate/nest-kit';
import { eventually, startNats } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import { DEAD_STREAM, DeadLetterNotFoundError, EVENTS_STREAM, HandlesEvent } from '../src/index.js';
import type { ReceivedEvent } from '../src/index.js';
import { broken, told, Told } from './contracts.js';
import { startMessagingApp } from './messaging-app.js';
import type { MessagingApp } from './messaging-app.js';

interface Seen {
  worker: string;
  event: ReceivedEvent<Told>;
}

let seen: Seen[] = [];
let onTold: (event: ReceivedEvent<Told>) => Promise<void>;
let onBroken: (event: ReceivedEvent<Told>) => Promise<void>;

function handlers(worker: string): Type {
  @Controller()
  class ThingEvents {
    @HandlesEvent(told)
    async told(event: ReceivedEvent<Told>): Promise<void> {
      seen.push({ worker, event });
      await onTold(event);
    }

    @HandlesEvent(broken)
    async broken(event: ReceivedEvent<Told>): Promise<void> {
      seen.push({ worker, event });
      await onBroken(event);
    }
  }
  return ThingEvents;
}

describe('events', () => {
  const settings = { backoffMs: [10, 20, 40], maxDeliveries: 4, ackWaitMs: 1_000, concurrency: 4 };
  let nats: RunningServer;
  let connection: NatsConnection;
  let first: MessagingApp;
  let second: MessagingApp;
  let lastId = 0;

  beforeAll(async () => {
    nats = await startNats();
    connection = await connect({ servers: nats.url });
    const start = (worker: string): Promise<MessagingApp> =>
      startMessagingApp({ url: nats.url, service: 'main', controllers: [handlers(worker)], consumes: [told, broken], events: settings });
    first = await start('first');
    second = await start('second');
  });
  afterAll(async () => {
    await Promise.all([first.app.close(), second.app.close()]);
    await connection.close();
    await nats.stop();
  });
  afterEach(() => {
    seen = [];
  });

  const nextId = (): string => `evt_${(lastId += 1)}`;
  const publish = async (subject: string, number: number, id = nextId()): Promise<string> => {
    await first.publisher.publish({
      subject,
      id,
      occurredAt: new Date('2026-02-03T04:05:06.789Z'),
      requestId: 'req-7',
      payload: { number },
    });
    return id;
  };
  const succeed = (): Promise<void> => Promise.resolve();
  const fail = (): Promise<void> => Promise.reject(new Error('the database\nis away'));

  it('arrive with id, time, payload and the request id of their cause', async () => {
    let requestId: string | undefined;
    onTold = () => {
      requestId = currentContext()?.requestId;
      return Promise.resolve();
    };
    const id = await runInContext({ requestId: 'relay' }, () => publish(told.subject, 5));
    const { event } = await eventually(() => {
      expect(seen).toHaveLength(1);
      return seen[0]!;
    });
    expect(event).toEqual({
      id,
      occurredAt: new Date('2026-02-03T04:05:06.789Z'),
      payload: { number: 5 },
      deliveryCount: 1,
      requestId: 'req-7',
    });
    expect(event.payload).toBeInstanceOf(Told);
    expect(requestId).toBe('req-7');
  });

  it('are shared by the workers of a service, each handled once', async () => {
    onTold = () => sleep(5);
    const ids = await Promise.all(Array.from({ length: 80 }, (_, number) => publish(told.subject, number)));
    await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(80), { timeoutMs: 10_000 });
    expect(seen.map(({ event }) => event.id).sort()).toEqual([...ids].sort());
    expect(new Set(seen.map(({ worker }) => worker))).toEqual(new Set(['first', 'second']));
  });

  it('are stored once when published twice', async () => {
    onTold = succeed;
    const id = await publish(told.subject, 1);
    await publish(told.subject, 1, id);
    const fence = await publish(told.subject, 2);
    await eventually(() => expect(seen.map(({ event }) => event.id)).toContain(fence));
    expect(seen.filter(({ event }) => event.id === id)).toHaveLength(1);
  });

  it('come again after a failure until they are handled', async () => {
    onTold = (event) => (event.deliveryCount < 3 ? fail() : succeed());
    await publish(told.subject, 1);
    await eventually(() => expect(seen.map(({ event }) => event.deliveryCount)).toEqual([1, 2, 3]));
    const consumers = await jetstreamManager(connection);
    await eventually(async () => {
      const info = await consumers.consumers.info(EVENTS_STREAM, 'main_admin_event_thing_told_v1');
      expect([info.num_ack_pending, info.num_pending, info.num_redelivered]).toEqual([0, 0, 0]);
    });
  });

  it('become dead letters after the last try, and are handled when replayed', async () => {
    onBroken = fail;
    const id = await publish(broken.subject, 13);
    const letter = await eventually(async () => {
      const letters = await first.deadLetters.list();
      expect(letters).toHaveLength(1);
      return letters[0]!;
    });
    expect(seen.map(({ event }) => event.deliveryCount)).toEqual([1, 2, 3, 4]);
    expect(letter).toMatchObject({
      subject: broken.subject,
      consumer: 'main_admin_event_thing_broken_v1',
      error: 'Error: the database is away',
      deliveries: 4,
    });
    expect(JSON.parse(letter.body)).toMatchObject({ id, payload: { number: 13 } });
    expect((await first.counted('paygate_events_dead_total')) + (await second.counted('paygate_events_dead_total'))).toBe(1);

    seen = [];
    onBroken = succeed;
    await first.deadLetters.replay(letter.sequence);
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]!.event).toMatchObject({ id, requestId: 'req-7', deliveryCount: 1, payload: { number: 13 } });
    expect(await first.deadLetters.list()).toEqual([]);
    await expect(first.deadLetters.replay(letter.sequence)).rejects.toThrow(DeadLetterNotFoundError);
  });

  it.each([
    ['bytes that are not JSON', 'hello', 'UnreadableEventError: the event cannot be read: it is not JSON'],
    ['a missing envelope', '{"number":1}', 'UnreadableEventError: the event cannot be read: id: id is required.'],
    [
      'a payload that does not fit',
      JSON.stringify({ id: 'x', occurredAt: new Date(0), requestId: 'r', payload: { number: 'one' } }),
      'UnreadableEventError: the event cannot be read: payload.number: number must be an integer number.',
    ],
  ])('go to the dead letters at once when they are %s', async (_, body, error) => {
    onBroken = succeed;
    await jetstream(connection).publish(broken.subject, body);
    const letter = await eventually(async () => (await first.deadLetters.list()).find((candidate) => candidate.body === body)!.valueOf());
    expect(letter).toMatchObject({ deliveries: 1 });
    expect((letter as { error: string }).error.startsWith(error)).toBe(true);
    expect(seen).toEqual([]);
  });

  it('are not lost when the dead letter cannot be written', async () => {
    onBroken = fail;
    const manager = await jetstreamManager(connection);
    const { config } = await manager.streams.info(DEAD_STREAM);
    await manager.streams.delete(DEAD_STREAM);
    await publish(broken.subject, 99);
    await eventually(() => expect(first.logs.text).toContain('could not write a dead letter'));
    await manager.streams.add(config);
    await eventually(async () => expect(await first.deadLetters.list()).toMatchObject([{ subject: broken.subject }]));
    // The handler was not asked again for an event that had used up its tries.
    expect(seen).toHaveLength(4);
  });

  it('stay with a handler that takes longer than the ack wait', async () => {
    onTold = () => sleep(2_500);
    await publish(told.subject, 1);
    await eventually(() => expect(seen).toHaveLength(1));
    const manager = await jetstreamManager(connection);
    await eventually(
      async () => expect((await manager.consumers.info(EVENTS_STREAM, 'main_admin_event_thing_told_v1')).num_ack_pending).toBe(0),
      { timeoutMs: 8_000 },
    );
    expect(seen).toHaveLength(1);
  });
});
