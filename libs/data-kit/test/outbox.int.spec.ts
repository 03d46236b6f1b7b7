import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { EventPublisher } from '@paygate/messaging-kit';
import type { OutgoingEvent } from '@paygate/messaging-kit';
import { MetricsRegistry, runInContext } from '@paygate/nest-kit';
import { eventually, startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import { Outbox, Transactions } from '../src/index.js';
import type { OutboxRow } from '../src/outbox/outbox.schema.js';
import { runUntilKilled } from './crash.js';
import type { CrashPlan } from './crashing-service.main.js';
import { startDataApp } from './data-app.js';
import type { DataApp, DataAppOptions } from './data-app.js';
import { thingHappened } from './events.js';
import type { ThingHappened } from './events.js';
import { StreamReader } from './stream-reader.js';

const SETUP_MS = 60_000;
/** Long enough that only wake-ups and due times move the relay, never a test's luck with the sweep. */
const NO_SWEEP = { sweepMs: 60_000 };
const FAST = { sweepMs: 50, gatherMs: 1, backoffMs: 20, maxBackoffMs: 60 };

let infrastructure: TestInfrastructure;
let stream: StreamReader;
const apps: DataApp[] = [];

async function start(options: Partial<DataAppOptions> = {}): Promise<DataApp> {
  const app = await startDataApp({
    uri: infrastructure.mongoUri,
    natsUrl: infrastructure.natsUrl,
    database: infrastructure.newDatabaseName('data_outbox'),
    ...options,
  });
  apps.push(app);
  return app;
}

const rowsOf = (app: DataApp): Promise<OutboxRow[]> => app.connection.collection<OutboxRow>('outbox').find().toArray();

async function add(app: DataApp, test: string, step = 1, orderingKey?: string): Promise<string> {
  const payload = { thing: orderingKey ?? 'thing', step };
  return app.get(Transactions).run((session) => app.get(Outbox).add(session, thingHappened(test), payload, { orderingKey }));
}

const published = (test: string) => stream.events<ThingHappened>(thingHappened(test).subject);

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, mongo: true });
  await (await start()).close();
  stream = await StreamReader.connect(infrastructure.natsUrl);
}, SETUP_MS);

afterAll(async () => {
  await stream.close();
  await Promise.all(apps.map((app) => app.close()));
  await infrastructure.stop();
}, SETUP_MS);

