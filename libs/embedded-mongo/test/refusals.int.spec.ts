import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient, type Db, type Document } from 'mongodb';
import { startEmbeddedMongo, type EmbeddedMongo } from '../src/index.js';

describe('what the stand-in does not do', () => {
  let server: EmbeddedMongo;
  let client: MongoClient;
  let db: Db;

  beforeAll(async () => {
    server = await startEmbeddedMongo();
    client = await new MongoClient(server.uri).connect();
    db = client.db('refusals');
    await db.collection('c').insertOne({ a: 1, at: [1, 2] });
  });

  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  it.each<[string, Document, RegExp]>([
    ['geo queries', { find: 'c', filter: { at: { $near: [1, 2] } } }, /\$near is not supported/],
    ['geo areas', { find: 'c', filter: { at: { $geoWithin: { $center: [[0, 0], 1] } } } }, /\$geoWithin is not supported/],
    ['text search', { find: 'c', filter: { $text: { $search: 'a' } } }, /\$text is not supported/],
    ['$where', { find: 'c', filter: { $where: 'true' } }, /\$where is not supported/],
    ['$function', { aggregate: 'c', pipeline: [{ $project: { x: { $function: {} } } }], cursor: {} }, /'\$function'/],
    ['change streams', { aggregate: 'c', pipeline: [{ $changeStream: {} }], cursor: {} }, /\$changeStream is not supported/],
    ['$geoNear', { aggregate: 'c', pipeline: [{ $geoNear: {} }], cursor: {} }, /\$geoNear is not supported/],
    ['search stages', { aggregate: 'c', pipeline: [{ $search: {} }], cursor: {} }, /\$search is not supported/],
    ['unknown stages', { aggregate: 'c', pipeline: [{ $nope: {} }], cursor: {} }, /'\$nope'/],
    ['unknown stages of an empty collection', { aggregate: 'empty', pipeline: [{ $nope: {} }], cursor: {} }, /'\$nope'/],
    ['unknown operators of an empty collection', { find: 'empty', filter: { a: { $nope: 1 } } }, /\$nope/],
    ['explain', { aggregate: 'c', pipeline: [], explain: true }, /explain is not supported/],
    ['time series', { create: 'ts', timeseries: { timeField: 't' } }, /timeseries .* is not supported/],
    ['capped collections', { create: 'cap', capped: true, size: 100 }, /capped .* is not supported/],
    ['text indexes', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'x' }] }, /index type text is not supported/],
    ['geo indexes', { createIndexes: 'c', indexes: [{ key: { a: '2dsphere' }, name: 'x' }] }, /index type 2dsphere is not supported/],
    ['hashed indexes', { createIndexes: 'c', indexes: [{ key: { a: 'hashed' }, name: 'x' }] }, /index type hashed is not supported/],
    ['wildcard indexes', { createIndexes: 'c', indexes: [{ key: { '$**': 1 }, name: 'x' }] }, /wildcard index is not supported/],
    ['sharding', { shardCollection: 'refusals.c', key: { a: 1 } }, /shardCollection/],
    ['mapReduce', { mapReduce: 'c', map: 'x', reduce: 'y', out: { inline: 1 } }, /mapReduce/],
    ['snapshot reads outside transactions', { find: 'c', filter: {}, readConcern: { level: 'snapshot' } }, /snapshot.* is not supported/],
    ['tailable cursors', { find: 'c', filter: {}, tailable: true }, /tailable cursor is not supported/],
    ['unknown options', { find: 'c', filter: {}, returnKey: true }, /find\.returnKey/],
    ['unknown options of a statement', { update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, nope: 1 }] }, /update\.updates\.nope/],
    ['collation strength 4', { find: 'c', filter: {}, collation: { locale: 'en', strength: 4 } }, /strength 4 is not supported/],
    ['unknown fail points', { configureFailPoint: 'other', mode: 'alwaysOn' }, /"other" is not supported/],
  ])('%s are refused by name', async (_, command, message) => {
    await expect(db.command(command)).rejects.toThrow(message);
  });

  it('refuses to create collections and indexes inside a transaction', async () => {
    await client.withSession(async (session) => {
      session.startTransaction();
      await expect(db.createCollection('inside', { session })).rejects.toMatchObject({ code: 263 });
      await session.abortTransaction();
      session.startTransaction();
      await expect(db.collection('c').createIndex({ b: 1 }, {}, { session })).rejects.toMatchObject({ code: 263 });
      await session.abortTransaction();
    });
  });

  it('refuses snapshot sessions', async () => {
    const session = client.startSession({ snapshot: true });
    await expect(db.collection('c').findOne({}, { session })).rejects.toThrow(/snapshot/);
    await session.endSession();
  });

  it('does not store documents over 16 MB', async () => {
    const c = db.collection('large');
    await c.insertOne({ s: 'x'.repeat(9_000_000) });
    const update = c.updateOne({}, [{ $set: { t: '$s' } }]);
    await expect(update).rejects.toMatchObject({ code: 10334 });
    expect(Object.keys((await c.findOne()) ?? {})).toEqual(['_id', 's']);
  });

  it('ends a command that takes longer than maxTimeMS', async () => {
    await client.withSession(async (session) => {
      session.startTransaction();
      await db.collection('c').updateOne({ a: 1 }, { $set: { locked: true } }, { session });
      const waiting = db.command({ update: 'c', updates: [{ q: { a: 1 }, u: { $set: { b: 1 } } }], maxTimeMS: 50 });
      await expect(waiting).rejects.toMatchObject({ code: 50 });
      await session.abortTransaction();
    });
    expect(await db.collection('c').countDocuments({ b: 1 })).toBe(0);
  });

  it('says what it is', async () => {
    const info = await client.db('admin').command({ buildInfo: 1 });
    expect(info).toMatchObject({ version: '8.0.0', paygateEmbedded: true, modules: ['paygate-embedded'] });
  });

  it('does not start in production', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await expect(startEmbeddedMongo()).rejects.toThrow(/NODE_ENV=production/);
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});
