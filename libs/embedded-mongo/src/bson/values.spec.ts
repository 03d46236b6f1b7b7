import { describe, expect, it } from '@jest/globals';
import { Binary, BSONSymbol, Code, deserialize, Decimal128, Double, EJSON, Long, serialize } from 'bson';
import fc from 'fast-check';
import { arbitraryNumber, arbitraryValue } from '../../test/arbitrary-values.js';
import { arithmetic, Sum } from './arithmetic.js';
import { compare, equal } from './compare.js';
import { checkDocument } from './check.js';
import { decode, decodeFields, sliceArray } from './decode.js';
import { encode } from './encode.js';
import { indexKey, invert } from './index-key.js';
import type { Doc, Numeric, Value } from './value.js';

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('index keys', () => {
  it('have the order of the values', () => {
    fc.assert(
      fc.property(arbitraryValue, arbitraryValue, (a, b) => {
        expect(order(indexKey(a), indexKey(b))).toBe(Math.sign(compare(a, b)));
      }),
      { numRuns: 3000 },
    );
  });

  it('have the order of numbers of different types', () => {
    fc.assert(
      fc.property(arbitraryNumber, arbitraryNumber, (a, b) => {
        expect(order(indexKey(a), indexKey(b))).toBe(Math.sign(compare(a, b)));
      }),
      { numRuns: 3000 },
    );
  });

  it('have the opposite order in descending fields', () => {
    fc.assert(
      fc.property(arbitraryValue, arbitraryValue, (a, b) => {
        expect(order(invert(indexKey(a)), invert(indexKey(b))) + Math.sign(compare(a, b))).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('are never the beginning of another, so fields can be joined', () => {
    fc.assert(
      fc.property(arbitraryValue, arbitraryValue, (a, b) => {
        fc.pre(!equal(a, b));
        expect(indexKey(a).startsWith(indexKey(b))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('comparison', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(arbitraryValue, arbitraryValue, arbitraryValue, (a, b, c) => {
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
        const [x, y, z] = [a, b, c].sort((p, q) => compare(p, q)) as [Value, Value, Value];
        expect(compare(x, z)).toBeLessThanOrEqual(0);
        expect(compare(x, y) === 0 && compare(y, z) === 0 ? compare(x, z) : 0).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('is exact between doubles and decimals', () => {
    expect(compare(0.1, Decimal128.fromString('0.1'))).toBeGreaterThan(0);
    expect(compare(0.5, Decimal128.fromString('0.50'))).toBe(0);
    expect(compare(Long.fromString('9007199254740993'), new Double(9007199254740992))).toBeGreaterThan(0);
  });
});

describe('encoding', () => {
  it('keeps every value, as the reference implementation reads it', () => {
    fc.assert(
      fc.property(arbitraryValue, (value) => {
        const bytes = encode({ value });
        expect(encode(decode(bytes)).equals(bytes)).toBe(true);
        const reference = deserialize(bytes, { promoteValues: false, bsonRegExp: true });
        expect(Buffer.from(serialize(reference)).equals(bytes)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('tells int32, double and int64 apart', () => {
    const bytes = encode({ i: 5, d: new Double(5), l: Long.fromNumber(5), z: -0, f: 5.5 });
    expect(EJSON.stringify(decode(bytes), { relaxed: false })).toBe(
      '{"i":{"$numberInt":"5"},"d":{"$numberDouble":"5.0"},"l":{"$numberLong":"5"},"z":{"$numberDouble":"-0.0"},"f":{"$numberDouble":"5.5"}}',
    );
  });

  it('takes fields with awkward names as fields', () => {
    const bytes = encode(JSON.parse('{"__proto__":{"a":1},"constructor":2,"_bsontype":"ObjectId"}') as Doc);
    const doc = decode(bytes);
    expect(Object.getPrototypeOf(doc)).toBe(Object.prototype);
    expect(Object.keys(doc)).toEqual(['__proto__', 'constructor', '_bsontype']);
    expect(encode(doc).equals(bytes)).toBe(true);
  });

  it('refuses broken and endless input', () => {
    expect(() => decode(Buffer.from([50, 0, 0, 0, 2, 97]))).toThrow(expect.objectContaining({ code: 22 }));
    let deep: Value = 1;
    for (let i = 0; i < 250; i++) deep = { a: deep };
    expect(() => decode(encode({ deep }))).toThrow(expect.objectContaining({ code: 15 }));
  });

  it('never fails on what has been checked', () => {
    const rest: Value[] = [new Code('f'), new BSONSymbol('s'), new Binary(Buffer.from('old'), 2), { text: 'é' }];
    const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(arbitraryValue, fc.constantFrom(...rest), place, fc.nat(255), (a, b, where, byte) => {
        const bytes = encode({ a, b });
        checkDocument(bytes);
        bytes[Math.floor(where * bytes.length)] = byte;
        const accepts = (read: (bytes: Buffer) => unknown): boolean => {
          try {
            read(bytes);
            return true;
          } catch {
            return false;
          }
        };
        expect(accepts(checkDocument) && !accepts(decode)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  it('refuses too deep and unknown values before anything is decoded', () => {
    let deep: Value = 1;
    for (let i = 0; i < 250; i++) deep = [deep];
    expect(() => checkDocument(encode({ deep }))).toThrow(expect.objectContaining({ code: 15 }));
    expect(() => checkDocument(Buffer.from([8, 0, 0, 0, 6, 97, 0, 0]))).toThrow(expect.objectContaining({ code: 2 }));
    expect(() => checkDocument(Buffer.from([50, 0, 0, 0, 2, 97]))).toThrow(expect.objectContaining({ code: 22 }));
  });

  it('reads some of the fields', () => {
    fc.assert(
      fc.property(arbitraryValue, arbitraryValue, arbitraryValue, (a, b, c) => {
        const fields = decodeFields(encode({ a, b, c }), (name) => name !== 'b');
        expect(encode(fields)).toEqual(encode({ a, c }));
      }),
    );
  });

  it('finds the documents of an array in their encoded form', () => {
    const docs = [{ _id: 1, s: 'x' }, { _id: 2 }];
    const bytes = encode({ insert: 'c', n: 1.5, ok: true, at: new Date(), documents: docs, $db: 'x' });
    expect(sliceArray(bytes, 'documents')?.map((b) => decode(b))).toEqual(docs);
    expect(sliceArray(bytes, 'nothing')).toBeNull();
  });
});

describe('arithmetic', () => {
  const D = (s: string): Decimal128 => Decimal128.fromString(s);
  it.each<[string, Numeric, '+' | '-' | '*' | '/' | '%', Numeric, Value]>([
    ['int32 stays int32', 2, '+', 3, 5],
    ['int32 overflows to int64', 2147483647, '+', 1, Long.fromNumber(2147483648)],
    ['int64 stays int64', Long.fromNumber(5), '*', 2, Long.fromNumber(10)],
    ['int64 overflows to double', Long.MAX_VALUE, '+', 1, 2 ** 63],
    ['a double makes a double', new Double(1), '+', 1, new Double(2)],
    ['1.5 + 1.5 is the double 3', 1.5, '+', 1.5, new Double(3)],
    ['division gives a double', 6, '/', 3, new Double(2)],
    ['a decimal makes a decimal', D('0.1'), '+', D('0.2'), D('0.3')],
    ['0.1 as a double counts as 0.1 beside a decimal', D('1'), '+', 0.1, D('1.1')],
    ['remainder keeps its type', 7, '%', 4, 3],
    ['negative zero does not appear among integers', -4, '%', 2, 0],
    ['decimal division', D('1'), '/', D('8'), D('0.125')],
  ])('%s', (_, a, op, b, result) => {
    expect(EJSON.stringify({ v: arithmetic(op, a, b) }, { relaxed: false })).toBe(EJSON.stringify({ v: result }, { relaxed: false }));
  });

  it('sums doubles with compensation', () => {
    const sum = new Sum();
    for (let i = 0; i < 10; i++) sum.add(0.1);
    expect(sum.value).toEqual(new Double(1));
    const large = new Sum();
    for (const n of [1e100, 1.5, -1e100]) large.add(n);
    expect(large.value).toBe(1.5);
  });
});
