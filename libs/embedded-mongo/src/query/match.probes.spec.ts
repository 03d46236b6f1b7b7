import { describe, expect, it } from '@jest/globals';
import { Binary, Decimal128, Long, ObjectId } from 'bson';
import { received, receivedAll } from '../../test/documents.js';
import { rootScope } from '../expr/compile.js';
import { compileMatch, type MatchContext } from './match.js';

const context: MatchContext = { expression: (e) => rootScope(new Date()).compile(e) };

const d = (s: string): Decimal128 => Decimal128.fromString(s);
const L = (n: number): Long => Long.fromNumber(n);
const o1 = new ObjectId('0123456789abcdef01234567');
const o2 = new ObjectId('0123456789abcdef01234568');
const N = [
  { _id: 1, v: 5 },
  { _id: 2, v: L(5) },
  { _id: 3, v: d('5.0') },
  { _id: 4, v: '5' },
];

type Case = readonly [name: string, docs: readonly object[], filter: object, ids: readonly number[]];
const MATCHES: readonly Case[] = [
  ['eq number across int/Long/Decimal128', N, { v: 5 }, [1, 2, 3]],
  ['eq Decimal128 operand', N, { v: d('5') }, [1, 2, 3]],
  [
    '$gt across numeric types',
    [
      { _id: 1, v: L(10) },
      { _id: 2, v: d('9.5') },
      { _id: 3, v: 3 },
    ],
    { v: { $gt: 9 } },
    [1, 2],
  ],
  [
    '$gt Decimal128 10 > 9 (not lexicographic)',
    [
      { _id: 1, v: d('10') },
      { _id: 2, v: d('8') },
    ],
    { v: { $gt: d('9') } },
    [1],
  ],
  ['$in with Long', N, { v: { $in: [L(5)] } }, [1, 2, 3]],
  [
    'embedded doc equality is order sensitive',
    [
      { _id: 1, v: { a: 1, b: 2 } },
      { _id: 2, v: { b: 2, a: 1 } },
    ],
    { v: { a: 1, b: 2 } },
    [1],
  ],
  [
    'ObjectId equality',
    [
      { _id: 1, v: o1 },
      { _id: 2, v: o2 },
    ],
    { v: new ObjectId(o1.toHexString()) },
    [1],
  ],
  [
    'ObjectId $gt',
    [
      { _id: 1, v: o1 },
      { _id: 2, v: o2 },
    ],
    { v: { $gt: o1 } },
    [2],
  ],
  ['Binary equality', [{ _id: 1, v: new Binary(Buffer.from('ab')) }], { v: new Binary(Buffer.from('ab')) }, [1]],
  [
    '$type objectId',
    [
      { _id: 1, v: o1 },
      { _id: 2, v: 'x' },
    ],
    { v: { $type: 'objectId' } },
    [1],
  ],
  ['$type decimal only Decimal128', N, { v: { $type: 'decimal' } }, [3]],
  ['$type long', N, { v: { $type: 'long' } }, [2]],
  ['$type string matches array element', [{ _id: 1, v: ['a', 1] }], { v: { $type: 'string' } }, [1]],
  [
    '$type array',
    [
      { _id: 1, v: [1] },
      { _id: 2, v: 1 },
    ],
    { v: { $type: 'array' } },
    [1],
  ],
  ['null matches missing', [{ _id: 1 }, { _id: 2, v: null }, { _id: 3, v: 0 }], { v: null }, [1, 2]],
  ['$ne null', [{ _id: 1 }, { _id: 2, v: null }, { _id: 3, v: 0 }], { v: { $ne: null } }, [3]],
  ['$gte null matches null+missing', [{ _id: 1 }, { _id: 2, v: null }, { _id: 3, v: 0 }], { v: { $gte: null } }, [1, 2]],
  [
    'a.b:null with scalar array does not match',
    [
      { _id: 1, a: [1, 2] },
      { _id: 2, a: [{ b: 1 }, {}] },
      { _id: 3, a: 5 },
    ],
    { 'a.b': null },
    [2, 3],
  ],
  ['$in [null]', [{ _id: 1 }, { _id: 2, v: null }, { _id: 3, v: 0 }], { v: { $in: [null, 9] } }, [1, 2]],
  ['$nin with null', [{ _id: 1 }, { _id: 2, v: null }, { _id: 3, v: 0 }], { v: { $nin: [null] } }, [3]],
  ['$exists true on null', [{ _id: 1 }, { _id: 2, v: null }], { v: { $exists: true } }, [2]],
  [
    '$exists through array',
    [
      { _id: 1, a: [{ b: 1 }, {}] },
      { _id: 2, a: [{}] },
      { _id: 3, a: [] },
    ],
    { 'a.b': { $exists: false } },
    [2, 3],
  ],
  [
    'array eq whole + element',
    [
      { _id: 1, v: [1, 2] },
      { _id: 2, v: [[1, 2]] },
      { _id: 3, v: [2, 1] },
    ],
    { v: [1, 2] },
    [1, 2],
  ],
  [
    '$gt on array element',
    [
      { _id: 1, v: [1, 20] },
      { _id: 2, v: [1] },
    ],
    { v: { $gt: 10 } },
    [1],
  ],
  ['array range quirk {$gt:5,$lt:3}', [{ _id: 1, v: [1, 20] }], { v: { $gt: 5, $lt: 3 } }, [1]],
  [
    '$elemMatch scalar',
    [
      { _id: 1, v: [1, 20] },
      { _id: 2, v: [4] },
    ],
    { v: { $elemMatch: { $gt: 3, $lt: 5 } } },
    [2],
  ],
  [
    '$elemMatch object',
    [
      {
        _id: 1,
        v: [
          { a: 1, b: 2 },
          { a: 2, b: 1 },
        ],
      },
    ],
    { v: { $elemMatch: { a: 1, b: 1 } } },
    [],
  ],
  [
    'dotted index a.0',
    [
      { _id: 1, a: [5, 6] },
      { _id: 2, a: [6, 5] },
    ],
    { 'a.0': 5 },
    [1],
  ],
  ['a.0.b', [{ _id: 1, a: [{ b: 1 }] }], { 'a.0.b': 1 }, [1]],
  ['$size', [{ _id: 1, v: [] }, { _id: 2, v: [1] }, { _id: 3 }], { v: { $size: 0 } }, [1]],
  [
    '$all',
    [
      { _id: 1, v: [1, 2, 3] },
      { _id: 2, v: [1] },
      { _id: 3, v: 1 },
    ],
    { v: { $all: [1] } },
    [1, 2, 3],
  ],
  ['$all [] matches nothing', [{ _id: 1, v: [] }], { v: { $all: [] } }, []],
  ['$not $gt includes missing', [{ _id: 1, v: 1 }, { _id: 2, v: 9 }, { _id: 3 }], { v: { $not: { $gt: 5 } } }, [1, 3]],
  [
    '$regex string+options',
    [
      { _id: 1, v: 'ABC' },
      { _id: 2, v: 'x' },
    ],
    { v: { $regex: '^ab', $options: 'i' } },
    [1],
  ],
  ['$regex in array elems', [{ _id: 1, v: ['x', 'abc'] }], { v: /^ab/ }, [1]],
  [
    'stateful regex /g is safe',
    [
      { _id: 1, v: 'aa' },
      { _id: 2, v: 'aa' },
      { _id: 3, v: 'aa' },
    ],
    { v: /a/g },
    [1, 2, 3],
  ],
  [
    '$in regex',
    [
      { _id: 1, v: 'abc' },
      { _id: 2, v: 'z' },
    ],
    { v: { $in: [/^a/] } },
    [1],
  ],
  [
    '$mod',
    [
      { _id: 1, v: 4 },
      { _id: 2, v: 5 },
      { _id: 3, v: L(8) },
    ],
    { v: { $mod: [4, 0] } },
    [1, 3],
  ],
  [
    'date range',
    [
      { _id: 1, v: new Date(5) },
      { _id: 2, v: 5 },
    ],
    { v: { $gte: new Date(0) } },
    [1],
  ],
  ['$expr gt null idiom', [{ _id: 1, v: 5 }, { _id: 2, v: null }, { _id: 3 }], { $expr: { $gt: ['$v', null] } }, [1]],
  [
    'bool vs number distinct',
    [
      { _id: 1, v: true },
      { _id: 2, v: 1 },
    ],
    { v: 1 },
    [2],
  ],
  ['nested array $in', [{ _id: 1, v: [[1], 2] }], { v: { $in: [1] } }, []],
  ['empty-string regex match', [{ _id: 1, v: '' }], { v: /^$/ }, [1]],
  [
    'NaN equality',
    [
      { _id: 1, v: NaN },
      { _id: 2, v: 1 },
    ],
    { v: NaN },
    [1],
  ],
  [
    'UTF-16 vs UTF-8 order',
    [
      { _id: 1, v: '\uffee' },
      { _id: 2, v: '😀' },
    ],
    { v: { $gt: '\uffee' } },
    [2],
  ],
];

type Refusal = readonly [name: string, docs: readonly object[], filter: object, code: number];
const REFUSALS: readonly Refusal[] = [
  ['unknown operator rejected', N, { v: { $foo: 1 } }, 2],
  ['$and needs array', N, { $and: {} }, 2],
  ['$in needs array', N, { v: { $in: 5 } }, 2],
];

describe('query filters', () => {
  it.each(MATCHES)('%s', (_, docs, filter, ids) => {
    const test = compileMatch(received(filter), context);
    expect(
      receivedAll(docs)
        .filter(test)
        .map((x) => x['_id']),
    ).toEqual(ids);
  });

  it.each(REFUSALS)('%s', (_, _docs, filter, code) => {
    expect(() => compileMatch(received(filter), context)).toThrow(expect.objectContaining({ code }));
  });
});
