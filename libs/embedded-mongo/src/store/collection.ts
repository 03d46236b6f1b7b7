import { UUID, type Binary } from 'bson';
import { parseCollation, type Collation } from '../bson/collation.js';
import { indexKey } from '../bson/index-key.js';
import { decode, decodeFields } from '../bson/decode.js';
import { typeName } from '../bson/type-names.js';
import { isDoc, Rank, rankOf, type Doc, type Value } from '../bson/value.js';
import { fail, writeConflict } from '../errors.js';
import { compileMatch, type DocTest, type MatchContext } from '../query/match.js';
import { CollectionIndex } from './collection-index.js';
import { duplicateKey } from './duplicate-key.js';
import { splitNamespace } from './namespace.js';
import { ABSENT, liveDocs, Version, type Rec } from './record.js';
import type { Store } from './store.js';
import { Blocked, type Transaction } from './transaction.js';

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const ID_INDEX: Doc = { v: 2, key: { _id: 1 }, name: '_id_' };

/** A document's keys in one index; null when there is nothing to do there. */
type Keys = readonly string[] | null;

/** A collection or view: its records, indexes and options. */
export class Collection {
  readonly uuid: Binary = new UUID().toBinary();
  readonly recs = new Map<string, Rec>();
  /** By name; the first is always the one on `_id`. */
  readonly indexes = new Map<string, CollectionIndex>();
  readonly collation: Collation | undefined;
  private validator: DocTest | null = null;
  /** Top-level fields on which the indexes depend, or have depended; null when that may be any. */
  private needed: Set<string> | null = new Set(['_id']);
  /** Committed documents. */
  count = 0;

  constructor(
    private readonly store: Store,
    public ns: string,
    readonly options: Doc,
    private readonly match: MatchContext,
  ) {
    this.collation = parseCollation(options['collation']);
    const spec = this.collation ? { ...ID_INDEX, collation: this.collation.spec } : ID_INDEX;
    this.indexes.set('_id_', new CollectionIndex(spec, () => this.recs.values()));
    this.compileValidator();
  }

  get name(): string {
    return splitNamespace(this.ns)[1];
  }

  get isView(): boolean {
    return this.options['viewOn'] !== undefined;
  }

  compileValidator(): void {
    const filter = this.options['validator'];
    this.validator = isDoc(filter) && Object.keys(filter).length > 0 ? compileMatch(filter, this.match) : null;
  }

  idKey(id: Value): string {
    return indexKey(id, this.collation);
  }

  /** The state of a record a reader sees: its own pending one, the snapshot's, or the newest committed. */
  visible(rec: Rec, txn: Transaction | null): Version | null {
    let v: Version | null = rec.current;
    if (txn) {
      if (rec.lock === txn) v = rec.pending;
      else while (v && v.ts > txn.snapshot) v = v.prev;
    }
    return v?.exists === true ? v : null;
  }

  insert(doc: Doc, txn: Transaction | null, bypassValidation = false, raw: Buffer | null = null): void {
    checkId(doc['_id']);
    this.validate(doc, bypassValidation);
    this.add(doc, new Version(doc, raw), txn);
  }

  /** Inserts bytes that have been checked. Where nothing asks for the whole document now, it is decoded when it is first read. */
  insertEncoded(raw: Buffer, txn: Transaction | null, bypassValidation = false): void {
    const { needed } = this;
    if (this.validator || !needed) {
      this.insert(decode(raw), txn, bypassValidation, raw);
      return;
    }
    const fields = decodeFields(raw, (name) => needed.has(name));
    checkId(fields['_id']);
    this.add(fields, new Version(null, raw), txn);
  }

