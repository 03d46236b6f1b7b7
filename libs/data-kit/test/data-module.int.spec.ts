import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HealthRegistry } from '@paygate/nest-kit';
import { freePort, startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import { randomBytes } from 'node:crypto';
import { Schema } from 'mongoose';
import { FieldEncryption, Keyring } from '../src/index.js';
import { connectDatabase } from '../src/database/connect-database.js';
import { isEmbedded } from '../src/database/server-check.js';
import { CuttingProxy } from './cutting-proxy.js';
import { startDataApp } from './data-app.js';
import type { DataApp } from './data-app.js';

interface Thing {
  _id: string;
  name: string;
  settings: object;
}

const thingSchema = new Schema<Thing>({
  _id: { type: String, required: true },
  name: { type: String, required: true },
  settings: { type: Object, required: true },
}).index({ name: 1 }, { unique: true });

let infrastructure: TestInfrastructure;
let app: DataApp;

class Lines {
  readonly lines: string[] = [];
  log = (line: string): unknown => this.lines.push(line);
  warn = this.log;
  error = this.log;
}

beforeAll(async () => {
  infrastructure = await startTestInfrastructure({ nats: true, mongo: true });
  app = await startDataApp({
    uri: infrastructure.mongoUri,
    natsUrl: infrastructure.natsUrl,
    database: infrastructure.newDatabaseName('data_module'),
    models: [{ name: 'Thing', schema: thingSchema }],
    systemEncryptionKey: `k1:${randomBytes(32).toString('base64')}`,
  });
}, 60_000);

afterAll(async () => {
  await app.close();
  await infrastructure.stop();
}, 60_000);

describe('DataModule', () => {
  it('has created the declared indexes of its own models and of the features', async () => {
    const indexes = async (name: string): Promise<object[]> => app.connection.collection(name).indexes();
    expect(await indexes('things')).toContainEqual(expect.objectContaining({ key: { name: 1 }, unique: true }));
    expect(await indexes('inbox')).toContainEqual(expect.objectContaining({ expireAfterSeconds: 30 * 24 * 3600 }));
    expect(await indexes('idempotency_keys')).toContainEqual(expect.objectContaining({ expireAfterSeconds: 48 * 3600 }));
    expect(await indexes('outbox')).toContainEqual(expect.objectContaining({ key: { sentAt: 1 }, expireAfterSeconds: 7 * 24 * 3600 }));
    expect(await indexes('outbox')).toContainEqual(
      expect.objectContaining({ key: { dueAt: 1 }, partialFilterExpression: { pending: true } }),
    );
  });

  it('refuses a filter on a field that does not exist instead of matching everything', async () => {
    const things = app.connection.model<Thing>('Thing');
    await expect(things.deleteMany({ nmae: 'typo' } as object)).rejects.toThrow(/nmae/);
  });

  it('stores empty objects', async () => {
    const things = app.connection.model<Thing>('Thing');
    await things.create({ _id: 'empty', name: 'empty', settings: {} });
    expect(await app.connection.collection<Thing>('things').findOne({ _id: 'empty' })).toEqual(expect.objectContaining({ settings: {} }));
  });

  it('tells the health check of the database', async () => {
    const { checks } = await app.get(HealthRegistry).run();
    expect(checks['mongodb']).toMatchObject({ status: 'up', critical: true });
  });

  it('provides field encryption under the system key', () => {
    expect(app.get(Keyring).currentKeyId).toBe('k1');
    const encryption = app.get(FieldEncryption);
    expect(encryption.decrypt(encryption.encrypt('secret', 'here'), 'here')).toBe('secret');
  });

  it('names the collection whose index cannot be created', async () => {
    const { databaseName } = app.connection.db!;
    const other = new Schema<Thing>({ name: { type: String } }, { collection: 'things' }).index({ name: 1 });
    const clash = startDataApp({
      uri: infrastructure.mongoUri,
      natsUrl: infrastructure.natsUrl,
      database: databaseName,
      models: [{ name: 'Thing', schema: other }],
    });
    await expect(clash).rejects.toThrow(/indexes of collection things could not be created/);
  }, 20_000);
});

describe('connectDatabase', () => {
  const options = (uri: string, more: object = {}) => ({ uri, database: 'data_connect', production: false, ...more });

  it('accepts the embedded stand-in except in production', async () => {
    const buildInfo = await app.connection.getClient().db('admin').command({ buildInfo: 1 });
    const outcome = await connectDatabase(options(infrastructure.mongoUri, { production: true }), new Lines()).then(
      async (connection) => {
        await connection.close();
        return 'connected';
      },
      (error: unknown) => (error as Error).name,
    );
    expect(outcome).toBe(isEmbedded(buildInfo) ? 'UnsuitableDatabaseError' : 'connected');
  });

  it('gives up after the given time, says so, and keeps the credentials to itself', async () => {
    const logger = new Lines();
    const uri = `mongodb://root:hush@127.0.0.1:${await freePort()}/?directConnection=true`;
    const failure = await connectDatabase(options(uri, { connectWithinMs: 700 }), logger).catch((error: unknown) => error as Error);
    expect((failure as Error).message).toMatch(/MongoDB at mongodb:\/\/127\.0\.0\.1:\d+\/ did not answer within 0\.7 s.*Check MONGODB_URI/);
    expect(`${(failure as Error).message} ${logger.lines.join(' ')}`).not.toContain('hush');
    expect(logger.lines[0]).toMatch(/Connecting to MongoDB at .* for at most 0\.7 s/);
  });

  it('waits for a database that comes up late', async () => {
    const logger = new Lines();
    const port = await freePort();
    const waiting = connectDatabase(options(`mongodb://127.0.0.1:${port}/?directConnection=true`, { connectWithinMs: 20_000 }), logger);
    const target = Number(/:(\d+)/.exec(infrastructure.mongoUri.replace('mongodb://', ''))?.[1]);
    const proxy = await CuttingProxy.start(target, port);
    const connection = await waiting;
    expect(connection.readyState).toBe(1);
    await connection.close();
    await proxy.stop();
  }, 30_000);

  it.each([
    ['postgres://localhost/x', /scheme/i],
    ['mongodb://127.0.0.1:1/?unknownOption=1', /unknownoption/i],
  ])('does not wait for what waiting cannot cure: %s', async (uri, reason) => {
    await expect(connectDatabase(options(uri), new Lines())).rejects.toThrow(reason);
  });
});
