import { Decimal128 } from 'bson';
import { toNumber, type Numeric } from './value.js';

/** An exact number: `c` times ten to the `e`, or one of the values that have no such form. */
export interface Exact {
  readonly c: bigint;
  readonly e: number;
  readonly special?: 'NaN' | 'Infinity' | '-Infinity';
}

const NAN: Exact = { c: 0n, e: 0, special: 'NaN' };
const INFINITE: Exact = { c: 0n, e: 0, special: 'Infinity' };
const NEGATIVE_INFINITE: Exact = { c: 0n, e: 0, special: '-Infinity' };
const MAX_DIGITS = 34;
const QUOTIENT_DIGITS = 40;

export function parseDecimal(s: string): Exact {
  const m = /^([+-])?(?:(Infinity|Inf)|(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?)$/.exec(s);
  if (!m) return NAN;
  const negative = m[1] === '-';
  if (m[2] !== undefined) return negative ? NEGATIVE_INFINITE : INFINITE;
  const fraction = m[4] ?? '';
  const c = BigInt(`${m[3] ?? ''}${fraction}` || '0');
  return { c: negative ? -c : c, e: (m[5] === undefined ? 0 : Number(m[5])) - fraction.length };
}

function special(n: number): Exact | null {
  if (Number.isNaN(n)) return NAN;
  if (n === Infinity) return INFINITE;
  return n === -Infinity ? NEGATIVE_INFINITE : null;
}

/** The exact value of a double: a binary fraction always has a finite decimal expansion. */
function exactDouble(n: number): Exact {
  const other = special(n);
  if (other) return other;
  if (Number.isInteger(n)) return { c: BigInt(n), e: 0 };
  let scaled = n;
  let shift = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift++;
  }
  return { c: BigInt(scaled) * 5n ** BigInt(shift), e: -shift };
}

/** Exact value, for comparison and index keys. */
export function exact(v: Numeric): Exact {
  if (v instanceof Decimal128) return parseDecimal(v.toString());
  return typeof v === 'object' && 'low' in v ? { c: v.toBigInt(), e: 0 } : exactDouble(toNumber(v));
}

/** Value for decimal arithmetic: MongoDB rounds a double to 15 digits first, so that 0.1 counts as 0.1. */
export function toExactOperand(v: Numeric): Exact {
  if (v instanceof Decimal128 || (typeof v === 'object' && 'low' in v)) return exact(v);
  const n = toNumber(v);
  return special(n) ?? (Number.isInteger(n) ? { c: BigInt(n), e: 0 } : parseDecimal(String(Number(n.toPrecision(15)))));
}

function align(a: Exact, b: Exact): [bigint, bigint, number] {
  if (a.e === b.e) return [a.c, b.c, a.e];
  return a.e > b.e ? [a.c * 10n ** BigInt(a.e - b.e), b.c, b.e] : [a.c, b.c * 10n ** BigInt(b.e - a.e), a.e];
}

function order(a: Exact): number {
  switch (a.special) {
    case 'NaN':
      return -2;
    case '-Infinity':
      return -1;
    case 'Infinity':
      return 1;
    case undefined:
      return 0;
  }
}

export function compareExact(a: Exact, b: Exact): number {
  if (a.special !== undefined || b.special !== undefined) return Math.sign(order(a) - order(b));
  const [x, y] = align(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export function subtractExact(a: Exact, b: Exact): Exact {
  const [x, y, e] = align(a, b);
  return { c: x - y, e };
}

export function toDecimal128(x: Exact): Decimal128 {
  if (x.special !== undefined) return Decimal128.fromString(x.special);
  let { c, e } = x;
  const negative = c < 0n;
  if (negative) c = -c;
  let digits = c.toString();
  if (digits.length > MAX_DIGITS) {
    const drop = digits.length - MAX_DIGITS;
    c = divideHalfEven(c, 10n ** BigInt(drop));
    e += drop;
    digits = c.toString();
  }
  return Decimal128.fromString(`${negative ? '-' : ''}${digits}${e === 0 ? '' : `E${e > 0 ? '+' : ''}${e}`}`);
}

/** Quotient rounded to the nearest integer, halves to the even one. Both arguments are positive or zero. */
export function divideHalfEven(c: bigint, by: bigint): bigint {
  const q = c / by;
  const twice = (c % by) * 2n;
  return twice > by || (twice === by && q % 2n === 1n) ? q + 1n : q;
}

export type DecimalOperator = '+' | '-' | '*' | '/' | '%';

/** Decimal arithmetic on finite operands; the divisor is not zero. */
export function decimalArithmetic(op: DecimalOperator, a: Exact, b: Exact): Decimal128 {
  if (op === '*') return toDecimal128({ c: a.c * b.c, e: a.e + b.e });
  if (op === '/') {
    let c = (a.c * 10n ** BigInt(QUOTIENT_DIGITS)) / b.c;
    let e = a.e - b.e - QUOTIENT_DIGITS;
    while (c !== 0n && c % 10n === 0n && e < 0) {
      c /= 10n;
      e++;
    }
    return toDecimal128({ c, e });
  }
  const [x, y, e] = align(a, b);
  return toDecimal128({ c: op === '+' ? x + y : op === '-' ? x - y : x % y, e });
}
