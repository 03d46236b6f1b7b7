import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensurePrograms, findProgram } from './debian-packages.js';
import type { Program } from './debian-packages.js';
import { ManagedProcess } from './managed-process.js';
import { initiateReplicaSet } from './mongod-replica-set.js';
import { freeServerPort } from './ports.js';
import { accepts, replies } from './probes.js';

export type InfrastructureName = 'mongo' | 'nats' | 'redis';

/** Told of each process before it starts, so that it is stopped even when another one fails to start. */
export type Adopt = (name: InfrastructureName, process: ManagedProcess) => void;

export interface Infrastructure {
  readonly mongoUri: string;
  readonly natsUrl: string;
  readonly redisUrl: string;
  /** In words, for the person at the terminal. */
  readonly database: string;
}

/** Starts Redis, NATS and the database, or uses the ones the environment names. */
export async function startInfrastructure(
  dataDir: string,
  adopt: Adopt,
  say: (line: string) => void,
  databaseMemoryMb?: number,
): Promise<Infrastructure> {
  const external = { mongo: process.env['MONGODB_URI'], nats: process.env['NATS_URL'], redis: process.env['REDIS_URL'] };
  const needed: Program[] = ['caddy'];
  if (!external.nats) needed.push('nats-server');
  if (!external.redis) needed.push('redis-server');
  ensurePrograms(needed, say);
  for (const folder of ['redis', 'nats', 'mongo']) mkdirSync(join(dataDir, folder), { recursive: true });

  const [mongo, nats, redis] = await Promise.all([
    external.mongo ? { uri: external.mongo, description: 'MongoDB from MONGODB_URI' } : startMongo(dataDir, adopt, databaseMemoryMb),
    external.nats ?? startNats(dataDir, adopt),
    external.redis ?? startRedis(dataDir, adopt),
  ]);
  return {
    mongoUri: mongo.uri,
    natsUrl: nats,
    redisUrl: redis,
    database: mongo.description,
  };
}

async function startNats(dataDir: string, adopt: Adopt): Promise<string> {
  const port = await freeServerPort();
  const process = new ManagedProcess({
    name: 'nats-server',
    program: findProgram('nats-server') ?? 'nats-server',
    args: ['--addr', '127.0.0.1', '--port', String(port), '--jetstream', '--store_dir', join(dataDir, 'nats')],
    logFile: join(dataDir, 'logs', 'nats.log'),
    isReady: () => replies(port, 'CONNECT {"verbose":false}\r\nPING\r\n', 'PONG'),
  });
  adopt('nats', process);
  await process.start();
  return `nats://127.0.0.1:${port}`;
}

async function startRedis(dataDir: string, adopt: Adopt): Promise<string> {
  const port = await freeServerPort();
  const process = new ManagedProcess({
    name: 'redis-server',
    program: findProgram('redis-server') ?? 'redis-server',
    args: [
      ...['--bind', '127.0.0.1', '--port', String(port), '--dir', join(dataDir, 'redis'), '--daemonize', 'no'],
      // BullMQ needs keys that are never evicted; append-only keeps queued jobs over a restart.
      ...['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'],
    ],
    logFile: join(dataDir, 'logs', 'redis.log'),
    isReady: () => replies(port, 'PING\r\n', '+PONG'),
  });
  adopt('redis', process);
  await process.start();
  return `redis://127.0.0.1:${port}`;
}

async function startMongo(dataDir: string, adopt: Adopt, memoryMb?: number): Promise<{ uri: string; description: string }> {
  const port = await freeServerPort();
  const logFile = join(dataDir, 'logs', 'mongo.log');
  const mongod = findProgram('mongod');
  if (mongod !== undefined) {
    const process = new ManagedProcess({
      name: 'mongod',
      program: mongod,
      // Another folder than the stand-in's: their files are not compatible.
      args: ['--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', join(dataDir, 'mongo'), '--replSet', 'rs0'],
      logFile,
      isReady: () => accepts(port),
    });
    adopt('mongo', process);
    await process.start();
    await initiateReplicaSet(port);
    return { uri: `mongodb://127.0.0.1:${port}/?directConnection=true`, description: `mongod (${mongod})` };
  }
  const cli = join(dirname(createRequire(import.meta.url).resolve('@paygate/embedded-mongo/package.json')), 'dist', 'cli.js');
  const dir = join(dataDir, 'embedded-mongo');
  mkdirSync(dir, { recursive: true });
  const process = new ManagedProcess({
    name: 'database',
    program: globalThis.process.execPath,
    args: [
      // Nearly everything it makes is kept or gone at once; a small nursery would be emptied all the time.
      '--max-semi-space-size=64',
      ...(memoryMb === undefined ? [] : [`--max-old-space-size=${memoryMb}`]),
      cli,
      '--port',
      String(port),
      '--dir',
      dir,
    ],
    logFile,
    isReady: () => accepts(port),
  });
  adopt('mongo', process);
  await process.start();
  return { uri: `mongodb://127.0.0.1:${port}/?directConnection=true`, description: 'embedded stand-in (no mongod on the PATH)' };
}
