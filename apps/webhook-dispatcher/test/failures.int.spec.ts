import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDelivery, listDeliveries } from '@paygate/messages';
import type { DeliveryDetail } from '@paygate/messages';
import { stopService } from '@paygate/nest-kit';
import { eventually, IpnReceiver, nodeArguments, startMongo, startNats, startRedis } from '@paygate/testing';
import type { RunningServer, TestInfrastructure } from '@paygate/testing';
import { Redis } from 'ioredis';
import { dispatcherConfig, startDispatcher, Surroundings } from './dispatcher-fixture.js';
import type { DispatcherConfig } from '../src/dispatcher-config.js';

let nats: RunningServer;
let redis: RunningServer;
let mongo: RunningServer;
let infrastructure: TestInfrastructure;
let surroundings: Surroundings;
let receiver: IpnReceiver;

beforeAll(async () => {
  [nats, redis, mongo] = await Promise.all([startNats(), startRedis(), startMongo()]);
  infrastructure = {
    natsUrl: nats.url,
    redisUrl: redis.url,
    mongoUri: mongo.url,
    newDatabaseName: (prefix) => `${prefix}_${process.pid}_${Date.now()}`,
    stop: async () => {
      await Promise.all([nats.stop(), redis.stop(), mongo.stop()]);
    },
  };
  surroundings = await Surroundings.start(dispatcherConfig(infrastructure));
  receiver = await IpnReceiver.start();
});

afterAll(async () => {
  await surroundings.stop();
  await receiver.stop();
  await infrastructure.stop();
});

async function deliveryOf(transactionId: string): Promise<DeliveryDetail> {
  const tenant = { organizationId: surroundings.organizationId, livemode: false };
  const page = await surroundings.rpc.request(listDeliveries, { ...tenant, transactionId, page: 1, limit: 10 });
  expect(page.total).toBe(1);
  return surroundings.rpc.request(getDelivery, { ...tenant, deliveryId: page.items[0]!.deliveryId });
}

async function withDispatcher(
  config: DispatcherConfig,
  retrySchedule: number[],
  work: (app: NestFastifyApplication) => Promise<void>,
): Promise<void> {
  const app = await startDispatcher(config, retrySchedule);
  try {
    await work(app);
  } finally {
    await stopService(app, 3_000);
  }
}

const at = (path: string) => (request: { path: string }) => request.path === path;
const success = (path: string, url = receiver.url) =>
  surroundings.tell({ status: 'succeeded', eventVersion: 2, externalReference: path, ipnUrl: url + path });

