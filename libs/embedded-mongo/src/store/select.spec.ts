import { describe, expect, it } from '@jest/globals';
import { Double, Long } from 'bson';
import fc from 'fast-check';
import { parseSort } from '../query/sort.js';
import { encode } from '../bson/encode.js';
import type { Doc, Value } from '../bson/value.js';
import { planQuery } from './planner.js';
import { select } from './select.js';
import { Store } from './store.js';
import type { Transaction } from './transaction.js';

const scalar: fc.Arbitrary<Value> = fc.constantFrom<Value[]>(
  null,
  0,
  1,
  2,
  3,
  new Double(1.5),
  Long.fromNumber(2),
  'a',
  'b',
  true,
  new Date(1),
);
const field: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const documentFields = fc.record({ a: scalar, b: field, c: scalar });
const condition: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), scalar).map(([op, v]): Doc => ({ [op]: v })),
  fc.tuple(scalar, scalar).map(([low, high]): Doc => ({ $gte: low, $lt: high })),
  fc.array(scalar, { minLength: 1, maxLength: 3 }).map((v): Doc => ({ $in: v })),
);
const filter = fc.dictionary(fc.constantFrom('a', 'b', 'c'), condition, { maxKeys: 3, noNullPrototype: true });
const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(1, -1)), { maxLength: 2, selector: ([k]) => k });
/** Of an index by its place: what it leaves out. */
const OPTIONS: readonly Doc[] = [
  {},
  { sparse: true },
  { partialFilterExpression: { b: { $exists: true } } },
  { partialFilterExpression: { a: null } },
  { partialFilterExpression: { $and: [{ b: { $exists: true } }, { c: { $gt: 1 } }] } },
];
const INDEXES: readonly Doc[] = [{ a: 1 }, { b: 1 }, { a: 1, c: -1 }, { c: -1, b: 1 }, { a: -1, b: -1, c: 1 }];

function fill(docs: readonly Doc[], indexes: readonly Doc[]): Store {
  const store = new Store({}, false);
  const c = store.ensureCollection('t.c');
  indexes.forEach((key, i) => c.createIndex({ v: 2, key, name: `i${i}`, ...OPTIONS[i] }));
  docs.forEach((d, i) => {
    const doc = { _id: i, ...d };
    // In both forms in which documents come.
    if (i % 2 === 0) c.insert(doc, null);
    else c.insertEncoded(encode(doc), null);
  });
  return store;
}

interface Question {
  readonly filter: Doc;
  readonly sort: Doc;
  readonly limit: number;
}

function ask(store: Store, q: Question, txn: Transaction | null = null): unknown[] {
  const c = store.ensureCollection('t.c');
  const found = select(store, c, {
    filter: q.filter,
    match: {},
    collation: undefined,
    txn,
    sort: parseSort(q.sort),
    limit: q.limit,
    checkTime: () => undefined,
  });
  return found.map((f) => f.version.doc['_id']);
}

