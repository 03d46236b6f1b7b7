import { Long } from 'bson';
import type { Doc } from '../bson/value.js';
import { unsupported } from '../errors.js';
import type { Handler } from './context.js';
import { SERVER_VERSION } from './handshake.js';

export const serverStatus: Handler = (ctx) => ({
  host: `${ctx.server.host}:${ctx.server.port}`,
  version: SERVER_VERSION,
  process: 'paygate-embedded-mongo',
  pid: Long.fromNumber(process.pid),
  uptime: Math.floor((Date.now() - ctx.server.startedAt) / 1000),
  localTime: ctx.now,
  connections: { current: ctx.server.connections() },
  mem: { resident: Math.round(process.memoryUsage().rss / 1_048_576) },
  opcounters: Object.fromEntries(ctx.server.counters),
  storageEngine: { name: 'paygateEmbedded' },
  transactions: { currentOpen: Long.fromNumber(ctx.store.openTransactions) },
});

export const getParameter: Handler = (ctx) =>
  ctx.command['featureCompatibilityVersion'] === undefined
    ? unsupported('getParameter for anything but featureCompatibilityVersion')
    : { featureCompatibilityVersion: { version: SERVER_VERSION.slice(0, 3) } };

export const replSetGetStatus: Handler = (ctx) => ({
  set: 'rs0',
  myState: 1,
  members: [{ _id: 0, name: ctx.connection.address, health: 1, state: 1, stateStr: 'PRIMARY', self: true }],
});

export const dbStats: Handler = (ctx) => {
  const collections = [...(ctx.store.dbs.get(ctx.db)?.values() ?? [])];
  const total = (of: (i: (typeof collections)[number]) => number): number => collections.reduce((n, c) => n + of(c), 0);
  return {
    db: ctx.db,
    collections: collections.filter((c) => !c.isView).length,
    views: collections.filter((c) => c.isView).length,
    objects: total((c) => c.count),
    indexes: total((c) => c.indexes.size),
  };
};

export const collStats: Handler = (ctx) => {
  const c = ctx.store.collection(ctx.ns);
  const stats: Doc = { ns: ctx.ns, count: c?.count ?? 0, nindexes: c?.indexes.size ?? 0 };
  return stats;
};
