import { Binary, Long } from 'bson';
import type { EncodableDoc } from '../bson/encode.js';
import { isDoc, isNumeric, toNumber } from '../bson/value.js';
import { codeName, fail, MongoError, unsupported } from '../errors.js';
import { enterSession } from './begin.js';
import { clusterTime, type CommandContext, type Handler, type Reply } from './context.js';
import { hitFailPoint, type FailPointHit } from './fail-point.js';
import { checkCommandFields } from './fields.js';
import { COMMANDS } from './registry.js';

const TRANSIENT_CODES = new Set([24, 112, 246, 251, 267]);
const RETRYABLE_CODES = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
const ENDS_TRANSACTION = new Set(['commitTransaction', 'abortTransaction']);
const WITHOUT_OPERATION_TIME = new Set(['hello', 'isMaster', 'ismaster', 'ping', 'endSessions', 'killCursors']);
const SIGNATURE = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO };

/** Runs one command from its name to its reply; null when the fail point has closed the connection instead. */
export async function execute(ctx: CommandContext, log: (message: string) => void): Promise<Reply | null> {
  const { counters } = ctx.server;
  counters.set(ctx.name, (counters.get(ctx.name) ?? 0) + 1);
  const hit = ctx.server.failPoint ? hitFailPoint(ctx) : null;
  if (hit && hit.blockMs > 0) await new Promise((resolve) => setTimeout(resolve, hit.blockMs));
  if (hit?.closeConnection === true) {
    ctx.connection.close();
    return null;
  }
  try {
    const reply = await perform(ctx, hit);
    return { ...reply, ...tail(ctx) };
  } catch (error) {
    if (!(error instanceof MongoError))
      log(`command ${ctx.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}`);
    return failure(ctx, error, hit);
  }
}

async function perform(ctx: CommandContext, hit: FailPointHit | null): Promise<Reply> {
  const entry = COMMANDS.get(ctx.name);
  if (!entry) fail(59, `no such command: '${ctx.name}' (or not supported by the paygate embedded MongoDB stand-in)`);
  if (entry.fields) checkCommandFields(ctx.name, ctx.command, entry.fields);
  checkReadConcern(ctx);
  enterSession(ctx);
  if (hit?.error) throw hit.error;
  const repeated = await repeatedReply(ctx);
  if (repeated) return repeated;
  const work = run(ctx, entry.handler);
  const reply = work instanceof Promise ? await tracked(ctx, work) : work;
  const durable = ctx.txn ? null : ctx.server.journal?.durable();
  if (durable && ctx.wrote) await durable;
  return withWriteConcern(ctx, reply, hit);
}

/** While a retryable write is waiting for a lock, its retry must not run beside it. */
async function tracked(ctx: CommandContext, work: Promise<Reply>): Promise<Reply> {
  if (ctx.retryable && ctx.session) {
    ctx.session.retry ??= {};
    ctx.session.retry.running = work.then(
      () => undefined,
      () => undefined,
    );
  }
  return work;
}

/** The remembered reply when this is the repetition of a write that has been carried out. */
async function repeatedReply(ctx: CommandContext): Promise<Reply | null> {
  if (!ctx.retryable || !ctx.session?.retry) return null;
  await ctx.session.retry.running;
  return ctx.session.retry.reply ?? null;
}

function run(ctx: CommandContext, handler: Handler): Reply | Promise<Reply> {
  let result: Reply | Promise<Reply>;
  try {
    result = handler(ctx);
  } catch (error) {
    ctx.flush();
    throw error;
  }
  if (!(result instanceof Promise)) return finish(ctx, result);
  return result.then(
    (reply) => finish(ctx, reply),
    (error: unknown) => {
      ctx.flush();
      throw error;
    },
  );
}

/** The reply is remembered before the changes are journaled, so that both get into the same record. */
function finish(ctx: CommandContext, reply: Reply): Reply {
  if (ctx.retryable && ctx.session) ctx.session.retry = { reply };
  ctx.flush();
  if (ctx.failTransaction && ctx.session) ctx.server.sessions.abort(ctx.session);
  return reply;
}

function checkReadConcern(ctx: CommandContext): void {
  const concern = ctx.command['readConcern'];
  if (!isDoc(concern)) return;
  if (concern['atClusterTime'] !== undefined) unsupported('readConcern atClusterTime (snapshot sessions)');
  if (concern['level'] === 'snapshot' && ctx.command['autocommit'] !== false)
    unsupported("readConcern level 'snapshot' outside a transaction");
}

function withWriteConcern(ctx: CommandContext, reply: Reply, hit: FailPointHit | null): Reply {
  const concern = ctx.command['writeConcern'];
  const w = isDoc(concern) ? concern['w'] : undefined;
  let out = reply;
  if (isNumeric(w) && toNumber(w) > 1) {
    out = { ...out, writeConcernError: { code: 100, codeName: codeName(100), errmsg: 'Not enough data-bearing nodes' } };
  }
  if (hit?.writeConcernError) {
    out = { ...out, writeConcernError: hit.writeConcernError, ...(hit.errorLabels ? { errorLabels: [...hit.errorLabels] } : {}) };
  }
  return out;
}

function tail(ctx: CommandContext): EncodableDoc {
  const time = clusterTime(ctx.store);
  return {
    ok: 1,
    ...(ctx.command['lsid'] === undefined ? {} : { $clusterTime: { clusterTime: time, signature: SIGNATURE } }),
    ...(WITHOUT_OPERATION_TIME.has(ctx.name) ? {} : { operationTime: time }),
  };
}

function failure(ctx: CommandContext, error: unknown, hit: FailPointHit | null): Reply {
  if (ctx.txn && ctx.session?.txn === ctx.txn) ctx.server.sessions.abort(ctx.session);
  const known = error instanceof MongoError ? error : new MongoError(1, error instanceof Error ? error.message : 'internal error');
  const { keyPattern, keyValue, errInfo } = known.details;
  const labels = labelsOf(ctx, known, hit);
  return {
    ...tail(ctx),
    ok: 0,
    errmsg: known.message,
    code: known.code,
    codeName: known.codeName,
    ...(keyPattern ? { keyPattern, keyValue } : {}),
    ...(errInfo ? { errInfo } : {}),
    ...(labels.length > 0 ? { errorLabels: labels } : {}),
  };
}

function labelsOf(ctx: CommandContext, error: MongoError, hit: FailPointHit | null): string[] {
  if (hit?.errorLabels) return [...hit.errorLabels];
  const inTransaction = ctx.command['autocommit'] === false;
  const ends = ENDS_TRANSACTION.has(ctx.name);
  const retryable = RETRYABLE_CODES.has(error.code);
  const labels = new Set(inTransaction ? (error.details.labels ?? []) : []);
  if (inTransaction && (TRANSIENT_CODES.has(error.code) || (retryable && !ends))) labels.add('TransientTransactionError');
  if (retryable && (ctx.retryable || ends)) labels.add('RetryableWriteError');
  return [...labels];
}
