import { Binary } from 'bson';
import { isDoc } from '../bson/value.js';
import { fail } from '../errors.js';
import { sessionId } from './begin.js';
import type { Handler } from './context.js';

const TRANSIENT = { labels: ['TransientTransactionError'] };

export const commitTransaction: Handler = (ctx) => {
  const s = ctx.session ?? fail(251, 'commitTransaction needs a session', TRANSIENT);
  if (s.state === 'committed') return {};
  if (!s.txn) fail(251, `Transaction with { txnNumber: ${s.number} } has been aborted.`, TRANSIENT);
  ctx.store.commit(s.txn);
  s.txn = null;
  s.state = 'committed';
  return {};
};

export const abortTransaction: Handler = (ctx) => {
  const s = ctx.session ?? fail(251, 'abortTransaction needs a session', TRANSIENT);
  if (s.state === 'committed') fail(256, `Transaction with { txnNumber: ${s.number} } has been committed.`);
  if (!s.txn) fail(251, `Transaction with { txnNumber: ${s.number} } has been aborted.`, TRANSIENT);
  ctx.server.sessions.abort(s);
  return {};
};

export const endSessions: Handler = (ctx) => {
  const ids = ctx.command['endSessions'];
  if (Array.isArray(ids)) for (const id of ids) if (isDoc(id)) ctx.server.sessions.end(sessionId(id));
  return {};
};

export const killAllSessions: Handler = (ctx) => {
  ctx.server.sessions.abortAll();
  return {};
};

export const startSession: Handler = () => ({
  id: { id: new Binary(Buffer.from(crypto.getRandomValues(new Uint8Array(16))), Binary.SUBTYPE_UUID) },
  timeoutMinutes: 30,
});
