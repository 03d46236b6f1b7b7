import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requestHash } from './request-hash.js';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
}

describe('requestHash', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(requestHash(shuffled(body))).toBe(requestHash(body));
      }),
    );
  });

  it('survives the way through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(requestHash(JSON.parse(JSON.stringify(body)))).toBe(requestHash(body));
      }),
    );
  });

  it('is the SHA-256 of the canonical text', () => {
    // printf '{"a":[1,2],"b":{"c":null}}' | sha256sum
    expect(requestHash({ b: { c: null }, a: [1, 2] })).toBe('c86ec83bbcf2cd79e5cc99ee36d5726e7f66bcc6f7b8b83d0b5e6e53ce6302d6');
  });

  it.each([
    ['a value', { a: 1 }, { a: 2 }],
    ['a type', { a: 1 }, { a: '1' }],
    ['the order of a list', { a: [1, 2] }, { a: [2, 1] }],
    ['null and absent', { a: null }, {}],
    ['nesting', { a: { b: 1 } }, { a: 1, b: 1 }],
    ['an own key named __proto__', JSON.parse('{"__proto__":{"a":1}}'), {}],
    ['no body and an empty one', undefined, {}],
  ])('tells %s apart', (_what, one, other) => {
    expect(requestHash(one)).not.toBe(requestHash(other));
  });

  it('ignores what JSON does not carry', () => {
    expect(requestHash({ a: 1, b: undefined })).toBe(requestHash({ a: 1 }));
  });
});
