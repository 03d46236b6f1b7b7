import { Timestamp } from 'bson';
import { parseCollation, type Collation } from '../bson/collation.js';
import type { EncodableDoc } from '../bson/encode.js';
import { isDoc, isNumeric, toNumber, type Doc, type Value } from '../bson/value.js';
import { typeName } from '../bson/type-names.js';
import { fail } from '../errors.js';
import { rootScope } from '../expr/compile.js';
import type { Scope } from '../expr/scope.js';
import type { Journal } from '../journal/journal.js';
import type { MatchContext } from '../query/match.js';
import type { Collection } from '../store/collection.js';
import { journalRecord } from '../store/persistence.js';
import type { Store } from '../store/store.js';
import type { Transaction } from '../store/transaction.js';
import type { Cursors } from './cursors.js';
import type { FailPoint } from './fail-point.js';
import type { Session, Sessions } from './session.js';

/** Everything the commands of one server share. */
export interface ServerState {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly cursors: Cursors;
  readonly journal: Journal | null;
  readonly startedAt: number;
  readonly counters: Map<string, number>;
  failPoint: FailPoint | null;
  readonly host: string;
  port: number;
  connections(): number;
}

export interface Connection {
  readonly id: number;
  readonly peer: string;
  /** Address under which this client reached the server. */
  readonly address: string;
  appName: string | null;
  close(): void;
}

export type Reply = EncodableDoc;
export type Handler = (ctx: CommandContext) => Reply | Promise<Reply>;

/** One running command. */
export class CommandContext {
  txn: Transaction | null = null;
  session: Session | null = null;
  /** A retryable write: its outcome is remembered with the session. */
  retryable = false;
  /** A statement failed inside the transaction, which is over with it. */
  failTransaction = false;
  /** Set once changes of this command went to the journal: its reply has to wait for the disk. */
  wrote = false;
  readonly now = new Date();
  readonly deadline: number;
  private compiledScope: Scope | null = null;

  constructor(
    readonly server: ServerState,
    readonly connection: Connection,
    readonly name: string,
    readonly command: Doc,
    /** See `Request`. */
    readonly documents: readonly Buffer[] | null,
  ) {
    const limit = command['maxTimeMS'];
    const ms = isNumeric(limit) ? toNumber(limit) : 0;
    this.deadline = ms > 0 ? this.now.getTime() + ms : Infinity;
  }

  get store(): Store {
    return this.server.store;
  }

  get db(): string {
    const db = this.command['$db'];
    return typeof db === 'string' ? db : fail(40414, "BSON field '$db' is missing but a required field");
  }

  /** Namespace from the command's first argument. */
  get ns(): string {
    return this.namespace(this.command[this.name]);
  }

  namespace(name: Value): string {
    if (typeof name !== 'string') fail(73, `collection name has invalid type ${typeName(name)}`);
    if (name === '') fail(73, `Invalid namespace specified '${this.db}.'`);
    return `${this.db}.${name}`;
  }

  /** Variables of the command's `let`, and `$$NOW`. */
  get scope(): Scope {
    return (this.compiledScope ??= rootScope(this.now, this.command['let']));
  }

  /** Collation of a command or statement, else that of the collection. */
  collation(spec: Doc, c: Collection | undefined): Collation | undefined {
    return isDoc(spec['collation']) && Object.keys(spec['collation']).length > 0 ? parseCollation(spec['collation']) : c?.collation;
  }

  match(collation: Collation | undefined): MatchContext {
    return { collation, expression: (e) => this.scope.compile(e) };
  }

  readonly checkTime = (): void => {
    if (Date.now() > this.deadline) fail(50, 'operation exceeded time limit');
  };

  /** Hands the changes made so far to the journal, with the session's state when it must be remembered. */
  flush(): void {
    const changes = this.store.takeChanges();
    if (changes.length === 0 || !this.server.journal) return;
    this.wrote = true;
    const remember = this.retryable || this.session?.state === 'committed';
    this.server.journal.append(journalRecord(this.store, changes, remember ? this.session : null));
  }
}

/** Documents inside a command. */
export function docOf(v: Value, field: string): Doc {
  if (v === undefined || v === null) return {};
  return isDoc(v) ? v : fail(14, `BSON field '${field}' is the wrong type '${typeName(v)}', expected type 'object'`);
}

export function clusterTime(store: Store): Timestamp {
  return new Timestamp({ t: Math.floor(Date.now() / 1000), i: store.timestamp & 0x7fffffff });
}
