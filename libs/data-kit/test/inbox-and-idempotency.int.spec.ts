import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, newObjectId, TenantScope } from '@paygate/kernel';
import { startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import { IdempotencyKeys, Inbox, requestHash, Transactions } from '../src/index.js';
import { startDataApp } from './data-app.js';
import type { DataApp } from './data-app.js';

interface Effect {
  _id: string;
}

let infrastructure: TestInfrastructure;
let app: DataApp;
let transactions: Transactions;

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, mongo: true });
  app = await startDataApp({
    uri: infrastructure.mongoUri,
    natsUrl: infrastructure.natsUrl,
    database: infrastructure.newDatabaseName('data_once'),
    transactions: { deadlineMs: 3_000 },
  });
  transactions = app.get(Transactions);
  await app.connection.createCollection('effects');
}, 60_000);

afterAll(async () => {
  await app.close();
  await infrastructure.stop();
}, 60_000);

const effects = () => app.connection.collection<Effect>('effects');

describe('Inbox', () => {
  const consume = (consumer: string, eventId: string): Promise<boolean> =>
    transactions.run(async (session) => {
      const first = await app.get(Inbox).firstTime(session, consumer, eventId);
      if (first) await effects().insertOne({ _id: `${consumer}/${eventId}` }, { session });
      return first;
    });

  it('lets each consumer see an event once', async () => {
    expect(await consume('invoices', 'evt_1')).toBe(true);
    expect(await consume('invoices', 'evt_1')).toBe(false);
    expect(await consume('ledger', 'evt_1')).toBe(true);
    expect(await consume('invoices', 'evt_2')).toBe(true);
  });

  it('forgets an event whose processing was rolled back', async () => {
    const failed = transactions.run(async (session) => {
      await app.get(Inbox).firstTime(session, 'invoices', 'evt_failed');
      throw new Error('processing failed');
    });
    await expect(failed).rejects.toThrow('processing failed');
    expect(await consume('invoices', 'evt_failed')).toBe(true);
  });

  it('lets one of several deliveries at the same time through', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => consume('invoices', 'evt_crowd')));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await effects().countDocuments({ _id: 'invoices/evt_crowd' })).toBe(1);
  });
});

describe('IdempotencyKeys', () => {
  const scope = TenantScope.of(newObjectId(), false);
  const base = { scope, operation: 'checkout.create', key: 'k', requestHash: requestHash({ amount: 1 }) };
  let runs = 0;

  const create = (request: typeof base): Promise<{ result: { id: string; extra?: null }; replayed: boolean }> =>
    transactions.run((session) =>
      app.get(IdempotencyKeys).once(session, request, async () => {
        runs += 1;
        const id = newObjectId();
        await effects().insertOne({ _id: id }, { session });
        return { id, extra: null, absent: undefined, nested: { empty: {}, 'a.b': 1 } };
      }),
    );

  it('runs the effect once and repeats its answer', async () => {
    const first = await create({ ...base, key: 'replay' });
    const ranBefore = runs;
    const second = await create({ ...base, key: 'replay' });
    expect(first.replayed).toBe(false);
    expect(second).toEqual({ result: first.result, replayed: true });
    expect(second.result).toStrictEqual({ id: first.result.id, extra: null, nested: { empty: {}, 'a.b': 1 } });
    expect(runs).toBe(ranBefore);
  });

  it('refuses the key for another request', async () => {
    await create({ ...base, key: 'reused' });
    const error = await create({ ...base, key: 'reused', requestHash: requestHash({ amount: 2 }) }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'idempotency_key_reused', status: 422 });
  });

  it.each([
    ['another operation', { operation: 'refund.create' }],
    ['another organization', { scope: TenantScope.of(newObjectId(), false) }],
    ['live instead of test data', { scope: TenantScope.of(scope.organizationId, true) }],
    ['another key', { key: 'apart-2' }],
  ])('keeps keys apart: %s', async (_what, change) => {
    await create({ ...base, key: 'apart' });
    expect((await create({ ...base, key: 'apart', ...change })).replayed).toBe(false);
  });

  it('keeps nothing of an effect that failed', async () => {
    const request = { ...base, key: 'failed' };
    const failing = transactions.run((session) =>
      app.get(IdempotencyKeys).once(session, request, () => Promise.reject(new DomainError('site_not_found'))),
    );
    await expect(failing).rejects.toMatchObject({ code: 'site_not_found' });
    expect((await create(request)).replayed).toBe(false);
  });

  it('gives requests at the same time one effect and one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create({ ...base, key: 'crowd' })));
    expect(new Set(answers.map((answer) => answer.result.id)).size).toBe(1);
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1);
  });

  it('says that the first request is still in progress when it takes longer than a transaction may', async () => {
    const request = { ...base, key: 'slow' };
    let finish: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => (finish = resolve));
    let entered: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (entered = resolve));
    const slow = transactions.run((session) =>
      app.get(IdempotencyKeys).once(session, request, async () => {
        entered();
        await blocked;
        return { id: 'slow' };
      }),
    );
    const ended = slow.catch((error: unknown) => error);
    await started;
    try {
      await expect(create(request)).rejects.toMatchObject({ code: 'request_in_progress', status: 409 });
    } finally {
      finish();
      await ended;
    }
  }, 15_000);
});
