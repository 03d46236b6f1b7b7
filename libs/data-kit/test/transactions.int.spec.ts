import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import { startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import mongoose, { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { isDuplicateKey, Transactions } from '../src/index.js';
import { CuttingProxy } from './cutting-proxy.js';
import { startDataApp } from './data-app.js';
import type { DataApp } from './data-app.js';

interface Account {
  _id: string;
  balance: number;
}

const schema = new Schema<Account>({ _id: { type: String, required: true }, balance: { type: Number, required: true } });
const definition = { name: 'Account', schema };

let infrastructure: TestInfrastructure;
let proxy: CuttingProxy;
let app: DataApp;
let transactions: Transactions;
let accounts: Model<Account>;
/** Past the proxy and its faults. */
let truth: Connection;

const balanceOf = async (id: string): Promise<number | undefined> =>
  (await truth.collection<Account>('accounts').findOne({ _id: id }))?.balance;

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'committed',
    (error: unknown) => (error instanceof DomainError ? error.code : `unexpected: ${String(error)}`),
  );

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, mongo: true });
  proxy = await CuttingProxy.start(Number(/:(\d+)/.exec(infrastructure.mongoUri.replace('mongodb://', ''))?.[1]));
  const database = infrastructure.newDatabaseName('data_tx');
  app = await startDataApp({
    uri: proxy.uri,
    database,
    natsUrl: infrastructure.natsUrl,
    models: [definition],
    transactions: { deadlineMs: 2_000 },
    relay: { sweepMs: 60_000 },
  });
  transactions = app.get(Transactions);
  accounts = app.connection.model<Account>('Account');
  truth = await mongoose.createConnection(infrastructure.mongoUri, { dbName: database }).asPromise();
}, 60_000);

beforeEach(async () => {
  await truth.collection<Account>('accounts').insertMany([
    { _id: 'a', balance: 100 },
    { _id: 'b', balance: 0 },
  ]);
});

afterEach(async () => {
  proxy.cutAt('none', 'before', 0);
  await truth.collection('accounts').deleteMany({});
});

afterAll(async () => {
  await truth.close();
  await app.close();
  await proxy.stop();
  await infrastructure.stop();
}, 60_000);

