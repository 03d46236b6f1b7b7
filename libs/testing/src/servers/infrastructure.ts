import { randomBytes } from 'node:crypto';
import { startMongo } from './mongo.js';
import { startNats } from './nats.js';
import { startRedis } from './redis.js';
import type { RunningServer } from './running-server.js';

export interface TestInfrastructure {
  /** Empty when the service was not asked for. */
  readonly natsUrl: string;
  readonly redisUrl: string;
  readonly mongoUri: string;
  /** A database name no other run uses. */
  newDatabaseName(prefix: string): string;
  stop(): Promise<void>;
}

/** Starts the asked-for services side by side; when one fails, those already up are ended. */
export async function startTestInfrastructure(wanted: { nats?: boolean; redis?: boolean; mongo?: boolean }): Promise<TestInfrastructure> {
  const started = await Promise.allSettled([
    wanted.nats ? startNats() : Promise.resolve(undefined),
    wanted.redis ? startRedis() : Promise.resolve(undefined),
    wanted.mongo ? startMongo() : Promise.resolve(undefined),
  ]);
  const servers = started.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
  const stop = async (): Promise<void> => {
    await Promise.all(servers.flatMap((server) => (server ? [server.stop()] : [])));
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const urlOf = (server: RunningServer | undefined): string => server?.url ?? '';
  return {
    natsUrl: urlOf(servers[0]),
    redisUrl: urlOf(servers[1]),
    mongoUri: urlOf(servers[2]),
    newDatabaseName: (prefix) => `${prefix}_${randomBytes(6).toString('hex')}`,
    stop,
  };
}