  /** @param doc at least the fields on which the indexes depend */
  private add(doc: Doc, version: Version, txn: Transaction | null): void {
    checkSize(version);
    const id = this.idKey(doc['_id']);
    let rec = this.recs.get(id);
    if (rec) this.checkFree(rec, doc, txn);
    const keys = this.keysOf(doc, null);
    this.checkUnique(doc, keys, rec, null, txn);
    if (!rec) {
      rec = { id, suffix: this.store.nextSuffix(), current: ABSENT, lock: null, pending: null };
      this.recs.set(id, rec);
    }
    this.write(rec, version, keys, txn);
  }

  replace(rec: Rec, doc: Doc, txn: Transaction | null, bypassValidation = false, raw: Buffer | null = null): void {
    this.checkWritable(rec, txn);
    this.validate(doc, bypassValidation);
    const version = new Version(doc, raw);
    checkSize(version);
    const before = this.visible(rec, txn)?.doc ?? null;
    const keys = this.keysOf(doc, before);
    this.checkUnique(doc, keys, rec, before, txn);
    this.write(rec, version, keys, txn);
  }

  remove(rec: Rec, txn: Transaction | null): void {
    this.checkWritable(rec, txn);
    this.write(rec, new Version(null, null), [], txn);
  }

  /** Outside a transaction a lock means waiting; inside one, the first writer wins. */
  checkWritable(rec: Rec, txn: Transaction | null): void {
    if (rec.lock && rec.lock !== txn) {
      if (txn) writeConflict();
      throw new Blocked(rec.lock);
    }
    if (txn && rec.lock !== txn && rec.current.ts > txn.snapshot) writeConflict();
  }

  private checkFree(rec: Rec, doc: Doc, txn: Transaction | null): void {
    const state = rec.lock ? rec.pending : rec.current;
    if (rec.lock && rec.lock !== txn) this.checkWritable(rec, txn);
    if (txn && rec.lock !== txn && rec.current.ts > txn.snapshot) writeConflict();
    if (state?.exists === true) duplicateKey(this.ns, this.indexes.get('_id_') as CollectionIndex, doc, rec.id);
  }

  /** The keys in each index; null where the present state of the record has the same, and where the index is not in use yet. */
  private keysOf(doc: Doc, before: Doc | null): Keys[] {
    const out: Keys[] = [];
    for (const ix of this.indexes.values()) out.push(ix.isUnread || (before && ix.agreesOn(before, doc)) ? null : ix.keys(doc));
    return out;
  }

  private checkUnique(doc: Doc, keys: readonly Keys[], self: Rec | undefined, before: Doc | null, txn: Transaction | null): void {
    let i = 0;
    for (const ix of this.indexes.values()) {
      const own = keys[i++];
      if (!ix.unique || !own) continue;
      const unchanged = before ? new Set(ix.keys(before)) : null;
      for (const k of own) {
        if (unchanged?.has(k) === true) continue;
        for (const rec of ix.withKey(k)) if (rec !== self) this.checkHolder(ix, doc, k, rec, txn);
      }
    }
  }

  private checkHolder(ix: CollectionIndex, doc: Doc, key: string, rec: Rec, txn: Transaction | null): void {
    const holds = (v: Version | null): boolean => v?.exists === true && ix.keys(v.doc).includes(key);
    if (rec.lock && rec.lock !== txn) {
      if (!holds(rec.pending) && !holds(rec.current)) return;
      if (txn) writeConflict();
      throw new Blocked(rec.lock);
    }
    if (!holds(rec.lock ? rec.pending : rec.current)) return;
    if (txn && rec.lock !== txn && rec.current.ts > txn.snapshot) writeConflict();
    duplicateKey(this.ns, ix, doc, key);
  }

  private validate(doc: Doc, bypass: boolean): void {
    if (!this.validator || bypass || this.options['validationAction'] === 'warn' || this.options['validationLevel'] === 'off') return;
    if (this.validator(doc)) return;
    const specifiedAs = this.options['validator'];
    fail(121, 'Document failed validation', {
      errInfo: { failingDocumentId: doc['_id'], details: { operatorName: Object.keys(specifiedAs as Doc)[0], specifiedAs } },
    });
  }

