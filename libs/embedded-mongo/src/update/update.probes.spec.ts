import { describe, expect, it } from '@jest/globals';
import { Decimal128, Long, ObjectId } from 'bson';
import { answered, expected, received, receivedAll } from '../../test/documents.js';
import { isDoc, type Doc, type Value } from '../bson/value.js';
import { compileUpdate } from './compile.js';

const d = (s: string): Decimal128 => Decimal128.fromString(s);
const L = (n: number): Long => Long.fromNumber(n);
const o1 = new ObjectId('0123456789abcdef01234567');
const o2 = new ObjectId('0123456789abcdef01234568');

interface Options {
  readonly filter?: object;
  readonly arrayFilters?: readonly object[];
}

function apply(doc: object, update: object, options: Options = {}): Doc {
  const run = compileUpdate(received(update), {
    arrayFilters: receivedAll(options.arrayFilters ?? []),
    filter: received(options.filter ?? {}),
    match: {},
    now: new Date(),
  });
  return run(frozen(received(doc)), false);
}

/** Readers may still have the state before the update. */
function frozen<T extends Value>(value: T): T {
  if (Array.isArray(value)) value.forEach(frozen);
  else if (isDoc(value)) Object.values(value).forEach(frozen);
  else return value;
  return Object.freeze(value);
}

type Case = readonly [name: string, doc: object, update: object, result: object, options?: Options];
const CASES: readonly Case[] = [
  ['$inc Long', { _id: 1, v: L(5) }, { $inc: { v: 1 } }, { _id: 1, v: L(6) }],
  ['$inc Decimal128', { _id: 1, v: d('1.5') }, { $inc: { v: 1 } }, { _id: 1, v: d('2.5') }],
  ['$set nested creates', { _id: 1 }, { $set: { 'a.b.c': 1 } }, { _id: 1, a: { b: { c: 1 } } }],
  ['$set array index backfills null', { _id: 1, a: [1] }, { $set: { 'a.3': 9 } }, { _id: 1, a: [1, null, null, 9] }],
  ['$unset array elem -> null', { _id: 1, a: [1, 2] }, { $unset: { 'a.0': '' } }, { _id: 1, a: [null, 2] }],
  ['$push $each $position', { _id: 1, a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } }, { _id: 1, a: [1, 2, 3, 4] }],
  [
    '$push $sort $slice',
    { _id: 1, a: [{ s: 3 }, { s: 1 }] },
    { $push: { a: { $each: [{ s: 2 }], $sort: { s: 1 }, $slice: 2 } } },
    { _id: 1, a: [{ s: 1 }, { s: 2 }] },
  ],
  ['$addToSet BSON equality', { _id: 1, a: [o1] }, { $addToSet: { a: new ObjectId(o1.toHexString()) } }, { _id: 1, a: [o1] }],
  ['$addToSet numeric cross type', { _id: 1, a: [5] }, { $addToSet: { a: L(5) } }, { _id: 1, a: [5] }],
  ['$pull by ObjectId', { _id: 1, a: [o1, o2] }, { $pull: { a: new ObjectId(o1.toHexString()) } }, { _id: 1, a: [o2] }],
  [
    '$pull by condition',
    {
      _id: 1,
      a: [
        { x: 1, y: 2 },
        { x: 2, y: 2 },
      ],
    },
    { $pull: { a: { x: { $gte: 2 } } } },
    { _id: 1, a: [{ x: 1, y: 2 }] },
  ],
  ['$pull scalar cond', { _id: 1, a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } }, { _id: 1, a: [1] }],
  ['$pullAll', { _id: 1, a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { _id: 1, a: [2] }],
  ['$pop first', { _id: 1, a: [1, 2] }, { $pop: { a: -1 } }, { _id: 1, a: [2] }],
  ['$min date', { _id: 1, t: new Date(5) }, { $min: { t: new Date(1) } }, { _id: 1, t: new Date(1) }],
  ['$max sets missing', { _id: 1 }, { $max: { t: 5 } }, { _id: 1, t: 5 }],
  ['$mul missing -> 0', { _id: 1 }, { $mul: { v: 5 } }, { _id: 1, v: 0 }],
  ['$rename', { _id: 1, a: 1 }, { $rename: { a: 'b.c' } }, { _id: 1, b: { c: 1 } }],
  [
    'arrayFilters',
    { _id: 1, a: [{ x: 1 }, { x: 5 }] },
    { $set: { 'a.$[e].y': 1 } },
    { _id: 1, a: [{ x: 1 }, { x: 5, y: 1 }] },
    { arrayFilters: [{ 'e.x': { $gt: 3 } }] },
  ],
  ['$[] all', { _id: 1, a: [{ x: 1 }, { x: 5 }] }, { $inc: { 'a.$[].x': 1 } }, { _id: 1, a: [{ x: 2 }, { x: 6 }] }],
  [
    'positional $',
    {
      _id: 1,
      a: [
        { x: 1, y: 0 },
        { x: 5, y: 0 },
      ],
    },
    { $set: { 'a.$.y': 9 } },
    {
      _id: 1,
      a: [
        { x: 1, y: 0 },
        { x: 5, y: 9 },
      ],
    },
    { filter: { 'a.x': 5 } },
  ],
  [
    'positional $ with $elemMatch',
    {
      _id: 1,
      a: [
        { x: 1, y: 0 },
        { x: 5, y: 0 },
      ],
    },
    { $set: { 'a.$.y': 9 } },
    {
      _id: 1,
      a: [
        { x: 1, y: 0 },
        { x: 5, y: 9 },
      ],
    },
    { filter: { a: { $elemMatch: { x: { $gt: 3 } } } } },
  ],
  [
    'nested arrayFilters',
    { _id: 1, a: [{ b: [{ c: 1 }, { c: 2 }] }] },
    { $set: { 'a.$[].b.$[q].c': 0 } },
    { _id: 1, a: [{ b: [{ c: 1 }, { c: 0 }] }] },
    { arrayFilters: [{ 'q.c': 2 }] },
  ],
  ['$bit', { _id: 1, v: 5 }, { $bit: { v: { or: 2 } } }, { _id: 1, v: 7 }],
];

type Refusal = readonly [name: string, doc: object, update: object, code: number, options?: Options];
const REFUSALS: readonly Refusal[] = [
  ['$inc string errors', { _id: 1, v: 'x' }, { $inc: { v: 1 } }, 14],
  ['$set through scalar errors (28)', { _id: 1, a: 5 }, { $set: { 'a.b': 1 } }, 28],
  ['$push on non-array errors', { _id: 1, a: 5 }, { $push: { a: 1 } }, 2],
  ['conflicting paths rejected', { _id: 1 }, { $set: { a: 1, 'a.b': 2 } }, 40],
  ['same path two ops rejected', { _id: 1, a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['unknown modifier rejected', { _id: 1 }, { $foo: { a: 1 } }, 9],
  ['unused arrayFilter rejected', { _id: 1, a: [] }, { $set: { b: 1 } }, 9, { arrayFilters: [{ 'e.x': 1 }] }],
];

describe('update operators', () => {
  it.each(CASES)('%s', (...[, doc, update, result, options]: Case) => {
    expect(answered(apply(doc, update, options))).toBe(expected(result));
  });

  it.each(REFUSALS)('%s', (...[, doc, update, code, options]: Refusal) => {
    expect(() => apply(doc, update, options)).toThrow(expect.objectContaining({ code }));
  });
});
