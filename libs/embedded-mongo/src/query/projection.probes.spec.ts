import { describe, expect, it } from '@jest/globals';
import { answered, expected, received } from '../../test/documents.js';
import type { Doc } from '../bson/value.js';
import { rootScope } from '../expr/compile.js';
import { compileProjection } from './projection.js';

function project(doc: object, projection: object, filter: object = {}): Doc {
  const run = compileProjection(received(projection), {
    find: true,
    filter: received(filter),
    match: {},
    compileExpression: (e) => rootScope(new Date()).compile(e),
  });
  return run ? run(received(doc)) : received(doc);
}

type Case = readonly [name: string, doc: object, projection: object, result: object];
const CASES: readonly Case[] = [
  ['inclusion nested array', { _id: 1, a: [{ b: 1, c: 2 }, { c: 3 }], z: 1 }, { 'a.b': 1 }, { _id: 1, a: [{ b: 1 }, {}] }],
  ['exclusion nested', { _id: 1, a: { b: 1, c: 2 } }, { 'a.b': 0 }, { _id: 1, a: { c: 2 } }],
  ['$slice', { _id: 1, a: [1, 2, 3], b: 1 }, { a: { $slice: -2 } }, { _id: 1, a: [2, 3], b: 1 }],
  ['$elemMatch', { _id: 1, a: [{ x: 1 }, { x: 2 }] }, { a: { $elemMatch: { x: 2 } } }, { _id: 1, a: [{ x: 2 }] }],
  ['computed', { _id: 1, a: 2 }, { b: { $add: ['$a', 1] } }, { _id: 1, b: 3 }],
  ['field order kept', { _id: 1, z: 1, a: 2 }, { a: 1, z: 1 }, { _id: 1, z: 1, a: 2 }],
  ['_id:0 only', { _id: 1, a: 1 }, { _id: 0 }, { a: 1 }],
  ['sub-doc keeps non-object array elems out', { _id: 1, a: [1, { b: 1 }] }, { 'a.b': 1 }, { _id: 1, a: [{ b: 1 }] }],
];

describe('projections', () => {
  it.each(CASES)('%s', (_, doc, projection, result) => {
    expect(answered(project(doc, projection))).toBe(expected(result));
  });

  it('mix rejected', () => {
    expect(() => project({ _id: 1, a: 1, b: 1 }, { a: 1, b: 0 })).toThrow(expect.objectContaining({ code: 31254 }));
  });

  it('the positional element follows the filter', () => {
    const doc = { _id: 1, a: [{ x: 1 }, { x: 5 }, { x: 6 }] };
    expect(project(doc, { 'a.$': 1 }, { 'a.x': { $gt: 3 } })).toEqual({ _id: 1, a: [{ x: 5 }] });
  });

  it('does not change the stored document', () => {
    const doc = received({ _id: 1, o: { a: [1, 2, 3] } });
    const run = compileProjection(
      { 'o.a': { $slice: 1 } },
      { find: true, match: {}, compileExpression: (e) => rootScope(new Date()).compile(e) },
    );
    expect(run?.(doc)).toEqual({ _id: 1, o: { a: [1] } });
    expect(doc).toEqual({ _id: 1, o: { a: [1, 2, 3] } });
  });
});
