import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient, type Db, type Document } from 'mongodb';
import { startEmbeddedMongo, type EmbeddedMongo } from '../src/index.js';

describe('explain', () => {
  let server: EmbeddedMongo;
  let client: MongoClient;
  let db: Db;

  beforeAll(async () => {
    server = await startEmbeddedMongo();
    client = await new MongoClient(server.uri).connect();
    db = client.db('explain');
    const c = db.collection<{ _id: number; a: number; b: number }>('c');
    await c.createIndex({ a: 1, b: -1 }, { name: 'by_a' }, {});
    await c.insertMany(Array.from({ length: 100 }, (_, i) => ({ _id: i, a: i % 10, b: i })));
  });

  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  const scan = { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'by_a', keyPattern: { a: 1, b: -1 } } };

  it.each<[string, Document, Document, number, number]>([
    ['nothing to go by', { find: 'c', filter: { x: 1 } }, { stage: 'COLLSCAN' }, 100, 0],
    ['an id', { find: 'c', filter: { _id: 7 } }, { stage: 'IDHACK' }, 1, 1],
    ['an index', { find: 'c', filter: { a: 3 } }, scan, 10, 10],
    ['an index in its order, as far as the limit', { find: 'c', filter: { a: 3 }, sort: { b: -1 }, limit: 2 }, scan, 2, 2],
    ['an index and a further condition', { find: 'c', filter: { a: 3, b: { $gte: 50 } } }, scan, 5, 5],
    ['an order no index has', { find: 'c', filter: { a: 3 }, sort: { _id: 1 } }, { stage: 'SORT', inputStage: scan }, 10, 10],
    ['a count', { count: 'c', query: { a: 3 } }, scan, 10, 10],
    ['a pipeline', { aggregate: 'c', pipeline: [{ $match: { a: 3 } }, { $group: { _id: null } }], cursor: {} }, scan, 10, 10],
    ['no collection', { find: 'none', filter: {} }, { stage: 'EOF' }, 0, 0],
  ])('says how %s is used', async (_name, explain, winningPlan, totalDocsExamined, nReturned) => {
    expect(await db.command({ explain, verbosity: 'executionStats' })).toMatchObject({
      queryPlanner: { winningPlan },
      executionStats: { totalDocsExamined, nReturned },
    });
  });

  it('is what the driver asks for', async () => {
    expect(await db.collection('c').find({ a: 3 }).explain('queryPlanner')).toMatchObject({ queryPlanner: { winningPlan: scan } });
  });

  it.each<[string, Document]>([
    ['writes', { explain: { delete: 'c', deletes: [] } }],
    ['another verbosity', { explain: { find: 'c' }, verbosity: 'all' }],
  ])('refuses %s', async (_name, command) => {
    await expect(db.command(command)).rejects.toThrow();
  });
});
