import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo, type EmbeddedMongo } from '../src/index.js';
import { temporaryDirectory } from './temporary-directory.js';

const ACCOUNTS = 20;
const START = 100;
const WRITERS = 6;
const TRANSFERS = 25;
const READERS = 3;

interface Account {
  _id: number;
  balance: number;
  tag: string;
  group: number;
  touched?: number;
}

interface Transfer {
  from: number;
  to: number;
  amount: number;
}

class Rollback extends Error {}

const random = (n: number): number => Math.floor(Math.random() * n);

describe('transfers between accounts', () => {
  let server: EmbeddedMongo;
  let client: MongoClient;
  const dir = temporaryDirectory();

  beforeAll(async () => {
    server = await startEmbeddedMongo({ dir: dir.path });
    client = await new MongoClient(server.uri, { maxPoolSize: 40 }).connect();
  });

  afterAll(async () => {
    await client.close();
    await server.stop();
    dir.remove();
  });

  it('keep the total in every snapshot, and indexes and log agree with the accounts', async () => {
    const accounts = client.db('bank').collection<Account>('accounts');
    const log = client.db('bank').collection<Transfer>('log');
    await accounts.createIndex({ tag: 1 }, { unique: true }, {});
    await accounts.createIndex({ group: 1, balance: 1 }, {}, {});
    await log.createIndex({ from: 1 }, {}, {});
    await accounts.insertMany(Array.from({ length: ACCOUNTS }, (_, i) => ({ _id: i, balance: START, tag: `t${i}`, group: i % 4 })));
    let running = true;
    let snapshots = 0;
    const wrongTotals: number[] = [];

    const transfer = async (): Promise<void> => {
      const fails = Math.random() < 0.15;
      await client
        .withSession((session) =>
          session.withTransaction(async () => {
            const from = random(ACCOUNTS);
            const to = (from + 1 + random(ACCOUNTS - 1)) % ACCOUNTS;
            const amount = 1 + random(20);
            const source = await accounts.findOne({ _id: from }, { session });
            if (!source || source.balance < amount) return;
            await accounts.updateOne({ tag: `t${from}` }, { $inc: { balance: -amount } }, { session });
            await accounts.findOneAndUpdate({ _id: to }, { $inc: { balance: amount } }, { session });
            await log.insertOne({ from, to, amount }, { session });
            if (Math.random() < 0.1) {
              await accounts.updateOne({ _id: from }, { $set: { tag: `x${from}` } }, { session });
              await accounts.updateOne({ _id: from }, { $set: { tag: `t${from}` } }, { session });
            }
            if (fails) throw new Rollback();
          }),
        )
        .catch((error: unknown) => {
          if (!(error instanceof Rollback)) throw error;
        });
    };
    const writer = async (): Promise<void> => {
      for (let i = 0; i < TRANSFERS; i++) await transfer();
    };
    const reader = async (): Promise<void> => {
      while (running) {
        const session = client.startSession();
        session.startTransaction({ readConcern: { level: 'snapshot' } });
        let total = 0;
        for (let group = 0; group < 4; group++) {
          for (const a of await accounts.find({ group }, { session }).sort({ balance: 1 }).toArray()) total += a.balance;
        }
        snapshots++;
        if (total !== ACCOUNTS * START) wrongTotals.push(total);
        await session.commitTransaction();
        await session.endSession();
      }
    };
    const outsider = async (): Promise<void> => {
      while (running) {
        await accounts.updateMany({ group: random(4) }, { $set: { touched: Math.random() } });
        const [sum] = await accounts.aggregate<{ total: number }>([{ $group: { _id: null, total: { $sum: '$balance' } } }]).toArray();
        if (sum?.total !== ACCOUNTS * START) wrongTotals.push(sum?.total ?? NaN);
      }
    };
    const others = [outsider(), ...Array.from({ length: READERS }, reader)];
    await Promise.all(Array.from({ length: WRITERS }, writer)).finally(() => (running = false));
    await Promise.all(others);

    expect(wrongTotals).toEqual([]);
    expect(snapshots).toBeGreaterThan(5);
    const expectedBalance = new Map(Array.from({ length: ACCOUNTS }, (_, i) => [i, START]));
    const transfers = await log.find().toArray();
    for (const t of transfers) {
      expectedBalance.set(t.from, expectedBalance.get(t.from)! - t.amount);
      expectedBalance.set(t.to, expectedBalance.get(t.to)! + t.amount);
    }
    expect(transfers.length).toBeGreaterThan(10);
    for (const a of await accounts.find().toArray()) {
      expect(a.balance).toBe(expectedBalance.get(a._id));
      expect((await accounts.findOne({ tag: a.tag }))?._id).toBe(a._id);
    }
    const groups = await Promise.all([0, 1, 2, 3].map((group) => accounts.countDocuments({ group })));
    expect(groups.reduce((a, b) => a + b)).toBe(ACCOUNTS);
    expect(await accounts.countDocuments({ tag: /^x/ })).toBe(0);
    const byFrom = await Promise.all(Array.from({ length: ACCOUNTS }, (_, from) => log.countDocuments({ from })));
    expect(byFrom.reduce((a, b) => a + b)).toBe(transfers.length);
  });
});
