import { jetstreamManager, JetStreamApiCodes, JetStreamApiError, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { nanos } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';

/** Every event of every service. */
export const EVENTS_STREAM = 'PAYGATE_EVENTS';
/** Events that could not be handled, kept until an operator replays them. */
export const DEAD_STREAM = 'PAYGATE_DEAD';
export const CONFIG_BUCKET = 'paygate_config';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A publisher that repeats an event within this time is recognized by the event id; later it is the inbox that does. */
const DUPLICATE_WINDOW_MS = 2 * 60 * 1000;

const STREAMS: readonly Partial<StreamConfig>[] = [
  // Owner by owner: `*.event.>` would overlap with `dead.>`, which the server refuses.
  { name: EVENTS_STREAM, subjects: ['admin.event.>', 'main.event.>', 'dispatch.event.>'], max_age: nanos(30 * DAY_MS) },
  { name: DEAD_STREAM, subjects: ['dead.>'] },
];

/**
 * Creates the streams and the configuration bucket where they are missing. What exists keeps the operator's settings
 * (replicas, retention time); only missing subjects are added. Safe to run by several instances at once.
 */
export async function ensureTopology(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection);
  for (const stream of STREAMS) await ensureStream(manager, stream);
  await new Kvm(connection).create(CONFIG_BUCKET, { history: 1, storage: StorageType.File });
}

async function ensureStream(manager: JetStreamManager, wanted: Partial<StreamConfig>): Promise<void> {
  const name = wanted.name ?? '';
  const existing = await unlessMissing(manager.streams.info(name));
  if (!existing) {
    await manager.streams.add({
      ...wanted,
      name,
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      duplicate_window: nanos(DUPLICATE_WINDOW_MS),
      num_replicas: 1,
    });
    return;
  }
  const subjects = existing.config.subjects;
  const missing = (wanted.subjects ?? []).filter((subject) => !subjects.includes(subject));
  if (missing.length > 0) await manager.streams.update(name, { ...existing.config, subjects: [...subjects, ...missing] });
}

/** The answer, or undefined when the stream or consumer asked for does not exist. */
export async function unlessMissing<T>(lookup: Promise<T>): Promise<T | undefined> {
  try {
    return await lookup;
  } catch (error) {
    const notFound: number[] = [JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound, JetStreamApiCodes.NoMessageFound];
    if (error instanceof JetStreamApiError && notFound.includes(error.code)) return undefined;
    throw error;
  }
}
