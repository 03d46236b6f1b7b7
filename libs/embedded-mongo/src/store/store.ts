import { RawBson, type EncodableDoc } from '../bson/encode.js';
import { base128 } from '../bson/index-key.js';
import type { Doc } from '../bson/value.js';
import { fail } from '../errors.js';
import type { MatchContext } from '../query/match.js';
import { Collection } from './collection.js';
import { splitNamespace } from './namespace.js';
import type { Rec, Version } from './record.js';
import { Transaction } from './transaction.js';

interface Retired {
  readonly collection: Collection;
  readonly rec: Rec;
  readonly old: Version;
  /** Commit number of the version that replaced it. */
  readonly replacedAt: number;
}

/** One change of the data, as it is journaled and replayed. */
export type Change =
  | { k: 'put'; n: string; d: RawBson }
  | { k: 'del'; n: string; i: EncodableDoc }
  | { k: 'create'; n: string; d: Doc }
  | { k: 'options'; n: string; d: Doc }
  | { k: 'drop'; n: string }
  | { k: 'rename'; n: string; to: string }
  | { k: 'index'; n: string; d: Doc }
  | { k: 'dropIndex'; n: string; name: string };

const SUFFIX_DIGITS = 6;

/** All databases in memory. Every statement runs synchronously, so no reader ever sees half of one. */
export class Store {
  readonly dbs = new Map<string, Map<string, Collection>>();
  timestamp = 1;
  private readonly byNamespace = new Map<string, Collection>();
  private readonly open = new Set<Transaction>();
  private sequence = 0;
  private suffixStart = base128(0, SUFFIX_DIGITS - 1);
  private retired: Retired[] = [];
  private changes: Change[] = [];

  constructor(
    private readonly match: MatchContext,
    /** False keeps no changes: memory-only servers and replay. */
    public recording: boolean,
  ) {}

  nextTimestamp(): number {
    return ++this.timestamp;
  }

  /** Grows from record to record. All its digits but the last change once in 128. */
  nextSuffix(): string {
    const last = ++this.sequence % 128;
    if (last === 0) this.suffixStart = base128(this.sequence / 128, SUFFIX_DIGITS - 1);
    return this.suffixStart + String.fromCharCode(last);
  }

  collection(ns: string): Collection | undefined {
    return this.byNamespace.get(ns);
  }

  ensureCollection(ns: string, options: Doc = {}): Collection {
    const existing = this.collection(ns);
    if (existing) return existing;
    const [db, name] = splitNamespace(ns);
    if (db === '' || name === '' || name.includes('$') || ns.includes('\0')) fail(73, `Invalid namespace specified '${ns}'`);
    const created = new Collection(this, ns, options, this.match);
    let collections = this.dbs.get(db);
    if (!collections) this.dbs.set(db, (collections = new Map<string, Collection>()));
    collections.set(name, created);
    this.byNamespace.set(ns, created);
    this.log({ k: 'create', n: ns, d: options });
    return created;
  }

  dropCollection(ns: string): void {
    const [db, name] = splitNamespace(ns);
    const collections = this.dbs.get(db);
    collections?.delete(name);
    this.byNamespace.delete(ns);
    if (collections?.size === 0) this.dbs.delete(db);
    this.log({ k: 'drop', n: ns });
  }

  renameCollection(from: string, to: string): void {
    const c = this.collection(from) ?? fail(26, `Source collection ${from} does not exist`);
    const recording = this.recording;
    this.recording = false;
    this.dropCollection(from);
    this.recording = recording;
    const [db, name] = splitNamespace(to);
    let collections = this.dbs.get(db);
    if (!collections) this.dbs.set(db, (collections = new Map<string, Collection>()));
    collections.set(name, c);
    this.byNamespace.set(to, c);
    c.ns = to;
    this.log({ k: 'rename', n: from, to });
  }

  createIndex(c: Collection, spec: Doc): void {
    c.createIndex(spec);
    this.log({ k: 'index', n: c.ns, d: spec });
  }

  dropIndex(c: Collection, name: string): void {
    c.indexes.delete(name);
    this.log({ k: 'dropIndex', n: c.ns, name });
  }

  setOptions(c: Collection, changed: Doc): void {
    Object.assign(c.options, changed);
    c.compileValidator();
    this.log({ k: 'options', n: c.ns, d: c.options });
  }

  begin(): Transaction {
    const txn = new Transaction(this.timestamp);
    this.open.add(txn);
    return txn;
  }

  hasOpenTransactions(): boolean {
    return this.open.size > 0;
  }

  get openTransactions(): number {
    return this.open.size;
  }

  commit(txn: Transaction): void {
    const ts = this.nextTimestamp();
    this.open.delete(txn);
    for (const [c, rec] of txn.writes) {
      const { pending } = rec;
      // Inserted and deleted again inside the transaction: nobody else ever saw it.
      if (!pending || (!pending.exists && !rec.current.exists)) c.rollback(rec);
      else c.publish(rec, pending, ts);
    }
    this.finish(txn);
  }

  abort(txn: Transaction): void {
    if (!this.open.delete(txn)) return;
    for (const [c, rec] of txn.writes) c.rollback(rec);
    this.finish(txn);
  }

  private finish(txn: Transaction): void {
    txn.end();
    this.discardRetired();
  }

  retire(collection: Collection, rec: Rec, old: Version, replacedAt: number): void {
    this.retired.push({ collection, rec, old, replacedAt });
  }

  /** Index entries may point to states that only open transactions see. */
  get hasRetired(): boolean {
    return this.retired.length > 0 || this.open.size > 0;
  }

  /** Transactions are kept in the order they began, so the first has the oldest snapshot. */
  private discardRetired(): void {
    const oldest = this.open.values().next().value?.snapshot ?? Infinity;
    let n = 0;
    for (const r of this.retired) {
      if (r.replacedAt > oldest) break;
      r.collection.discard(r.rec, r.old);
      n++;
    }
    if (n > 0) this.retired = this.retired.slice(n);
  }

  logWrite(c: Collection, version: Version, old: Version): void {
    if (!this.recording) return;
    if (version.exists) this.log({ k: 'put', n: c.ns, d: new RawBson(version.raw) });
    else if (old.exists) this.log({ k: 'del', n: c.ns, i: { _id: old.doc['_id'] } });
  }

  private log(change: Change): void {
    if (this.recording) this.changes.push(change);
  }

  /** Takes the changes made since the last call. */
  takeChanges(): Change[] {
    if (this.changes.length === 0) return this.changes;
    const taken = this.changes;
    this.changes = [];
    return taken;
  }
}
