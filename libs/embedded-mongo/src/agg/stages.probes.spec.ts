import { describe, expect, it } from '@jest/globals';
import { Decimal128, Long } from 'bson';
import { pipelineEnvForTests } from '../../test/pipeline.js';
import { answered, expected, received, receivedAll } from '../../test/documents.js';
import { compilePipeline } from './pipeline.js';

const d = (s: string): Decimal128 => Decimal128.fromString(s);
const L = (n: number): Long => Long.fromNumber(n);

type Case = readonly [name: string, docs: readonly object[], pipeline: readonly object[], result: readonly object[]];
const CASES: readonly Case[] = [
  [
    '$sum Decimal128',
    [
      { _id: 1, v: d('0.1') },
      { _id: 2, v: d('0.2') },
    ],
    [{ $group: { _id: null, s: { $sum: '$v' } } }],
    [{ _id: null, s: d('0.3') }],
  ],
  [
    '$sum Long',
    [
      { _id: 1, v: L(5) },
      { _id: 2, v: 1 },
    ],
    [{ $group: { _id: null, s: { $sum: '$v' } } }],
    [{ _id: null, s: L(6) }],
  ],
  [
    '$avg Decimal128',
    [
      { _id: 1, v: d('1') },
      { _id: 2, v: d('2') },
    ],
    [{ $group: { _id: null, s: { $avg: '$v' } } }],
    [{ _id: null, s: d('1.5') }],
  ],
  [
    '$max Decimal128 numeric',
    [
      { _id: 1, v: d('9') },
      { _id: 2, v: d('10') },
    ],
    [{ $group: { _id: null, m: { $max: '$v' } } }],
    [{ _id: null, m: d('10') }],
  ],
  [
    '$min ignores null',
    [
      { _id: 1, v: null },
      { _id: 2, v: 3 },
    ],
    [{ $group: { _id: null, m: { $min: '$v' } } }],
    [{ _id: null, m: 3 }],
  ],
  [
    '$group by numeric equal keys',
    [
      { _id: 1, v: 5 },
      { _id: 2, v: L(5) },
    ],
    [{ $group: { _id: '$v', n: { $sum: 1 } } }],
    [{ _id: 5, n: 2 }],
  ],
  ['$group missing key -> null', [{ _id: 1 }, { _id: 2, v: null }], [{ $group: { _id: '$v', n: { $sum: 1 } } }], [{ _id: null, n: 2 }]],
  [
    '$group by compound key, order sensitive',
    [
      { _id: 1, x: { a: 1, b: 2 } },
      { _id: 2, x: { b: 2, a: 1 } },
    ],
    [{ $group: { _id: '$x', n: { $sum: 1 } } }, { $count: 'c' }],
    [{ c: 2 }],
  ],
  ['$first of missing is null', [{ _id: 1 }, { _id: 2, v: 3 }], [{ $group: { _id: null, f: { $first: '$v' } } }], [{ _id: null, f: null }]],
  [
    '$push keeps null, skips missing',
    [{ _id: 1, v: null }, { _id: 2 }, { _id: 3, v: 1 }],
    [{ $group: { _id: null, p: { $push: '$v' } } }],
    [{ _id: null, p: [null, 1] }],
  ],
  ['$avg of none is null', [{ _id: 1, v: 'x' }], [{ $group: { _id: null, p: { $avg: '$v' } } }], [{ _id: null, p: null }]],
  [
    '$top returns scalar',
    [
      { _id: 1, v: 1 },
      { _id: 2, v: 2 },
    ],
    [{ $group: { _id: null, t: { $top: { sortBy: { v: -1 }, output: '$_id' } } } }],
    [{ _id: null, t: 2 }],
  ],
  [
    '$bucket lower bound inclusive, empty bucket omitted',
    [
      { _id: 1, v: 0 },
      { _id: 2, v: 10 },
    ],
    [{ $bucket: { groupBy: '$v', boundaries: [0, 5, 10, 20] } }],
    [
      { _id: 0, count: 1 },
      { _id: 10, count: 1 },
    ],
  ],
  ['$unwind keeps empty string', [{ _id: 1, v: '' }], [{ $unwind: '$v' }], [{ _id: 1, v: '' }]],
  [
    '$unwind preserveNull on [] removes field',
    [{ _id: 1, v: [] }],
    [{ $unwind: { path: '$v', preserveNullAndEmptyArrays: true } }],
    [{ _id: 1 }],
  ],
  ['$project keeps document field order', [{ _id: 1, z: 1, a: 2 }], [{ $project: { a: 1, z: 1 } }], [{ _id: 1, z: 1, a: 2 }]],
  ['$project missing computed is absent', [{ _id: 1 }], [{ $project: { x: '$nope' } }], [{ _id: 1 }]],
  ['$addFields null-safe $gt', [{ _id: 1, v: null }], [{ $addFields: { x: { $gt: ['$v', null] } } }], [{ _id: 1, v: null, x: false }]],
  [
    '$addFields dotted into array broadcasts',
    [{ _id: 1, a: [{ b: 1 }, { b: 2 }] }],
    [{ $addFields: { 'a.c': 9 } }],
    [
      {
        _id: 1,
        a: [
          { b: 1, c: 9 },
          { b: 2, c: 9 },
        ],
      },
    ],
  ],
  [
    '$sortByCount',
    [
      { _id: 1, v: 'a' },
      { _id: 2, v: 'b' },
      { _id: 3, v: 'b' },
    ],
    [{ $sortByCount: '$v' }],
    [
      { _id: 'b', count: 2 },
      { _id: 'a', count: 1 },
    ],
  ],
  ['$count on empty gives no doc', [], [{ $count: 'n' }], []],
  ['$lookup null joins missing', [{ _id: 1 }], [{ $addFields: { k: { $ifNull: ['$z', null] } } }], [{ _id: 1, k: null }]],
  [
    '$setWindowFields running sum by partition',
    [
      { _id: 1, g: 'a', v: 1 },
      { _id: 2, g: 'b', v: 10 },
      { _id: 3, g: 'a', v: 2 },
    ],
    [
      {
        $setWindowFields: {
          partitionBy: '$g',
          sortBy: { _id: 1 },
          output: { r: { $sum: '$v', window: { documents: ['unbounded', 'current'] } } },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 1, g: 'a', v: 1, r: 1 },
      { _id: 2, g: 'b', v: 10, r: 10 },
      { _id: 3, g: 'a', v: 2, r: 3 },
    ],
  ],
  [
    '$setWindowFields rank',
    [
      { _id: 1, v: 3 },
      { _id: 2, v: 5 },
      { _id: 3, v: 5 },
    ],
    [{ $setWindowFields: { sortBy: { v: -1 }, output: { r: { $rank: {} } } } }, { $sort: { _id: 1 } }, { $project: { r: 1 } }],
    [
      { _id: 1, r: 3 },
      { _id: 2, r: 1 },
      { _id: 3, r: 1 },
    ],
  ],
  [
    '$densify/$fill present',
    [{ _id: 1, v: 1 }, { _id: 2 }],
    [{ $fill: { output: { v: { value: 0 } } } }],
    [
      { _id: 1, v: 1 },
      { _id: 2, v: 0 },
    ],
  ],
  [
    '$bucketAuto',
    [1, 2, 3, 4].map((v) => ({ _id: v, v })),
    [{ $bucketAuto: { groupBy: '$v', buckets: 2 } }],
    [
      { _id: { min: 1, max: 3 }, count: 2 },
      { _id: { min: 3, max: 4 }, count: 2 },
    ],
  ],
  [
    '$redact',
    [
      { _id: 1, l: 1 },
      { _id: 2, l: 5 },
    ],
    [{ $redact: { $cond: [{ $gt: ['$l', 3] }, '$$PRUNE', '$$KEEP'] } }],
    [{ _id: 1, l: 1 }],
  ],
];

type Refusal = readonly [name: string, docs: readonly object[], pipeline: readonly object[], code: number];
const REFUSALS: readonly Refusal[] = [
  ['$divide by zero errors', [{ _id: 1 }], [{ $project: { x: { $divide: [1, 0] } } }], 2],
  ['$size of missing errors', [{ _id: 1 }], [{ $project: { x: { $size: '$v' } } }], 17124],
  ['$limit 0 errors', [{ _id: 1 }], [{ $limit: 0 }], 15958],
  ['unknown expr op errors', [{ _id: 1 }], [{ $project: { x: { $nope: 1 } } }], 168],
  ['$replaceRoot missing errors', [{ _id: 1 }], [{ $replaceRoot: { newRoot: '$v' } }], 40228],
];

describe('aggregation stages', () => {
  it.each(CASES)('%s', (_, docs, pipeline, result) => {
    const run = compilePipeline(received({ pipeline })['pipeline'], pipelineEnvForTests());
    expect(answered(run(receivedAll(docs)))).toBe(expected(result));
  });

  it.each(REFUSALS)('%s', (_, docs, pipeline, code) => {
    const run = (): unknown => compilePipeline(received({ pipeline })['pipeline'], pipelineEnvForTests())(receivedAll(docs));
    expect(run).toThrow(expect.objectContaining({ code }));
  });
});
