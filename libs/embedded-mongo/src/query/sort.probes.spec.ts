import { describe, expect, it } from '@jest/globals';
import { Binary, Decimal128, Long, ObjectId } from 'bson';
import { received, receivedAll } from '../../test/documents.js';
import { parseCollation } from '../bson/collation.js';
import { sortDocs } from './sort.js';

const d = (s: string): Decimal128 => Decimal128.fromString(s);
const L = (n: number): Long => Long.fromNumber(n);
const o1 = new ObjectId('0123456789abcdef01234567');

type Case = readonly [name: string, docs: readonly object[], sort: object, ids: readonly number[]];
const ORDERS: readonly Case[] = [
  [
    'mixed type order',
    [
      { _id: 1, v: 's' },
      { _id: 2, v: 1 },
      { _id: 3, v: null },
      { _id: 4, v: o1 },
      { _id: 5, v: true },
      { _id: 6, v: new Date(1) },
      { _id: 7, v: { a: 1 } },
      { _id: 8, v: new Binary(Buffer.from('a')) },
    ],
    { v: 1 },
    [3, 2, 1, 7, 8, 4, 5, 6],
  ],
  [
    'numeric types interleave',
    [
      { _id: 1, v: d('10') },
      { _id: 2, v: 9 },
      { _id: 3, v: L(11) },
      { _id: 4, v: 8.5 },
    ],
    { v: 1 },
    [4, 2, 1, 3],
  ],
  [
    'array asc uses min',
    [
      { _id: 1, v: [5, 1] },
      { _id: 2, v: [2, 3] },
    ],
    { v: 1 },
    [1, 2],
  ],
  [
    'array desc uses max',
    [
      { _id: 1, v: [5, 1] },
      { _id: 2, v: [9, 0] },
      { _id: 3, v: 7 },
    ],
    { v: -1 },
    [2, 3, 1],
  ],
  ['missing == null first, stable', [{ _id: 1, v: 1 }, { _id: 2 }, { _id: 3, v: null }], { v: 1 }, [2, 3, 1]],
  [
    'desc keeps stable order of ties',
    [
      { _id: 1, v: 1 },
      { _id: 2, v: 1 },
      { _id: 3, v: 2 },
    ],
    { v: -1 },
    [3, 1, 2],
  ],
  [
    'compound',
    [
      { _id: 1, a: 1, b: 2 },
      { _id: 2, a: 1, b: 3 },
      { _id: 3, a: 0, b: 1 },
    ],
    { a: 1, b: -1 },
    [3, 2, 1],
  ],
  [
    'strings are binary compared',
    [
      { _id: 1, v: 'b' },
      { _id: 2, v: 'B' },
      { _id: 3, v: 'a' },
    ],
    { v: 1 },
    [2, 3, 1],
  ],
];

describe('sort order', () => {
  it.each(ORDERS)('%s', (_, docs, sort, ids) => {
    expect(sortDocs(receivedAll(docs), received(sort)).map((x) => x['_id'])).toEqual(ids);
  });

  it('compares by language with a collation', () => {
    const docs = receivedAll([
      { _id: 1, v: 'b' },
      { _id: 2, v: 'B' },
      { _id: 3, v: 'a' },
      { _id: 4, v: 'á' },
    ]);
    const sorted = sortDocs(docs, { v: 1 }, parseCollation({ locale: 'en', strength: 1 }));
    expect(sorted.map((x) => x['_id'])).toEqual([3, 4, 1, 2]);
  });

  it.each([[{ v: 2 }], [{ v: 'asc' }], [{ v: true }]])('refuses %j', (sort) => {
    expect(() => sortDocs([], sort)).toThrow(expect.objectContaining({ code: 15975 }));
  });
});
