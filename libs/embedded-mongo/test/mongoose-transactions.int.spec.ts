import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose, { Schema, type Connection, type Model } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '../src/index.js';

interface Item {
  _id: string;
  n: number;
}

describe('mongoose transactions', () => {
  let server: EmbeddedMongo;
  let connection: Connection;
  let Item: Model<Item>;

  beforeAll(async () => {
    server = await startEmbeddedMongo({ transactionLifetimeMs: 1500 });
    connection = await mongoose.createConnection(server.uri, { dbName: 'transactions', maxPoolSize: 30 }).asPromise();
    Item = connection.model<Item>('Item', new Schema<Item>({ _id: String, n: { type: Number, index: true } }));
    await Item.init();
  });

  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  beforeEach(async () => {
    await Item.deleteMany({});
    await Item.create([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
  });

  it('show their own writes inside only, until they commit', async () => {
    await connection.transaction(async (session) => {
      await Item.create([{ _id: 'c', n: 3 }], { session });
      await Item.updateOne({ _id: 'a' }, { $inc: { n: 10 } }, { session });
      expect(await Item.countDocuments({ n: { $gte: 3 } }).session(session)).toBe(2);
      expect(await Item.countDocuments({ n: { $gte: 3 } })).toBe(0);
    });
    expect((await Item.find().sort({ n: 1 }).lean()).map((x) => x._id)).toEqual(['b', 'c', 'a']);
  });

  it('leave nothing behind when they fail', async () => {
    const failing = connection.transaction(async (session) => {
      await Item.updateOne({ _id: 'a' }, { n: 5 }, { session });
      await Item.create([{ _id: 'c', n: 3 }], { session });
      throw new Error('boom');
    });
    await expect(failing).rejects.toThrow('boom');
    const duplicate = connection.transaction(async (session) => {
      await Item.create([{ _id: 'd', n: 4 }], { session });
      await Item.create([{ _id: 'a', n: 4 }], { session });
    });
    await expect(duplicate).rejects.toMatchObject({ code: 11000 });
    expect((await Item.find().sort({ _id: 1 }).lean()).map((x) => [x._id, x.n])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(await Item.countDocuments({ n: 5 })).toBe(0);
  });

  it('read one snapshot, also by index order', async () => {
    const session = await connection.startSession();
    session.startTransaction();
    expect((await Item.findById('a').session(session))?.n).toBe(1);
    await Item.updateOne({ _id: 'a' }, { n: 77 });
    await Item.create({ _id: 'c', n: 0 });
    await Item.deleteOne({ _id: 'b' });
    const seen = await Item.find({ n: { $gte: 0 } })
      .sort({ n: 1 })
      .session(session)
      .lean();
    expect(seen.map((x) => [x._id, x.n])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    await session.commitTransaction();
    await session.endSession();
    expect(
      (
        await Item.find({ n: { $gte: 0 } })
          .sort({ n: 1 })
          .lean()
      ).map((x) => [x._id, x.n]),
    ).toEqual([
      ['c', 0],
      ['a', 77],
    ]);
  });

  it('conflict with the first writer, and with a write since their snapshot', async () => {
    const [first, second] = [await connection.startSession(), await connection.startSession()];
    first.startTransaction();
    second.startTransaction();
    await Item.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { session: first });
    const conflict = await Item.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { session: second }).catch((e: unknown) => e);
    expect(conflict).toMatchObject({ code: 112 });
    expect((conflict as mongoose.mongo.MongoError).hasErrorLabel('TransientTransactionError')).toBe(true);
    await first.commitTransaction();
    await second.abortTransaction();
    second.startTransaction();
    await Item.findById('a').session(second);
    await Item.updateOne({ _id: 'a' }, { $inc: { n: 1 } });
    await expect(Item.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { session: second })).rejects.toMatchObject({ code: 112 });
    await second.abortTransaction();
    await Promise.all([first.endSession(), second.endSession()]);
    expect((await Item.findById('a'))?.n).toBe(3);
  });

  it('make writers outside wait for their lock', async () => {
    const session = await connection.startSession();
    session.startTransaction();
    await Item.updateOne({ _id: 'a' }, { n: 5 }, { session });
    let done = false;
    const outside = Item.updateOne({ _id: 'a' }, { $inc: { n: 10 } }).then(() => (done = true));
    // Other commands get through meanwhile, so the outside write has had its turn.
    for (let i = 0; i < 20; i++) await Item.findById('b');
    expect(done).toBe(false);
    await session.commitTransaction();
    await outside;
    await session.endSession();
    expect((await Item.findById('a'))?.n).toBe(15);
  });

  it('are ended after their lifetime', async () => {
    const session = await connection.startSession();
    session.startTransaction();
    await Item.updateOne({ _id: 'a' }, { n: 5 }, { session });
    await Item.updateOne({ _id: 'a' }, { $inc: { n: 10 } });
    expect((await Item.findById('a'))?.n).toBe(11);
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    await session.endSession();
  });

  it('count correctly under concurrency', async () => {
    const increment = (): Promise<unknown> =>
      connection.transaction(async (session) => {
        const item = await Item.findById('a').session(session).orFail();
        item.n += 1;
        await item.save({ session });
      });
    await Promise.all(Array.from({ length: 12 }, increment));
    expect((await Item.findById('a'))?.n).toBe(13);
  });

  it.each(['insert', 'commitTransaction'])('survive a connection lost at %s', async (name) => {
    await connection
      .getClient()
      .db('admin')
      .command({
        configureFailPoint: 'failCommand',
        mode: { times: 1 },
        data: { failCommands: [name], closeConnection: true },
      });
    await connection.transaction(async (session) => {
      await Item.create([{ _id: 'f', n: 1 }], { session });
    });
    expect(await Item.countDocuments({ _id: 'f' })).toBe(1);
  });

  it('retry a write that the server refused as not primary', async () => {
    await connection
      .getClient()
      .db('admin')
      .command({
        configureFailPoint: 'failCommand',
        mode: { times: 1 },
        data: { failCommands: ['update'], errorCode: 189, errorLabels: ['RetryableWriteError'] },
      });
    await Item.updateOne({ _id: 'a' }, { $inc: { n: 1 } });
    expect((await Item.findById('a'))?.n).toBe(2);
  });
});