describe('queries with indexes', () => {
  const question = fc.record({
    filter,
    sort: sort.map((s): Doc => Object.fromEntries([...s, ['_id', 1]])),
    limit: fc.constantFrom(0, 1, 3),
  });
  const indexes = fc.subarray([...INDEXES]);

  it('find the same documents in the same order as without', () => {
    fc.assert(
      fc.property(
        fc.array(documentFields, { maxLength: 25 }),
        indexes,
        fc.array(question, { minLength: 1, maxLength: 6 }),
        (docs, keys, questions) => {
          const plain = fill(docs, []);
          const indexed = fill(docs, keys);
          for (const q of questions) expect(ask(indexed, q)).toEqual(ask(plain, q));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('show each transaction its own state while others change the documents', () => {
    const change = fc.record({ id: fc.nat(9), fields: fc.option(documentFields), inside: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(documentFields, { minLength: 10, maxLength: 10 }),
        indexes,
        fc.array(change, { maxLength: 8 }),
        question,
        (docs, keys, changes, q) => {
          const stores = [fill(docs, []), fill(docs, keys)];
          const [plain, indexed] = stores.map((store) => {
            const c = store.ensureCollection('t.c');
            const reader = store.begin();
            const writer = store.begin();
            const before = ask(store, q, reader);
            for (const { id, fields, inside } of changes) {
              const rec = c.recs.get(c.idKey(id));
              const txn = inside ? writer : null;
              try {
                if (rec && c.visible(rec, txn)) {
                  if (fields) c.replace(rec, { _id: id, ...fields }, txn);
                  else c.remove(rec, txn);
                } else if (fields) c.insert({ _id: id, ...fields }, txn);
              } catch {
                // A conflict or a lock: the same in both stores.
              }
            }
            const snapshots = [ask(store, q, reader), ask(store, q, writer), ask(store, q)];
            store.commit(writer);
            const committed = [ask(store, q, reader), ask(store, q)];
            store.abort(reader);
            expect(snapshots[0]).toEqual(before);
            expect(committed[0]).toEqual(before);
            return [...snapshots, ...committed, ask(store, q)];
          });
          expect(indexed).toEqual(plain);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('find what changed before and after the index on _id was first read', () => {
    const store = fill([{}, {}, {}, {}, {}], []);
    const c = store.ensureCollection('t.c');
    const change = (id: number, txn: Transaction | null): void => {
      const rec = c.recs.get(c.idKey(id));
      if (rec) c.remove(rec, txn);
      else c.insert({ _id: id }, txn);
    };
    const newest = (txn: Transaction | null = null): unknown[] =>
      ask(store, { filter: { _id: { $gt: 0 } }, sort: { _id: -1 }, limit: 0 }, txn);
    const reader = store.begin();
    const writer = store.begin();
    change(1, null);
    change(2, writer);
    change(6, writer);
    expect(newest()).toEqual([4, 3, 2]);
    expect(newest(reader)).toEqual([4, 3, 2, 1]);
    expect(newest(writer)).toEqual([6, 4, 3, 1]);
    change(3, null);
    change(7, null);
    store.commit(writer);
    expect(newest(reader)).toEqual([4, 3, 2, 1]);
    store.abort(reader);
    expect(newest()).toEqual([7, 6, 4]);
  });

  it('know all that the filter of a partial index looks at', () => {
    const partialFilterExpression = { $jsonSchema: { required: ['x'] } };
    const store = fill([], []);
    const c = store.ensureCollection('t.c');
    c.createIndex({ v: 2, key: { a: 1 }, name: 'a', unique: true, partialFilterExpression });
    for (const [_id, x] of [true, undefined, undefined].entries()) c.insertEncoded(encode({ _id, a: 1, x }), null);
    expect(() => c.insertEncoded(encode({ _id: 3, a: 1, x: 1 }), null)).toThrow(expect.objectContaining({ code: 11000 }));
  });

  it.each<[string, Doc, Doc, string]>([
    ['equality on a prefix, order by the next field', { a: 1 }, { c: -1 }, 'forward'],
    ['the opposite order', { a: 1 }, { c: 1 }, 'backward'],
    ['a range on the sort field', { a: 1, c: { $gt: 0 } }, { c: -1 }, 'forward'],
    ['no order with several points', { a: { $in: [1, 2] } }, { c: -1 }, 'none'],
  ])('use the index for %s', (_, where, by, order) => {
    const store = fill([{ a: 1, c: 1 }], [{ a: 1, c: -1 }]);
    const plan = planQuery(store.ensureCollection('t.c'), where, parseSort(by), undefined, false);
    expect(plan).toMatchObject({ kind: 'index', order });
  });

  it.each<[string, Doc, Doc]>([
    ['a value', { a: 1 }, { a: { $exists: true } }],
    ['a range', { a: { $gt: 0 } }, { a: { $exists: true } }],
    ['one of several values', { a: { $in: [1, 2] } }, { a: { $exists: true } }],
    ['a value and what else it asks for', { a: 1, b: false }, { a: { $exists: true }, b: false }],
    ['nothing there', { a: 1, b: null }, { b: null }],
  ])('use a partial index for %s', (_, where, partialFilterExpression) => {
    const store = fill([{ a: 1 }], []);
    const c = store.ensureCollection('t.c');
    c.createIndex({ v: 2, key: { a: 1 }, name: 'a', partialFilterExpression });
    expect(planQuery(c, where, [], undefined, false).kind).toBe('index');
  });

  it.each<[string, Doc, Doc]>([
    ['what may be missing', { a: null }, { partialFilterExpression: { a: { $exists: true } } }],
    ['a value or nothing', { a: { $in: [1, null] } }, { partialFilterExpression: { a: { $exists: true } } }],
    ['half of what the partial filter asks for', { a: 1 }, { partialFilterExpression: { a: { $exists: true }, b: 1 } }],
    ['a range the partial filter may cut', { a: { $gt: 0 } }, { partialFilterExpression: { a: { $gt: 1 } } }],
    ['a condition that the partial filter does not cover', { a: 1 }, { partialFilterExpression: { gone: null } }],
    ['a missing value in a sparse index', { a: null }, { sparse: true }],
    ['a hidden index', { a: 1 }, { hidden: true }],
    ['another collation', { a: 'x' }, { collation: { locale: 'en', strength: 2 } }],
  ])('do not use an index for %s', (_, where, options) => {
    const store = fill([{ a: 1 }], []);
    const c = store.ensureCollection('t.c');
    c.createIndex({ v: 2, key: { a: 1 }, name: 'a', ...options });
    expect(planQuery(c, where, [], undefined, false).kind).toBe('all');
  });
});
