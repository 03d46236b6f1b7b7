import type { ServerState } from './commands/context.js';
import { Cursors } from './commands/cursors.js';
import { Sessions } from './commands/session.js';
import { rootScope } from './expr/compile.js';
import { lockDirectory } from './journal/directory-lock.js';
import { Journal } from './journal/journal.js';
import { WireServer } from './server.js';
import { deleteExpired } from './store/expiry.js';
import { applyRecord, journalRecord, snapshotRecords } from './store/persistence.js';
import { Store } from './store/store.js';

export interface EmbeddedMongoOptions {
  /** Directory of the data; absent keeps everything in memory only. */
  readonly dir?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Address to listen on, 127.0.0.1 by default. */
  readonly host?: string;
  /** False acknowledges writes before they are on disk. Default true. */
  readonly fsync?: boolean;
  /** Time between two sweeps of TTL indexes, in milliseconds. Default 60,000, as on MongoDB. */
  readonly ttlSweepMs?: number;
  /** After this time an open transaction is aborted, in milliseconds. Default 60,000, as on MongoDB. */
  readonly transactionLifetimeMs?: number;
  /** Receives what goes wrong inside the server. Default: standard error. */
  readonly log?: (message: string) => void;
}

export interface EmbeddedMongo {
  /** Connection string for drivers and mongoose; the database is chosen with `dbName`. */
  readonly uri: string;
  readonly port: number;
  /** Stops the server after everything acknowledged, and everything written, is on disk. */
  stop(): Promise<void>;
}

const SWEEP_MS = 1000;
/** A journal with this many changes per surviving document is worth rewriting at the start. */
const STALE_FACTOR = 4;
const STALE_MINIMUM = 1000;

/** Starts the stand-in. It refuses to run in production. */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions = {}): Promise<EmbeddedMongo> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(
      'The paygate embedded MongoDB stand-in is for development and tests only and does not start when NODE_ENV=production. Set MONGODB_URI to a MongoDB 7 or 8 replica set.',
    );
  }
  const { dir, port = 0, host = '127.0.0.1', fsync = true, ttlSweepMs = 60_000, transactionLifetimeMs = 60_000 } = options;
  const log = options.log ?? ((message: string) => void process.stderr.write(`embedded-mongo: ${message}\n`));
  const unlock = dir === undefined ? null : lockDirectory(dir);
  try {
    const store = new Store({ expression: (e) => rootScope(new Date()).compile(e) }, false);
    const sessions = new Sessions(store, transactionLifetimeMs);
    const journal = dir === undefined ? null : openJournal(dir, fsync, store, sessions, log);
    const server = new WireServer(() => state, log);
    const state: ServerState = {
      store,
      sessions,
      cursors: new Cursors(),
      journal,
      startedAt: Date.now(),
      counters: new Map(),
      failPoint: null,
      host,
      port: 0,
      connections: () => server.connections,
    };
    state.port = await server.listen(port, host);
    const timers = [setInterval(() => sweep(state), SWEEP_MS), setInterval(() => expire(state), ttlSweepMs)];
    for (const t of timers) t.unref();
    const shownHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    return {
      uri: `mongodb://${shownHost.includes(':') ? `[${shownHost}]` : shownHost}:${state.port}/?replicaSet=rs0`,
      port: state.port,
      stop: async () => {
        for (const t of timers) clearInterval(t);
        await server.close();
        sessions.abortAll();
        await journal?.close();
        unlock?.();
      },
    };
  } catch (error) {
    unlock?.();
    throw error;
  }
}

function openJournal(dir: string, fsync: boolean, store: Store, sessions: Sessions, log: (message: string) => void): Journal {
  const journal = new Journal(dir, fsync, () => snapshotRecords(store, sessions));
  let changes = 0;
  const torn = journal.replay((record) => {
    changes += Array.isArray(record['o']) ? record['o'].length : 0;
    applyRecord(store, sessions, record);
  });
  if (torn > 0) log(`removed an incomplete record of ${torn} bytes from the end of the journal`);
  let living = 0;
  for (const collections of store.dbs.values()) for (const c of collections.values()) living += c.count + 1;
  journal.open(changes > STALE_FACTOR * living + STALE_MINIMUM);
  store.recording = true;
  return journal;
}

function sweep(state: ServerState): void {
  const now = Date.now();
  state.sessions.sweep(now);
  state.cursors.sweep(now);
}

function expire(state: ServerState): void {
  deleteExpired(state.store, Date.now());
  const changes = state.store.takeChanges();
  if (changes.length > 0) state.journal?.append(journalRecord(state.store, changes, null));
}
