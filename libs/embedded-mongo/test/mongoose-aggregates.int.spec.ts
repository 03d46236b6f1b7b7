import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose, { Schema, type Connection, type Model } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '../src/index.js';

interface Sale {
  shop: string;
  at: Date;
  amount: mongoose.Types.Decimal128;
  n: number;
}

describe('mongoose aggregates', () => {
  let server: EmbeddedMongo;
  let connection: Connection;
  let Sale: Model<Sale>;

  beforeAll(async () => {
    server = await startEmbeddedMongo();
    connection = await mongoose.createConnection(server.uri, { dbName: 'aggregates' }).asPromise();
    Sale = connection.model<Sale>(
      'Sale',
      new Schema<Sale>({ shop: String, at: Date, amount: Schema.Types.Decimal128, n: { type: Number, index: true } }),
    );
    await Sale.init();
    await connection.collection('shops').insertMany([
      { _id: 'x' as never, name: 'Shop X' },
      { _id: 'y' as never, name: 'Shop Y' },
    ]);
    await Sale.insertMany(
      Array.from({ length: 100 }, (_, i) => ({
        shop: i % 2 === 0 ? 'x' : 'y',
        at: new Date(Date.UTC(2024, i % 12, 1 + (i % 28), 23, 30)),
        amount: (i / 4).toFixed(2),
        n: i,
      })),
    );
  });

  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  it('group exactly, by month of a time zone', async () => {
    const groups = await Sale.aggregate<{ _id: { month: Date; shop: string }; count: number; total: mongoose.Types.Decimal128 }>([
      { $match: { n: { $gte: 10 } } },
      {
        $group: {
          _id: { month: { $dateTrunc: { date: '$at', unit: 'month', timezone: 'Europe/Madrid' } }, shop: '$shop' },
          count: { $sum: 1 },
          total: { $sum: '$amount' },
        },
      },
      { $sort: { '_id.month': 1, count: -1 } },
    ]);
    expect(groups.reduce((sum, g) => sum + g.count, 0)).toBe(90);
    const [sum] = await Sale.aggregate<{ total: mongoose.Types.Decimal128 }>([{ $group: { _id: null, total: { $sum: '$amount' } } }]);
    expect(sum?.total.toString()).toBe('1237.50');
  });

  it('answer several questions at once', async () => {
    const [facets] = await Sale.aggregate([
      {
        $facet: {
          top: [{ $sort: { n: -1 } }, { $limit: 2 }, { $project: { n: 1, _id: 0 } }],
          total: [{ $count: 'c' }],
          shops: [{ $sortByCount: '$shop' }, { $sort: { _id: 1 } }],
        },
      },
    ]);
    expect(facets).toEqual({
      top: [{ n: 99 }, { n: 98 }],
      total: [{ c: 100 }],
      shops: [
        { _id: 'x', count: 50 },
        { _id: 'y', count: 50 },
      ],
    });
  });

  it('join by field and by pipeline', async () => {
    const byField = await Sale.aggregate([
      { $sort: { n: 1 } },
      { $limit: 2 },
      { $lookup: { from: 'shops', localField: 'shop', foreignField: '_id', as: 's' } },
      { $unwind: '$s' },
      { $project: { _id: 0, name: '$s.name', day: { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: 'Europe/Madrid' } } } },
    ]);
    expect(byField).toEqual([
      { name: 'Shop X', day: '2024-01-02' },
      { name: 'Shop Y', day: '2024-02-03' },
    ]);
    const byPipeline = await connection
      .collection('shops')
      .aggregate([
        { $match: { name: 'Shop X' } },
        {
          $lookup: {
            from: 'sales',
            let: { shop: '$_id' },
            pipeline: [
              { $match: { $expr: { $and: [{ $eq: ['$shop', '$$shop'] }, { $gt: ['$n', 93] }] } } },
              { $project: { _id: 0, n: 1 } },
            ],
            as: 'sales',
          },
        },
      ])
      .toArray();
    expect(byPipeline[0]?.['sales']).toEqual([{ n: 94 }, { n: 96 }, { n: 98 }]);
  });

  it('union, bucket, follow a tree and write results', async () => {
    const tree = connection.collection('tree');
    await tree.insertMany([
      { _id: 1 as never, parent: null },
      { _id: 2 as never, parent: 1 },
      { _id: 3 as never, parent: 2 },
    ]);
    const [leaf] = await tree
      .aggregate([
        { $match: { _id: 3 } },
        { $graphLookup: { from: 'tree', startWith: '$parent', connectFromField: 'parent', connectToField: '_id', as: 'ancestors' } },
      ])
      .toArray();
    expect(leaf?.['ancestors']).toHaveLength(2);
    expect(await Sale.aggregate([{ $bucket: { groupBy: '$n', boundaries: [0, 50, 100], output: { n: { $sum: 1 } } } }])).toEqual([
      { _id: 0, n: 50 },
      { _id: 50, n: 50 },
    ]);
    expect(await tree.aggregate([{ $unionWith: { coll: 'shops', pipeline: [{ $limit: 1 }] } }, { $count: 'n' }]).toArray()).toEqual([
      { n: 4 },
    ]);
    await Sale.aggregate([{ $group: { _id: '$shop', n: { $sum: 1 } } }, { $merge: { into: 'stats' } }]);
    await Sale.aggregate([{ $match: { shop: 'x' } }, { $group: { _id: '$shop', total: { $sum: '$n' } } }, { $merge: { into: 'stats' } }]);
    expect(await connection.collection('stats').find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'x', n: 50, total: 2450 },
      { _id: 'y', n: 50 },
    ]);
    await Sale.aggregate([{ $match: { n: { $lt: 3 } } }, { $project: { n: 1 } }, { $out: 'few' }]);
    expect(await connection.collection('few').countDocuments()).toBe(3);
  });

  it('run in transactions and from views', async () => {
    await connection.createCollection('evens', { viewOn: 'sales', pipeline: [{ $match: { $expr: { $eq: [{ $mod: ['$n', 2] }, 0] } } }] });
    expect(await connection.collection('evens').countDocuments({ n: { $lt: 10 } })).toBe(5);
    expect(
      await connection
        .collection('evens')
        .find({ n: { $lt: 4 } })
        .sort({ n: -1 })
        .project({ _id: 0, n: 1 })
        .toArray(),
    ).toEqual([{ n: 2 }, { n: 0 }]);
    await connection.transaction(async (session) => {
      await Sale.updateOne({ n: 1 }, { $set: { n: 1001 } }, { session });
      const [inside] = await Sale.aggregate<{ max: number }>([{ $group: { _id: null, max: { $max: '$n' } } }]).session(session);
      const [outside] = await Sale.aggregate<{ max: number }>([{ $group: { _id: null, max: { $max: '$n' } } }]);
      expect([inside?.max, outside?.max]).toEqual([1001, 99]);
      await Sale.updateOne({ n: 1001 }, { $set: { n: 1 } }, { session });
    });
  });
});