/** The dispatcher as a process, so that it can be killed. */
function spawnDispatcher(config: DispatcherConfig): ChildProcess {
  const variables = Object.entries(config).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return spawn(process.execPath, nodeArguments(new URL('../src/main.ts', import.meta.url)), {
    env: { PATH: process.env['PATH'], ...(Object.fromEntries(variables) as Record<string, string>), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('when something fails', () => {
  it('a delivery that was on the wire when its process was killed arrives again, with the same id and bytes', async () => {
    // A short deadline makes the lease of the lost claim short as well.
    const config = dispatcherConfig(infrastructure, { DELIVERY_TIMEOUT_MS: 500 });
    receiver.reply({ delayMs: 60_000 });
    const first = spawnDispatcher(config);
    try {
      await success('/killed');
      await receiver.next(at('/killed'), 20_000);
    } finally {
      await kill(first);
    }
    receiver.reply({});
    const second = spawnDispatcher(config);
    try {
      const lost = receiver.requests.find(at('/killed'))!;
      const again = await receiver.next(at('/killed'), 25_000);
      expect(again.rawBody.equals(lost.rawBody)).toBe(true);
      expect(again.headers['x-ipn-delivery-id']).toBe(lost.headers['x-ipn-delivery-id']);
    } finally {
      await kill(second);
    }
  }, 60_000);

  it('retries are woken by Redis, not by the sweep', async () => {
    const config = dispatcherConfig(infrastructure, { DELIVERY_SWEEP_MS: 600_000 });
    await withDispatcher(config, [0, 0.3, 0.3], async () => {
      let asked = 0;
      receiver.reply(() => ({ status: ++asked < 3 ? 500 : 200 }));
      const told = await success('/woken');
      await eventually(async () => expect(await deliveryOf(told.transactionId)).toMatchObject({ state: 'delivered', attemptCount: 3 }));
    });
  });

  it('nothing is lost when Redis is emptied', async () => {
    await withDispatcher(dispatcherConfig(infrastructure), [0, 1.5], async () => {
      receiver.reply({ status: 500 });
      const told = await Promise.all(Array.from({ length: 20 }, (_, i) => success(`/flushed/${i}`)));
      for (const { transactionId } of told) await eventually(async () => expect((await deliveryOf(transactionId)).attemptCount).toBe(1));
      const client = new Redis(redis.url);
      await client.flushall();
      await client.quit();
      receiver.reply({});
      for (const { transactionId } of told) {
        await eventually(async () => expect(await deliveryOf(transactionId)).toMatchObject({ state: 'delivered', attemptCount: 2 }));
      }
    });
  });

  it('notifications go out and are repeated while Redis is down', async () => {
    await withDispatcher(dispatcherConfig(infrastructure), [0, 0.3], async () => {
      await redis.kill();
      try {
        let asked = 0;
        receiver.reply(() => ({ status: ++asked === 1 ? 500 : 200 }));
        const told = await success('/without-redis');
        await eventually(async () => expect(await deliveryOf(told.transactionId)).toMatchObject({ state: 'delivered', attemptCount: 2 }));
      } finally {
        await redis.restart();
      }
    });
  });

  it('what is told while the database is away is sent when it is back', async () => {
    await withDispatcher(dispatcherConfig(infrastructure), [0, 0.3], async () => {
      receiver.reply({});
      await mongo.kill();
      await success('/without-database');
      await mongo.restart();
      await receiver.next(at('/without-database'), 20_000);
    });
  }, 40_000);

  it('what is on the wire is finished before the process ends', async () => {
    const config = dispatcherConfig(infrastructure, { DELIVERY_TIMEOUT_MS: 5_000 });
    let told = '';
    await withDispatcher(config, [0, 5], async () => {
      receiver.reply({ delayMs: 700 });
      told = (await success('/finished')).transactionId;
      await receiver.next(at('/finished'));
    });
    receiver.reply({});
    await withDispatcher(config, [0, 5], async () => {
      expect(await deliveryOf(told)).toMatchObject({ state: 'delivered', attemptCount: 1 });
    });
    expect(receiver.requests.filter(at('/finished'))).toHaveLength(1);
  });

  it('a receiver that hangs delays nobody else', async () => {
    const hanging = await IpnReceiver.start();
    hanging.reply({ delayMs: 60_000 });
    // Fewer slots than hanging deliveries: without a limit per origin they would take them all.
    const config = dispatcherConfig(infrastructure, { DELIVERY_TIMEOUT_MS: 5_000, DELIVERY_CONCURRENCY: 32 });
    try {
      await withDispatcher(config, [0, 60], async () => {
        receiver.reply({});
        await Promise.all(Array.from({ length: 100 }, (_, i) => success(`/hanging/${i}`, hanging.url)));
        await hanging.next();
        const started = Date.now();
        await Promise.all(Array.from({ length: 100 }, (_, i) => success(`/healthy/${i}`)));
        for (let i = 0; i < 100; i++) await receiver.next(at(`/healthy/${i}`));
        expect(Date.now() - started).toBeLessThan(4_000);
        expect(hanging.requests.length).toBeLessThanOrEqual(8);
      });
    } finally {
      await hanging.stop();
    }
  }, 40_000);

  it('an address in the private network is refused, on record, and never called', async () => {
    await withDispatcher(dispatcherConfig(infrastructure, { PAYGATE_ALLOW_PRIVATE_TARGETS: false }), [0, 0.2], async () => {
      const before = receiver.requests.length;
      const urls = [receiver.url, receiver.url.replace('127.0.0.1', 'localhost'), 'http://169.254.169.254', 'gopher://shop.example'];
      for (const [i, url] of urls.entries()) {
        const told = await success(`/private/${i}`, url);
        await eventually(async () => {
          const delivery = await deliveryOf(told.transactionId);
          expect(delivery).toMatchObject({ state: 'dead', attemptCount: 2, lastError: 'target_not_allowed' });
          expect(delivery.attempts[0]).toMatchObject({ error: 'target_not_allowed' });
        });
      }
      expect(receiver.requests.length).toBe(before);
    });
  });

  it('an outgoing proxy that is away uses up no attempts', async () => {
    const before = receiver.requests.length;
    await withDispatcher(dispatcherConfig(infrastructure, { DELIVERY_PROXY_URL: 'http://127.0.0.1:1' }), [0, 0.2], async () => {
      const told = await success('/behind-proxy');
      await eventually(async () =>
        expect(await deliveryOf(told.transactionId)).toMatchObject({ state: 'scheduled', attemptCount: 0, lastError: 'proxy_failed' }),
      );
    });
    expect(receiver.requests.length).toBe(before);
  });
});
