import { arithmetic, Sum } from '../bson/arithmetic.js';
import { compare } from '../bson/compare.js';
import { double, isNil, isNumeric, toNumber, type Value } from '../bson/value.js';

/** Functions over a list of values, used by expressions, groups and windows alike. */

export function sumOf(values: readonly Value[]): Value {
  const sum = new Sum();
  for (const v of values) if (isNumeric(v)) sum.add(v);
  return sum.value;
}

export function averageOf(values: readonly Value[]): Value {
  const sum = new Sum();
  let n = 0;
  for (const v of values) {
    if (!isNumeric(v)) continue;
    sum.add(v);
    n++;
  }
  return n === 0 ? null : arithmetic('/', sum.value, n);
}

/** Smallest (sign -1) or largest (sign 1) value; null and missing do not count. */
export function extremeOf(values: readonly Value[], sign: 1 | -1): Value {
  let best: Value;
  for (const v of values) if (!isNil(v) && (best === undefined || compare(v, best) * sign > 0)) best = v;
  return best ?? null;
}

export function deviationOf(values: readonly Value[], sample: boolean): Value {
  const numbers = values.filter(isNumeric).map(toNumber);
  const n = numbers.length - (sample ? 1 : 0);
  if (n < 1) return null;
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  return double(Math.sqrt(numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / n));
}
