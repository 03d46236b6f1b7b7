import { Binary, BSONRegExp, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import type { Value } from '../src/bson/value.js';

const int32 = fc.integer();
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n));
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 40 }))
  .map(([c, e]) => Decimal128.fromString(`${c}E${e}`));
const double = fc.double({ noNaN: false }).map((n) => new Double(n));
/** Numbers that are close to each other in different types, where order and equality are easiest to get wrong. */
const near = fc
  .tuple(fc.constantFrom(0n, 5n, -5n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 62n + 1n), fc.constantFrom('l', 'd', 'n', 'p'))
  .map(([n, type]) => {
    if (type === 'l') return Long.fromBigInt(n);
    if (type === 'd') return new Double(Number(n));
    return Decimal128.fromString(type === 'p' ? `${n}.1` : String(n));
  });

export const arbitraryNumber = fc.oneof(int32, long, decimal, double, near, fc.constantFrom(new Double(0.1), Decimal128.fromString('0.1')));

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\x01', '\x02', 'ñ', '\uffee', '😀'), maxLength: 4 });

const scalar: fc.Arbitrary<Value> = fc.oneof(
  arbitraryNumber,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((b) => new ObjectId(b)),
  fc.uint8Array({ maxLength: 3 }).map((b) => new Binary(b)),
  fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp({ t, i })),
  fc.constantFrom(new BSONRegExp('a', 'i'), new BSONRegExp('a'), new MinKey(), new MaxKey()),
);

/** Any BSON value, nested a little. */
export const arbitraryValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