  private write(rec: Rec, next: Version, keys: readonly Keys[], txn: Transaction | null): void {
    if (!txn) {
      this.index(rec, keys);
      this.publish(rec, next, this.store.nextTimestamp());
      return;
    }
    if (rec.lock !== txn) {
      rec.lock = txn;
      txn.writes.push([this, rec]);
    }
    const before = rec.pending;
    rec.pending = next;
    this.index(rec, keys);
    if (before?.exists === true) this.unindex(rec, before.doc);
  }

  private index(rec: Rec, keys: readonly Keys[]): void {
    if (keys.length === 0) return;
    let i = 0;
    for (const ix of this.indexes.values()) {
      const own = keys[i++];
      if (own) ix.add(own, rec);
    }
  }

  /** Removes the index entries of a state that has just stopped being one of the record's live states. */
  unindex(rec: Rec, doc: Doc): void {
    const kept = liveDocs(rec);
    for (const ix of this.indexes.values()) {
      if (!ix.isUnread && !kept.some((state) => ix.agreesOn(state, doc))) ix.remove(ix.keys(doc), rec, kept);
    }
  }

  /** Makes a version the current one. The old one stays while an open transaction may still read it. */
  publish(rec: Rec, version: Version, ts: number): void {
    const old = rec.current;
    version.ts = ts;
    rec.current = version;
    rec.lock = null;
    rec.pending = null;
    this.count += Number(version.exists) - Number(old.exists);
    this.store.logWrite(this, version, old);
    if (this.store.hasOpenTransactions()) {
      if (old !== ABSENT) version.prev = old;
      this.store.retire(this, rec, old, version.ts);
    } else this.discard(rec, old);
  }

  /** A transaction ended without effect on this record. */
  rollback(rec: Rec): void {
    const { pending } = rec;
    rec.lock = null;
    rec.pending = null;
    if (pending?.exists === true) this.unindex(rec, pending.doc);
    this.forgetIfEmpty(rec);
  }

  /** No reader can ask for this version any more. */
  discard(rec: Rec, old: Version): void {
    for (let v: Version | null = rec.current; v; v = v.prev) if (v.prev === old) v.prev = null;
    if (old.exists) this.unindex(rec, old.doc);
    this.forgetIfEmpty(rec);
  }

  private forgetIfEmpty(rec: Rec): void {
    if (!rec.lock && !rec.current.exists && !rec.current.prev && this.recs.get(rec.id) === rec) this.recs.delete(rec.id);
  }

  createIndex(spec: Doc): void {
    const ix = new CollectionIndex(spec);
    for (const rec of this.recs.values()) {
      const doc = rec.current.exists ? rec.current.doc : null;
      const keys = doc ? ix.keys(doc) : [];
      if (doc && ix.unique) {
        for (const k of keys) for (const other of ix.withKey(k)) if (other !== rec) duplicateKey(this.ns, ix, doc, k);
      }
      for (const d of liveDocs(rec)) ix.add(d === doc ? keys : ix.keys(d), rec);
    }
    this.indexes.set(ix.name, ix);
    if (!ix.needs) this.needed = null;
    else for (const field of ix.needs) this.needed?.add(field);
  }
}

function checkSize(version: Version): void {
  const { length } = version.raw;
  if (length > MAX_DOCUMENT_BYTES) {
    fail(10334, `BSONObj size: ${length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}(16MB)`);
  }
}

function checkId(id: Value): void {
  const rank = rankOf(id);
  if (rank === Rank.Array || rank === Rank.Regex || rank === Rank.Undefined) fail(53, `The '_id' value cannot be of type ${typeName(id)}`);
  if (!isDoc(id)) return;
  const bad = Object.keys(id).find((k) => k.startsWith('$'));
  if (bad !== undefined) fail(52, `_id fields may not contain '$'-prefixed fields: ${bad} is not valid for storage.`);
}
