import { sameCollation, parseCollation, type Collation } from '../bson/collation.js';
import { indexKey, invert } from '../bson/index-key.js';
import { expectString, hasField, isDoc, Rank, rankOf, toNumber, truthy, type Doc, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { docFromPaths, namesItsPaths, pathsOf, type Constraint } from '../query/constraints.js';
import { compileMatch, type DocTest } from '../query/match.js';
import { walk } from '../query/path.js';
import type { Rec } from './record.js';
import { SortedMap } from './sorted-map.js';

export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly descending: boolean;
}

/** Ordered index: an entry is the encoded field values followed by the record's suffix. */
export class CollectionIndex {
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  readonly collation: Collation | undefined;
  private readonly sorted = new SortedMap<Rec>();
  /** Set once a document had an array in an indexed field; such an index gives no order and only one bound of a range. */
  multikey = false;
  /** No field lies inside another. */
  private readonly isFlat: boolean;
  private readonly partial: DocTest | null;
  private readonly partialPaths: readonly string[];
  /** Top-level fields on which the keys of a document depend; null when that may be any. */
  readonly needs: ReadonlySet<string> | null;
  /** Of the partial paths those that need no more than to be there. */
  private readonly presencePaths: ReadonlySet<string>;

  /** @param records of the index on `_id`: gives all there are when it is read for the first time */
  constructor(
    readonly spec: Doc,
    private records: (() => Iterable<Rec>) | null = null,
  ) {
    this.name = expectString(spec['name'], 'index name');
    this.fields = Object.entries(spec['key'] as Doc).map(([path, d]) => ({
      path,
      parts: path.split('.'),
      descending: toNumber(d) < 0,
    }));
    this.isFlat = this.fields.every(({ parts }) => parts.length === 1);
    this.unique = truthy(spec['unique']);
    this.sparse = truthy(spec['sparse']);
    this.hidden = truthy(spec['hidden']);
    this.collation = parseCollation(spec['collation']);
    const filter = spec['partialFilterExpression'];
    this.partial = isDoc(filter) ? compileMatch(filter) : null;
    this.partialPaths = isDoc(filter) ? pathsOf(filter) : [];
    const paths = [...this.fields.map(({ path }) => path), ...this.partialPaths];
    this.needs = isDoc(filter) && !namesItsPaths(filter) ? null : new Set(paths.map((path) => path.split('.')[0] ?? path));
    this.presencePaths = new Set(isDoc(filter) ? this.partialPaths.filter((path) => isPresence(filter[path])) : []);
  }

  /** Nobody has read it yet, so nobody needs to keep it up to date. */
  get isUnread(): boolean {
    return this.records !== null;
  }

  /**
   * Keys and record suffixes in order. Documents are found by their whole `_id` without an index, so the one on `_id` is only
   * filled when somebody asks for a range or an order.
   */
  get entries(): SortedMap<Rec> {
    if (this.records) {
      for (const rec of this.records()) this.sorted.set(rec.id + rec.suffix, rec);
      this.records = null;
    }
    return this.sorted;
  }

  covers(doc: Doc): boolean {
    return this.partial === null || this.partial(doc);
  }

  /** Whether every match of a query is in this index. */
  usableFor(constraints: ReadonlyMap<string, Constraint>, collation: Collation | undefined): boolean {
    if (this.hidden || !sameCollation(this.collation, collation)) return false;
    if (this.partial && !this.partialHolds(this.partial, constraints)) return false;
    return !this.sparse || this.fields.some((f) => demandsPresence(constraints.get(f.path)));
  }

  /** Whether what is known of every match is enough to know that the partial filter takes it in. */
  private partialHolds(partial: DocTest, constraints: ReadonlyMap<string, Constraint>): boolean {
    const known: [string, Value][] = [];
    for (const path of this.partialPaths) {
      const c = constraints.get(path);
      if (c?.hasEq === true) known.push([path, c.eq]);
      else if (this.presencePaths.has(path) && demandsPresence(c)) known.push([path, true]);
      else return false;
    }
    // What equals null may also be absent.
    return partial(docFromPaths(known)) && partial(docFromPaths(known.filter(([, v]) => v !== null)));
  }