describe('Outbox', () => {
  it('publishes after the commit, without waiting for the sweep, with the request that caused it', async () => {
    const app = await start({ relay: NO_SWEEP });
    const id = await runInContext({ requestId: 'req-outbox-1' }, () => add(app, 'plain'));
    await eventually(async () => expect(await published('plain')).toHaveLength(1));
    const [event] = await published('plain');
    expect(event).toMatchObject({ id, requestId: 'req-outbox-1', payload: { thing: 'thing', step: 1 } });
    await eventually(async () => {
      const [row] = await rowsOf(app);
      expect(row?.sentAt).toBeInstanceOf(Date);
      expect(row).not.toHaveProperty('pending');
      expect(row).not.toHaveProperty('claim');
    });
  });

  it('publishes nothing of a transaction that is rolled back', async () => {
    const app = await start({ relay: FAST });
    const rolledBack = app.get(Transactions).run(async (session) => {
      await app.get(Outbox).add(session, thingHappened('rollback'), { thing: 'no', step: 1 });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    // A later event proves that the relay has been at work since.
    await add(app, 'rollback-marker');
    await eventually(async () => expect(await published('rollback-marker')).toHaveLength(1));
    expect(await published('rollback')).toHaveLength(0);
    expect(await rowsOf(app)).toHaveLength(1);
  });

  it('stores what JSON carries: dates as text, nothing undefined', async () => {
    const app = await start({ relay: NO_SWEEP });
    const loose = { thing: 'json', step: 1, at: new Date(0), absent: undefined, 'a.b': { $c: 1 } };
    await app.get(Transactions).run((session) => app.get(Outbox).add(session, thingHappened('json'), loose));
    await eventually(async () => expect(await published('json')).toHaveLength(1));
    expect((await published('json'))[0]?.payload).toEqual({ thing: 'json', step: 1, at: '1970-01-01T00:00:00.000Z', 'a.b': { $c: 1 } });
  });

  it('shows its backlog', async () => {
    const app = await start({ publisher: BrokenPublisher, relay: NO_SWEEP });
    await add(app, 'backlog');
    await add(app, 'backlog');
    const text = await app.get(MetricsRegistry).registry.metrics();
    expect(text).toMatch(/^outbox_pending\{.*\} 2$/m);
    expect(Number(/^outbox_lag_seconds\{.*\} ([\d.]+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
    expect(await published('backlog')).toHaveLength(0);
  });
});

describe('OutboxRelay', () => {
  it.each<[CrashPlan['moment'], number]>([
    ['before-commit', 0],
    ['after-commit', 1],
    ['after-publish', 1],
  ])(
    'after a kill %s the stream holds %i events',
    async (moment, expected) => {
      const database = infrastructure.newDatabaseName('data_crash');
      const plan = { uri: infrastructure.mongoUri, natsUrl: infrastructure.natsUrl, database, test: `kill-${moment}`, moment };
      expect(await runUntilKilled(plan)).toBe('SIGKILL');
      const before = await published(plan.test);
      expect(before).toHaveLength(moment === 'after-publish' ? 1 : 0);

      const survivor = await start({ database, relay: FAST });
      const marker = await add(survivor, `${plan.test}-marker`);
      await eventually(
        async () => {
          const rows = await rowsOf(survivor);
          expect(rows.find((row) => row._id === marker)?.sentAt).toBeDefined();
          expect(rows.filter((row) => row.pending)).toEqual([]);
        },
        { timeoutMs: 10_000 },
      );
      expect(await published(plan.test)).toHaveLength(expected);
    },
    SETUP_MS,
  );

  it('keeps a row and tries again with growing pauses when publishing fails', async () => {
    const app = await start({ publisher: BrokenPublisher, relay: FAST });
    await add(app, 'broken');
    await eventually(async () => expect((await rowsOf(app))[0]?.attempts).toBeGreaterThan(2));
    const [row] = await rowsOf(app);
    expect(row).toMatchObject({ pending: true, lastError: 'the stream is away' });
    expect(row).not.toHaveProperty('sentAt');
  });

  it('shares the work between instances and publishes every event once', async () => {
    const database = infrastructure.newDatabaseName('data_shared');
    const options = { database, relay: { ...FAST, batchSize: 7 }, publisher: CountingPublisher };
    const [one, two] = [await start(options), await start(options)];
    await Promise.all(Array.from({ length: 120 }, (_, step) => add(step % 2 ? one : two, 'shared', step)));
    await eventually(async () => expect((await rowsOf(one)).filter((row) => row.pending)).toEqual([]), { timeoutMs: 10_000 });
    const steps = (await published('shared')).map((event) => event.payload.step);
    expect(steps.sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, step) => step));
    const counts = [one, two].map((app) => (app.get(EventPublisher) as CountingPublisher).published);
    expect(counts[0]! + counts[1]!).toBe(120);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  }, 30_000);

  it('keeps the order of each key, with several instances and a publisher that fails now and then', async () => {
    const database = infrastructure.newDatabaseName('data_order');
    const options = { database, relay: { ...FAST, batchSize: 5 }, publisher: FlakyPublisher };
    const instances = [await start(options), await start(options)];
    const keys = ['red', 'green', 'blue'];
    await Promise.all(
      keys.map(async (key) => {
        for (let step = 0; step < 25; step++) await add(instances[step % 2]!, 'ordered', step, key);
      }),
    );
    await eventually(async () => expect((await rowsOf(instances[0]!)).filter((row) => row.pending)).toEqual([]), { timeoutMs: 20_000 });
    const events = await published('ordered');
    for (const key of keys) {
      const steps = events.filter((event) => event.payload.thing === key).map((event) => event.payload.step);
      expect(steps).toEqual(Array.from({ length: 25 }, (_, step) => step));
    }
  }, 40_000);

  it('keeps the order of several events of one transaction', async () => {
    const app = await start({ relay: { ...FAST, batchSize: 2 } });
    await app.get(Transactions).run(async (session) => {
      for (let step = 0; step < 6; step++) {
        await app.get(Outbox).add(session, thingHappened('one-tx'), { thing: 'k', step }, { orderingKey: 'k' });
      }
    });
    await eventually(async () => expect(await published('one-tx')).toHaveLength(6));
    expect((await published('one-tx')).map((event) => event.payload.step)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('does not let a key that cannot be published hold up the others', async () => {
    const app = await start({ publisher: PoisonedPublisher, relay: { ...FAST, batchSize: 4 } });
    for (let step = 0; step < 12; step++) await add(app, 'poison', step, 'poisoned');
    await add(app, 'poison', 99, 'healthy');
    await eventually(async () => expect(await published('poison')).toHaveLength(1), { timeoutMs: 10_000 });
    expect((await published('poison'))[0]?.payload).toEqual({ thing: 'healthy', step: 99 });
  }, 20_000);
});

@Injectable()
class BrokenPublisher extends EventPublisher {
  override publish(): Promise<void> {
    return Promise.reject(new Error('the stream is away'));
  }
}

@Injectable()
class CountingPublisher extends EventPublisher {
  published = 0;

  override async publish(event: OutgoingEvent): Promise<void> {
    await super.publish(event);
    this.published += 1;
  }
}

@Injectable()
class FlakyPublisher extends EventPublisher {
  private calls = 0;

  /** Every fifth call fails: half of them after the stream took the event, as when the answer is lost. */
  override async publish(event: OutgoingEvent): Promise<void> {
    this.calls += 1;
    if (this.calls % 10 === 5) throw new Error('lost on the way');
    await super.publish(event);
    if (this.calls % 10 === 0) throw new Error('the answer was lost');
  }
}

@Injectable()
class PoisonedPublisher extends EventPublisher {
  override async publish(event: OutgoingEvent): Promise<void> {
    if ((event.payload as ThingHappened).thing === 'poisoned') throw new Error('refused');
    await super.publish(event);
  }
}
