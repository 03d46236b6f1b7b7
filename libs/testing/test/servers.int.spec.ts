import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Redis } from 'ioredis';
import { startNats, startRedis, startTestInfrastructure } from '../src/index.js';
import type { RunningServer } from '../src/index.js';

describe('servers for tests', () => {
  const running: { stop(): Promise<void> }[] = [];
  const track = <T extends { stop(): Promise<void> }>(server: T): T => {
    running.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });

  const redisTo = (server: RunningServer): Redis => new Redis(server.url, { maxRetriesPerRequest: 1 });

  it('keeps the streams of a killed nats-server', async () => {
    const nats = track(await startNats());
    const before = await connect({ servers: nats.url });
    await (await jetstreamManager(before)).streams.add({ name: 'KEPT', subjects: ['kept.>'] });
    await jetstream(before).publish('kept.one', 'payload');
    await before.close();
    await nats.kill();
    await expect(connect({ servers: nats.url, reconnect: false, timeout: 300 })).rejects.toThrow();
    await nats.restart();
    const after = await connect({ servers: nats.url });
    expect((await (await jetstreamManager(after)).streams.info('KEPT')).state.messages).toBe(1);
    await after.close();
  });

  it('keeps the keys of a killed redis-server', async () => {
    const redis = track(await startRedis());
    const before = redisTo(redis);
    await before.set('kept', 'yes');
    before.disconnect();
    await redis.kill();
    await redis.restart();
    const after = redisTo(redis);
    expect(await after.get('kept')).toBe('yes');
    after.disconnect();
  });

  it('leaves a given directory behind and refuses a port that is taken', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'paygate-kept-'));
    const first = await startNats({ dir });
    await expect(startNats({ port: first.port })).rejects.toThrow(`nats-server cannot start: port ${first.port} is in use`);
    await first.stop();
    expect(await readdir(dir)).toEqual(['jetstream']);
    await rm(dir, { recursive: true });
  });

  it('starts only what was asked for', async () => {
    const infrastructure = track(await startTestInfrastructure({ redis: true }));
    expect(infrastructure.natsUrl).toBe('');
    expect(infrastructure.redisUrl).toMatch(/^redis:\/\/127\.0\.0\.1:\d+$/);
    expect(infrastructure.newDatabaseName('ledger')).toMatch(/^ledger_[0-9a-f]{12}$/);
    expect(infrastructure.newDatabaseName('ledger')).not.toBe(infrastructure.newDatabaseName('ledger'));
  });

  it('names the command that installs a missing program', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nonexistent';
    try {
      await expect(startRedis()).rejects.toThrow(/^redis-server is not installed \(.*\)\. Install it: apt-get install -y redis-server$/);
    } finally {
      process.env['PATH'] = path;
    }
  });
});