  encodeField(v: Value, field: IndexField): string {
    const key = indexKey(v, this.collation);
    return field.descending ? invert(key) : key;
  }

  /** Index keys of a document, without the record suffix. */
  keys(doc: Doc): readonly string[] {
    if (!this.covers(doc)) return [];
    return (this.isFlat ? this.singleKey(doc) : undefined) ?? this.combinations(doc);
  }

  /** The same key, or none, for both: nothing that the index looks at is different. May say no although it is so. */
  agreesOn(one: Doc, other: Doc): boolean {
    if (!this.isFlat || this.partial !== null) return false;
    return this.fields.every(({ path }) => hasField(one, path) === hasField(other, path) && Object.is(one[path], other[path]));
  }

  /** The usual case, without a detour: no field holds an array. Undefined when one does. */
  private singleKey(doc: Doc): string[] | undefined {
    let key = '';
    let isPresent = false;
    for (const field of this.fields) {
      const v = hasField(doc, field.path) ? doc[field.path] : undefined;
      if (Array.isArray(v)) return undefined;
      if (v !== undefined) isPresent = true;
      key += this.encodeField(v ?? null, field);
    }
    return this.sparse && !isPresent ? [] : [key];
  }

  private combinations(doc: Doc): string[] {
    const perField = this.fields.map((f) => this.fieldKeys(doc, f));
    if (perField.filter((f) => f.array).length > 1) fail(171, `cannot index parallel arrays in index ${this.name}`);
    if (this.sparse && !perField.some((f) => f.present)) return [];
    let out = [''];
    for (const { keys } of perField) {
      if (keys.length > 1) this.multikey = true;
      out = out.flatMap((prefix) => keys.map((k) => prefix + k));
    }
    return out;
  }

  private fieldKeys(doc: Doc, field: IndexField): { keys: string[]; present: boolean; array: boolean } {
    const values: Value[] = [];
    walk(doc, field.parts, 0, (v) => {
      values.push(v);
      return false;
    });
    const array = values.some((v) => Array.isArray(v));
    if (array) this.multikey = true;
    // An empty array has a key of its own, below null.
    const elements = values.flatMap((v) => (Array.isArray(v) ? (v.length === 0 ? [undefined] : v.map((e) => e ?? null)) : [v ?? null]));
    const keys = new Set((elements.length === 0 ? [null] : elements).map((v) => this.encodeField(v, field)));
    return { keys: [...keys], present: values.some((v) => v !== undefined), array };
  }

  add(keys: readonly string[], rec: Rec): void {
    for (const k of keys) this.entries.set(k + rec.suffix, rec);
  }

  /** Removes entries of one document state unless another state of the record has them too. */
  remove(keys: readonly string[], rec: Rec, kept: readonly Doc[]): void {
    if (keys.length === 0) return;
    const keep = new Set(kept.flatMap((d) => this.keys(d)));
    for (const k of keys) if (!keep.has(k)) this.entries.delete(k + rec.suffix);
  }

  /** Records with exactly this key. */
  *withKey(key: string): Generator<Rec> {
    const found: Rec[] = [];
    this.entries.ascend(key, `${key}\xff`, (rec) => {
      found.push(rec);
      return false;
    });
    yield* found;
  }
}

/** What is compared with these may be missing. */
const EVERYTHING: ReadonlySet<number> = new Set([Rank.Null, Rank.MinKey, Rank.MaxKey]);

function isPresence(condition: Value): boolean {
  return isDoc(condition) && Object.keys(condition).length === 1 && truthy(condition['$exists']);
}

/** A sparse index leaves out documents without the field, which `null` and negative conditions would match. */
function demandsPresence(c: Constraint | undefined): boolean {
  if (!c) return false;
  if (c.hasEq) return c.eq !== null && c.eq !== undefined;
  if (c.in) return !c.in.includes(null);
  return c.ranges.some(([, v]) => !EVERYTHING.has(rankOf(v)));
}
