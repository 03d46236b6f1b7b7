import { truthy, type Doc } from '../bson/value.js';
import { fail, MongoError } from '../errors.js';
import { Blocked } from '../store/transaction.js';
import type { CommandContext, Reply } from './context.js';
import type { BatchProgress } from './session.js';

/** Runs a statement; outside a transaction it waits for locks and is tried again from its beginning. */
export function untilUnlocked<T>(ctx: CommandContext, statement: () => T): T | Promise<T> {
  try {
    return statement();
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    return waitFor(ctx, error).then(() => untilUnlocked(ctx, statement));
  }
}

async function waitFor(ctx: CommandContext, blocked: Blocked): Promise<void> {
  // Others may build on what this command has done so far, so it goes to the journal now.
  ctx.flush();
  if (ctx.deadline === Infinity) {
    await blocked.transaction.ended;
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ctx.deadline - Date.now()) + 1);
  });
  await Promise.race([blocked.transaction.ended, timeUp]);
  clearTimeout(timer);
  ctx.checkTime();
}

/** The progress of this command: that of an interrupted first attempt when the client repeats it. */
export function batchProgress(ctx: CommandContext): BatchProgress {
  const progress = ctx.session?.retry?.progress ?? { next: 0, n: 0, nModified: 0, upserted: [], writeErrors: [] };
  if (ctx.retryable && ctx.session) ctx.session.retry = { ...ctx.session.retry, progress };
  return progress;
}

/** Runs the statements of a write command one after the other, each atomic. */
export function runBatch(
  ctx: CommandContext,
  count: number,
  progress: BatchProgress,
  statement: (i: number) => void,
): void | Promise<void> {
  const ordered = ctx.command['ordered'] === undefined || truthy(ctx.command['ordered']);
  while (progress.next < count && !(progress.writeErrors.length > 0 && ordered)) {
    try {
      statement(progress.next);
    } catch (error) {
      if (error instanceof Blocked) return waitFor(ctx, error).then(() => runBatch(ctx, count, progress, statement));
      if (!(error instanceof MongoError) || endsCommand(error, ctx)) throw error;
      progress.writeErrors.push(writeError(error, progress.next));
      if (ctx.txn) {
        ctx.failTransaction = true;
        return;
      }
    }
    progress.next++;
  }
}

/** Conflicts and lost transactions are errors of the command, not of one statement. */
export function endsCommand(error: MongoError, ctx: CommandContext): boolean {
  return error.code === 50 || (ctx.txn !== null && (error.code === 112 || error.code === 251));
}

export function writeError(error: MongoError, index: number): Doc {
  const { keyPattern, keyValue, errInfo } = error.details;
  return {
    index,
    code: error.code,
    errmsg: error.message,
    ...(keyPattern ? { keyPattern, keyValue } : {}),
    ...(errInfo ? { errInfo } : {}),
  };
}

export function batchReply(progress: BatchProgress, fields: Reply): Reply {
  return { n: progress.n, ...fields, ...(progress.writeErrors.length > 0 ? { writeErrors: progress.writeErrors } : {}) };
}

export function statements(ctx: CommandContext, field: string): readonly Doc[] {
  const list = ctx.command[field];
  if (!Array.isArray(list)) fail(40414, `BSON field '${ctx.name}.${field}' is missing but a required field`);
  checkBatchSize(list.length);
  return list as Doc[];
}

export function checkBatchSize(size: number): void {
  if (size === 0 || size > 100_000) fail(16, `Write batch sizes must be between 1 and 100000. Got ${size} operations.`);
}

/** Waits for a batch that may have had to wait, then builds the reply. */
export function afterBatch(done: void | Promise<void>, reply: () => Reply): Reply | Promise<Reply> {
  return done instanceof Promise ? done.then(reply) : reply();
}