describe('Transactions', () => {
  it('commits what the work did and returns its result', async () => {
    const result = await transactions.run(async (session) => {
      await accounts.updateOne({ _id: 'a' }, { $inc: { balance: -30 } }, { session });
      await accounts.updateOne({ _id: 'b' }, { $inc: { balance: 30 } }, { session });
      return 'done';
    });
    expect(result).toBe('done');
    expect([await balanceOf('a'), await balanceOf('b')]).toEqual([70, 30]);
  });

  it('rolls back and hands on an error of the work, without trying again', async () => {
    const failure = new Error('the work failed');
    const work = jest.fn(async () => {
      await Promise.resolve();
      throw failure;
    });
    await expect(
      transactions.run(async (session) => {
        await accounts.updateOne({ _id: 'a' }, { $inc: { balance: -30 } }, { session });
        await work();
      }),
    ).rejects.toBe(failure);
    expect(work).toHaveBeenCalledTimes(1);
    expect(await balanceOf('a')).toBe(100);
  });

  it('hands on a duplicate key', async () => {
    const error = await transactions
      .run(async (session) => {
        await accounts.create([{ _id: 'a', balance: 1 }], { session });
      })
      .catch((thrown: unknown) => thrown);
    expect(isDuplicateKey(error)).toBe(true);
  });

  it('repeats the work on write conflicts until every increment counts', async () => {
    let attempts = 0;
    await Promise.all(
      Array.from({ length: 12 }, () =>
        transactions.run(async (session) => {
          attempts += 1;
          const account = await accounts.findById('b', null, { session }).orFail();
          await accounts.updateOne({ _id: 'b' }, { $set: { balance: account.balance + 1 } }, { session });
        }),
      ),
    );
    expect(await balanceOf('b')).toBe(12);
    expect(attempts).toBeGreaterThan(12);
  });

  it('saves a document again that was created outside the repeated work', async () => {
    const outside = new accounts({ _id: 'outside', balance: 7 });
    proxy.cutAt('commitTransaction', 'before', 0);
    let attempts = 0;
    await transactions.run(async (session) => {
      attempts += 1;
      await outside.save({ session });
      if (attempts === 1) proxy.cutAt('update', 'before');
      await accounts.updateOne({ _id: 'a' }, { $inc: { balance: 1 } }, { session });
    });
    expect(attempts).toBe(2);
    expect(await balanceOf('outside')).toBe(7);
    expect(await balanceOf('a')).toBe(101);
  });

  it.each(['before', 'after'] as const)('applies the work once when the connection breaks %s the commit', async (moment) => {
    proxy.cutAt('commitTransaction', moment);
    await transactions.run(async (session) => {
      await accounts.updateOne({ _id: 'a' }, { $inc: { balance: -30 } }, { session });
    });
    expect(proxy.cuts).toBe(1);
    expect(await balanceOf('a')).toBe(70);
  });

  it('says that the outcome is unknown when no commit is answered before the deadline', async () => {
    proxy.cutAt('commitTransaction', 'after', Infinity);
    const started = performance.now();
    const code = await codeOf(
      transactions.run(async (session) => {
        await accounts.updateOne({ _id: 'a' }, { $inc: { balance: -30 } }, { session });
      }),
    );
    expect(code).toBe('upstream_timeout');
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(proxy.cuts).toBeGreaterThan(0);
  });

  it('says that nothing was changed when a conflict lasts past the deadline', async () => {
    const blocker = await truth.startSession();
    blocker.startTransaction();
    await truth.collection<Account>('accounts').updateOne({ _id: 'a' }, { $set: { balance: 1 } }, { session: blocker });
    try {
      const code = await codeOf(
        transactions.run(async (session) => {
          await accounts.updateOne({ _id: 'b' }, { $inc: { balance: 1 } }, { session });
          await accounts.updateOne({ _id: 'a' }, { $inc: { balance: -30 } }, { session });
        }),
      );
      expect(code).toBe('service_unavailable');
    } finally {
      await blocker.abortTransaction();
      await blocker.endSession();
    }
    expect([await balanceOf('a'), await balanceOf('b')]).toEqual([100, 0]);
  });

  it('takes a deadline of its own', async () => {
    const code = await codeOf(
      transactions.run((session) => accounts.updateOne({ _id: 'a' }, { $inc: { balance: -30 } }, { session }), { deadlineMs: 0 }),
    );
    expect([code, await balanceOf('a')]).toEqual(['service_unavailable', 100]);
  });

  it('refuses to be used inside itself', async () => {
    await expect(transactions.run(() => transactions.run(() => Promise.resolve()))).rejects.toThrow(/inside another/);
    await expect(transactions.run(() => Promise.resolve('afterwards'))).resolves.toBe('afterwards');
  });
});

describe('afterCommit', () => {
  it('runs once, after the commit, for the attempt that was committed', async () => {
    const seen: (number | undefined)[] = [];
    let attempts = 0;
    const reads: Promise<void>[] = [];
    await transactions.run(async (session) => {
      attempts += 1;
      const attempt = attempts;
      transactions.afterCommit(session, () => {
        seen.push(attempt);
        reads.push(balanceOf('a').then((balance) => expect(balance).toBe(70)));
      });
      if (attempts === 1) proxy.cutAt('update', 'before');
      await accounts.updateOne({ _id: 'a' }, { $inc: { balance: -30 } }, { session });
    });
    await Promise.all(reads);
    expect(seen).toEqual([2]);
  });

  it('does not run after a rollback', async () => {
    const hook = jest.fn();
    await expect(
      transactions.run(async (session) => {
        await Promise.resolve();
        transactions.afterCommit(session, hook);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(hook).not.toHaveBeenCalled();
  });

  it('may open a transaction of its own, and its failure does not reach the caller', async () => {
    let inner: Promise<string> | undefined;
    const outer = await transactions.run(async (session) => {
      await Promise.resolve();
      transactions.afterCommit(session, () => {
        inner = transactions.run(() => Promise.resolve('inner'));
      });
      transactions.afterCommit(session, () => {
        throw new Error('a hook failed');
      });
      return 'outer';
    });
    expect(outer).toBe('outer');
    await expect(inner).resolves.toBe('inner');
  });

  it('takes only sessions of a transaction of ours', async () => {
    const session = await truth.startSession();
    expect(() => transactions.afterCommit(session, jest.fn())).toThrow(TypeError);
    await session.endSession();
  });
});
