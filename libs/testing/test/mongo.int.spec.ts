import { afterEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { startTestInfrastructure, startMongo } from '../src/index.js';
import type { RunningServer } from '../src/index.js';

const external = process.env['MONGODB_URI'] !== undefined;

describe('the database for tests', () => {
  let server: RunningServer | undefined;
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  const withClient = async <T>(uri: string, work: (client: InstanceType<typeof mongoose.mongo.MongoClient>) => Promise<T>): Promise<T> => {
    const client = await new mongoose.mongo.MongoClient(uri).connect();
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  };

  it('runs transactions and keeps its data when it is killed', async () => {
    server = await startMongo();
    await withClient(server.url, (client) =>
      client.withSession((session) =>
        session.withTransaction(() => client.db('kept').collection('things').insertOne({ name: 'a' }, { session })),
      ),
    );
    if (external) {
      await expect(server.kill()).rejects.toThrow('MONGODB_URI');
      return;
    }
    await server.kill();
    await server.restart();
    expect(await withClient(server.url, (client) => client.db('kept').collection('things').countDocuments({ name: 'a' }))).toBe(1);
  });

  it('is part of the infrastructure', async () => {
    const infrastructure = await startTestInfrastructure({ mongo: true });
    const database = infrastructure.newDatabaseName('testing');
    await withClient(infrastructure.mongoUri, async (client) => {
      await client.db(database).collection('things').insertOne({ name: 'a' });
      await client.db(database).dropDatabase();
    });
    await infrastructure.stop();
  });
});
