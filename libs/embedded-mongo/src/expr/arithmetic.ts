import { Decimal128, Long } from 'bson';
import { arithmetic, negate } from '../bson/arithmetic.js';
import { divideHalfEven, exact, toDecimal128 } from '../bson/decimal.js';
import { typeName } from '../bson/type-names.js';
import { double, integer, isInt32, isLong, isNil, isNumeric, toNumber, type Numeric, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { compileArgs, nullable, type Evaluate, type Operator } from './scope.js';

function numericOrFail(v: Value, name: string, code: number): Numeric {
  return isNumeric(v) ? v : fail(code, `${name} only supports numeric types, not ${typeName(v)}`);
}

const add: Operator = (arg, scope, name) => {
  const args = compileArgs(arg, scope, name, 0, Infinity);
  return (d) => {
    let sum: Numeric = 0;
    let date: Date | null = null;
    for (const e of args) {
      const v = e(d);
      if (isNil(v)) return null;
      if (v instanceof Date) {
        if (date) fail(16612, 'only one date allowed in an $add expression');
        date = v;
      } else sum = arithmetic('+', sum, numericOrFail(v, name, 14));
    }
    return date ? new Date(date.getTime() + Math.round(toNumber(sum))) : sum;
  };
};

const subtract: Operator = (arg, scope, name) => {
  const [left, right] = compileArgs(arg, scope, name, 2) as [Evaluate, Evaluate];
  return (d) => {
    const a = left(d);
    const b = right(d);
    if (isNil(a) || isNil(b)) return null;
    if (a instanceof Date) {
      return b instanceof Date
        ? Long.fromNumber(a.getTime() - b.getTime())
        : new Date(a.getTime() - Math.round(toNumber(numericOrFail(b, name, 14556))));
    }
    return arithmetic('-', numericOrFail(a, name, 14556), numericOrFail(b, name, 14556));
  };
};

const multiply: Operator = (arg, scope, name) => {
  const args = compileArgs(arg, scope, name, 0, Infinity);
  return (d) => {
    let product: Numeric = 1;
    for (const e of args) {
      const v = e(d);
      if (isNil(v)) return null;
      product = arithmetic('*', product, numericOrFail(v, name, 14));
    }
    return product;
  };
};

function binary(f: (a: Numeric, b: Numeric, name: string) => Value): Operator {
  return (arg, scope, name) => {
    const [left, right] = compileArgs(arg, scope, name, 2) as [Evaluate, Evaluate];
    return (d) => {
      const a = left(d);
      const b = right(d);
      if (isNil(a) || isNil(b)) return null;
      return f(numericOrFail(a, name, 16609), numericOrFail(b, name, 16609), name);
    };
  };
}

function divisor(b: Numeric, code: number, name: string): Numeric {
  return toNumber(b) === 0 ? fail(code, `can't ${name} by zero`) : b;
}

export type Rounding = 'round' | 'trunc' | 'ceil' | 'floor';

function roundBig(c: bigint, by: bigint, mode: Rounding): bigint {
  const negative = c < 0n;
  const magnitude = negative ? -c : c;
  const truncated = magnitude / by;
  const rest = magnitude % by !== 0n;
  let q = truncated;
  if (mode === 'round') q = divideHalfEven(magnitude, by);
  else if ((mode === 'ceil' && !negative && rest) || (mode === 'floor' && negative && rest)) q += 1n;
  return negative ? -q : q;
}

/** Rounds to a number of decimal places, halves to even, keeping the type. */
export function roundTo(v: Numeric, place: number, mode: Rounding): Numeric {
  if ((isLong(v) || (typeof v === 'number' && isInt32(v))) && place >= 0) return v;
  const n = toNumber(v);
  if (!(v instanceof Decimal128)) {
    if (!Number.isFinite(n)) return v;
    if (place === 0 && mode !== 'round') return double(Math[mode](n));
  }
  const x = exact(v);
  if (x.special !== undefined || x.e >= -place) return v;
  const rounded = { c: roundBig(x.c, 10n ** BigInt(-place - x.e), mode), e: -place };
  if (v instanceof Decimal128) return toDecimal128(rounded);
  if (isLong(v) || (typeof v === 'number' && isInt32(v))) return integer(Number(rounded.c) * 10 ** rounded.e);
  return double(Number(`${rounded.c}e${rounded.e}`));
}

function placed(mode: Rounding): Operator {
  return (arg, scope, name) => {
    const [value, place] = compileArgs(arg, scope, name, 1, 2);
    return (d) => {
      const v = value?.(d);
      const p = place ? place(d) : 0;
      if (isNil(v) || isNil(p)) return null;
      return roundTo(numericOrFail(v, name, 51081), toNumber(numericOrFail(p, name, 51082)), mode);
    };
  };
}

function doubles(f: (n: number) => number): Operator {
  return nullable((v, name) => double(f(toNumber(numericOrFail(v, name, 28765)))));
}

export const arithmeticOperators: Readonly<Record<string, Operator>> = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: binary((a, b, name) => arithmetic('/', a, divisor(b, 2, name))),
  $mod: binary((a, b, name) => arithmetic('%', a, divisor(b, 16610, name))),
  $abs: nullable((v, name) => {
    const n = numericOrFail(v, name, 28765);
    return toNumber(n) < 0 ? negate(n) : n;
  }),
  $ceil: nullable((v, name) => roundTo(numericOrFail(v, name, 28765), 0, 'ceil')),
  $floor: nullable((v, name) => roundTo(numericOrFail(v, name, 28765), 0, 'floor')),
  $round: placed('round'),
  $trunc: placed('trunc'),
  $sqrt: nullable((v, name) => {
    const n = toNumber(numericOrFail(v, name, 28765));
    return n < 0 ? fail(28714, "$sqrt's argument must be greater than or equal to 0") : double(Math.sqrt(n));
  }),
  $pow: binary((a, b) => {
    const n = toNumber(a) ** toNumber(b);
    const integral = [a, b].every((x) => isLong(x) || (typeof x === 'number' && isInt32(x)));
    return integral && toNumber(b) >= 0 && Number.isSafeInteger(n) ? integer(n) : double(n);
  }),
  $exp: doubles(Math.exp),
  $ln: doubles(Math.log),
  $log10: doubles(Math.log10),
  $log: binary((a, b) => double(Math.log(toNumber(a)) / Math.log(toNumber(b)))),
};
