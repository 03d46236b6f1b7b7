import { Binary } from 'bson';
import { binaryBytes, isDoc, isNumeric, toNumber, type Doc } from '../bson/value.js';
import { fail } from '../errors.js';
import type { CommandContext } from './context.js';
import type { Session } from './session.js';

/** Commands that may be part of a transaction. Creating things inside one is left out: it would not be isolated. */
const IN_TRANSACTION = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'find',
  'getMore',
  'killCursors',
  'aggregate',
  'distinct',
  'bulkWrite',
  'commitTransaction',
  'abortTransaction',
]);
const RETRYABLE = new Set(['insert', 'update', 'delete', 'findAndModify', 'bulkWrite']);
const TRANSIENT = { labels: ['TransientTransactionError'] };

export function sessionId(lsid: Doc): string {
  const id = lsid['id'];
  if (!(id instanceof Binary)) fail(40414, "BSON field 'lsid.id' is missing but a required field");
  return Buffer.from(binaryBytes(id)).toString('hex');
}

/** Attaches the command to its session and transaction, and checks its number against the newest one. */
export function enterSession(ctx: CommandContext): void {
  const { command } = ctx;
  if (!isDoc(command['lsid'])) return;
  const s = ctx.server.sessions.get(sessionId(command['lsid']));
  ctx.session = s;
  if (!isNumeric(command['txnNumber'])) return;
  const number = toNumber(command['txnNumber']);
  if (command['autocommit'] === false) enterTransaction(ctx, s, number);
  else if (RETRYABLE.has(ctx.name)) enterRetryableWrite(ctx, s, number);
  else fail(50768, `txnNumber may only be provided for multi-document transactions and retryable write commands. Command: ${ctx.name}`);
}

function enterTransaction(ctx: CommandContext, s: Session, number: number): void {
  const { name, command } = ctx;
  if (!IN_TRANSACTION.has(name)) fail(263, `Cannot run '${name}' in a multi-document transaction.`);
  const ending = name === 'commitTransaction' || name === 'abortTransaction';
  if (command['writeConcern'] !== undefined && !ending) fail(72, 'writeConcern is not allowed within a multi-statement transaction');
  if (command['startTransaction'] === true) {
    if (number < s.number) fail(225, `Cannot start transaction ${number} because a newer transaction ${s.number} has already started`);
    if (number === s.number && s.state !== 'none') fail(251, `Transaction ${number} has already been started`, TRANSIENT);
    ctx.server.sessions.abort(s);
    s.number = number;
    s.txn = ctx.store.begin();
    s.state = 'active';
    s.retry = null;
  } else if (number !== s.number || (!ending && !s.txn)) {
    fail(
      251,
      `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${s.number}`,
      TRANSIENT,
    );
  }
  if (!ending) ctx.txn = s.txn;
}

function enterRetryableWrite(ctx: CommandContext, s: Session, number: number): void {
  if (number < s.number) {
    fail(
      225,
      `Retryable write with txnNumber ${number} is prohibited on session because a newer one with txnNumber ${s.number} has started`,
    );
  }
  if (number > s.number) {
    if (s.txn) ctx.server.sessions.abort(s);
    s.number = number;
    s.state = 'retryable';
    s.retry = null;
  }
  ctx.retryable = true;
}
