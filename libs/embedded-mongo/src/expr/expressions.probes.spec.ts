import { describe, expect, it } from '@jest/globals';
import { Decimal128, Double, Long, ObjectId } from 'bson';
import { pipelineEnvForTests } from '../../test/pipeline.js';
import { answered, expected, received, receivedAll } from '../../test/documents.js';
import { compilePipeline } from '../agg/pipeline.js';

const d = (s: string): Decimal128 => Decimal128.fromString(s);
const L = (n: number): Long => Long.fromNumber(n);
const o1 = new ObjectId('0123456789abcdef01234567');

type Case = readonly [name: string, docs: readonly object[], pipeline: readonly object[], result: readonly object[]];
const CASES: readonly Case[] = [
  ['expr $lt across types (null < 5)', [{ _id: 1 }], [{ $project: { x: { $lt: ['$v', 5] } } }], [{ _id: 1, x: true }]],
  ['expr $eq array is whole-value', [{ _id: 1, v: [1, 2] }], [{ $project: { x: { $eq: ['$v', 1] } } }], [{ _id: 1, x: false }]],
  [
    'expr $in uses BSON equality',
    [{ _id: 1, v: o1 }],
    [{ $project: { x: { $in: [new ObjectId(o1.toHexString()), ['$v']] } } }],
    [{ _id: 1, x: true }],
  ],
  ['$add Decimal128', [{ _id: 1, v: d('1.10') }], [{ $project: { x: { $add: ['$v', 2] } } }], [{ _id: 1, x: d('3.10') }]],
  ['$multiply Long', [{ _id: 1, v: L(3) }], [{ $project: { x: { $multiply: ['$v', 2] } } }], [{ _id: 1, x: L(6) }]],
  [
    '$subtract dates -> ms',
    [{ _id: 1, a: new Date(5000), b: new Date(1000) }],
    [{ $project: { x: { $toInt: { $subtract: ['$a', '$b'] } } } }],
    [{ _id: 1, x: 4000 }],
  ],
  ['$toString ObjectId', [{ _id: o1 }], [{ $project: { _id: 0, x: { $toString: '$_id' } } }], [{ x: o1.toHexString() }]],
  ['$toObjectId', [{ _id: 1, v: o1.toHexString() }], [{ $project: { x: { $toObjectId: '$v' } } }], [{ _id: 1, x: o1 }]],
  ['$toDecimal yields Decimal128', [{ _id: 1, v: '1.5' }], [{ $project: { x: { $toDecimal: '$v' } } }], [{ _id: 1, x: d('1.5') }]],
  [
    '$type names',
    [{ _id: 1, a: o1, b: d('1'), c: L(1), d: new Date(1) }],
    [{ $project: { _id: 0, x: [{ $type: '$a' }, { $type: '$b' }, { $type: '$c' }, { $type: '$d' }, { $type: '$zz' }] } }],
    [{ x: ['objectId', 'decimal', 'long', 'date', 'missing'] }],
  ],
  [
    '$round half even',
    [{ _id: 1, a: 2.5, b: 3.5 }],
    [{ $project: { x: { $round: ['$a', 0] }, y: { $round: ['$b', 0] } } }],
    [{ _id: 1, x: new Double(2), y: new Double(4) }],
  ],
  ['$cond with missing is false', [{ _id: 1 }], [{ $project: { x: { $cond: ['$v', 1, 2] } } }], [{ _id: 1, x: 2 }]],
  ['$cond empty string is true', [{ _id: 1, v: '' }], [{ $project: { x: { $cond: ['$v', 1, 2] } } }], [{ _id: 1, x: 1 }]],
  ['$ifNull', [{ _id: 1 }], [{ $project: { x: { $ifNull: ['$v', 'd'] } } }], [{ _id: 1, x: 'd' }]],
  ['$sum expr scalar', [{ _id: 1, v: 5 }], [{ $project: { x: { $sum: '$v' } } }], [{ _id: 1, x: 5 }]],
  ['$max expr list', [{ _id: 1, a: 5, b: 7 }], [{ $project: { x: { $max: ['$a', '$b'] } } }], [{ _id: 1, x: 7 }]],
  ['numeric path does not index arrays in expr', [{ _id: 1, a: [{ b: 1 }] }], [{ $project: { x: '$a.0' } }], [{ _id: 1, x: [] }]],
  [
    '$dateToString tz',
    [{ _id: 1, t: new Date('2024-06-30T22:30:00Z') }],
    [{ $project: { x: { $dateToString: { date: '$t', format: '%Y-%m-%d %H:%M', timezone: 'Europe/Madrid' } } } }],
    [{ _id: 1, x: '2024-07-01 00:30' }],
  ],
  [
    '$dateTrunc month tz',
    [{ _id: 1, t: new Date('2024-06-30T22:30:00Z') }],
    [{ $project: { x: { $dateTrunc: { date: '$t', unit: 'month', timezone: 'Europe/Madrid' } } } }],
    [{ _id: 1, x: new Date('2024-06-30T22:00:00Z') }],
  ],
  [
    '$dateTrunc day over DST',
    [{ _id: 1, t: new Date('2024-03-31T10:00:00Z') }],
    [{ $project: { x: { $dateTrunc: { date: '$t', unit: 'day', timezone: 'Europe/Madrid' } } } }],
    [{ _id: 1, x: new Date('2024-03-30T23:00:00Z') }],
  ],
  [
    '$dateTrunc week starts sunday',
    [{ _id: 1, t: new Date('2024-06-12T10:00:00Z') }],
    [{ $project: { x: { $dateTrunc: { date: '$t', unit: 'week' } } } }],
    [{ _id: 1, x: new Date('2024-06-09T00:00:00Z') }],
  ],
  [
    '$dateTrunc week startOfWeek monday',
    [{ _id: 1, t: new Date('2024-06-12T10:00:00Z') }],
    [{ $project: { x: { $dateTrunc: { date: '$t', unit: 'week', startOfWeek: 'monday' } } } }],
    [{ _id: 1, x: new Date('2024-06-10T00:00:00Z') }],
  ],
  [
    '$dateTrunc quarter',
    [{ _id: 1, t: new Date('2024-06-12T10:00:00Z') }],
    [{ $project: { x: { $dateTrunc: { date: '$t', unit: 'quarter' } } } }],
    [{ _id: 1, x: new Date('2024-04-01T00:00:00Z') }],
  ],
  [
    '$dateTrunc hour binSize 6',
    [{ _id: 1, t: new Date('2024-06-12T10:00:00Z') }],
    [{ $project: { x: { $dateTrunc: { date: '$t', unit: 'hour', binSize: 6 } } } }],
    [{ _id: 1, x: new Date('2024-06-12T06:00:00Z') }],
  ],
  [
    '$dateAdd month end',
    [{ _id: 1, t: new Date('2024-01-31T00:00:00Z') }],
    [{ $project: { x: { $dateAdd: { startDate: '$t', unit: 'month', amount: 1 } } } }],
    [{ _id: 1, x: new Date('2024-02-29T00:00:00Z') }],
  ],
  [
    '$dateDiff day boundaries',
    [{ _id: 1, a: new Date('2024-01-01T23:00:00Z'), b: new Date('2024-01-02T01:00:00Z') }],
    [{ $project: { x: { $dateDiff: { startDate: '$a', endDate: '$b', unit: 'day' } } } }],
    [{ _id: 1, x: L(1) }],
  ],
  [
    '$dateFromString',
    [{ _id: 1, s: '2024-02-03' }],
    [{ $project: { x: { $dateFromString: { dateString: '$s' } } } }],
    [{ _id: 1, x: new Date('2024-02-03T00:00:00Z') }],
  ],
  ['$isoWeek', [{ _id: 1, t: new Date('2021-01-03T00:00:00Z') }], [{ $project: { x: { $isoWeek: '$t' } } }], [{ _id: 1, x: 53 }]],
  [
    '$hour tz',
    [{ _id: 1, t: new Date('2024-06-30T22:30:00Z') }],
    [{ $project: { x: { $hour: { date: '$t', timezone: 'Europe/Madrid' } } } }],
    [{ _id: 1, x: 0 }],
  ],
  [
    '$map/$filter/$reduce',
    [{ _id: 1, v: [1, 2, 3] }],
    [
      {
        $project: {
          x: {
            $reduce: {
              input: {
                $map: { input: { $filter: { input: '$v', as: 'i', cond: { $gt: ['$$i', 1] } } }, as: 'j', in: { $multiply: ['$$j', 2] } },
              },
              initialValue: 0,
              in: { $add: ['$$value', '$$this'] },
            },
          },
        },
      },
    ],
    [{ _id: 1, x: 10 }],
  ],
  [
    '$arrayToObject/$objectToArray',
    [{ _id: 1, o: { a: 1, b: 2 } }],
    [{ $project: { x: { $arrayToObject: { $objectToArray: '$o' } } } }],
    [{ _id: 1, x: { a: 1, b: 2 } }],
  ],
  [
    '$setUnion BSON dedupe',
    [{ _id: 1, a: [o1], b: [new ObjectId(o1.toHexString())] }],
    [{ $project: { x: { $size: { $setUnion: ['$a', '$b'] } } } }],
    [{ _id: 1, x: 1 }],
  ],
  ['$concat null -> null', [{ _id: 1, a: 'x' }], [{ $project: { x: { $concat: ['$a', '$b'] } } }], [{ _id: 1, x: null }]],
  [
    '$substrCP / $toUpper / $trim',
    [{ _id: 1, a: ' ñandú ' }],
    [{ $project: { x: { $toUpper: { $substrCP: [{ $trim: { input: '$a' } }, 0, 3] } } } }],
    [{ _id: 1, x: 'ñAN' }],
  ],
  ['$split', [{ _id: 1, a: 'a-b' }], [{ $project: { x: { $split: ['$a', '-'] } } }], [{ _id: 1, x: ['a', 'b'] }]],
  [
    '$arrayElemAt -1, $slice',
    [{ _id: 1, v: [1, 2, 3] }],
    [{ $project: { x: { $arrayElemAt: ['$v', -1] }, y: { $slice: ['$v', -2] } } }],
    [{ _id: 1, x: 3, y: [2, 3] }],
  ],
  [
    '$mergeObjects',
    [{ _id: 1, a: { x: 1 }, b: { y: 2 } }],
    [{ $project: { x: { $mergeObjects: ['$a', '$b'] } } }],
    [{ _id: 1, x: { x: 1, y: 2 } }],
  ],
  [
    '$switch',
    [{ _id: 1, v: 5 }],
    [{ $project: { x: { $switch: { branches: [{ case: { $gte: ['$v', 5] }, then: 'hi' }], default: 'lo' } } } }],
    [{ _id: 1, x: 'hi' }],
  ],
  ['$literal', [{ _id: 1 }], [{ $project: { x: { $literal: '$v' } } }], [{ _id: 1, x: '$v' }]],
  [
    '$sortArray desc',
    [{ _id: 1, v: [{ a: 1 }, { a: 3 }, { a: 2 }] }],
    [{ $project: { x: { $sortArray: { input: '$v', sortBy: { a: -1 } } } } }],
    [{ _id: 1, x: [{ a: 3 }, { a: 2 }, { a: 1 }] }],
  ],
];

describe('aggregation expressions', () => {
  it.each(CASES)('%s', (_, docs, pipeline, result) => {
    const run = compilePipeline(received({ pipeline })['pipeline'], pipelineEnvForTests());
    expect(answered(run(receivedAll(docs)))).toBe(expected(result));
  });
});
