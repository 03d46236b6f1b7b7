import { equal } from '../bson/compare.js';
import { typeName } from '../bson/type-names.js';
import { isDoc, isNil, isNumeric, setField, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import { averageOf, deviationOf, extremeOf, sumOf } from './aggregates.js';
import { compileArgs, nullable, type Evaluate, type Operator } from './scope.js';

function arrayOrFail(v: Value, name: string, code: number): Value[] {
  return Array.isArray(v) ? v : fail(code, `${name}'s argument must be an array, but is ${typeName(v)}`);
}

/** `{ $sum: [a, b] }` takes the values, `{ $sum: "$array" }` the elements of one array. */
function overList(f: (values: readonly Value[]) => Value): Operator {
  return (arg, scope, name) => {
    const args = compileArgs(arg, scope, name, 0, Infinity);
    const [only] = args;
    if (args.length !== 1 || only === undefined) return (d) => f(args.map((e) => e(d)));
    return (d) => {
      const v = only(d);
      return f(Array.isArray(v) ? v : [v]);
    };
  };
}

const size: Operator = (arg, scope, name) => {
  const [e] = compileArgs(arg, scope, name, 1) as [Evaluate];
  return (d) => {
    const v = e(d);
    return Array.isArray(v) ? v.length : fail(17124, `The argument to $size must be an array, but was of type: ${typeName(v)}`);
  };
};

function wholeNumber(v: Value, name: string): number {
  const n = isNumeric(v) ? toNumber(v) : NaN;
  return Number.isInteger(n) ? n : fail(28690, `${name} needs an integer, found ${show(v)}`);
}

const arrayElemAt: Operator = (arg, scope, name) => {
  const [array, index] = compileArgs(arg, scope, name, 2) as [Evaluate, Evaluate];
  return (d) => {
    const a = array(d);
    const i = index(d);
    return isNil(a) || isNil(i) ? null : arrayOrFail(a, name, 28689).at(wholeNumber(i, name));
  };
};

const slice: Operator = (arg, scope, name) => {
  const [array, first, second] = compileArgs(arg, scope, name, 2, 3) as [Evaluate, Evaluate, Evaluate?];
  return (d) => {
    const v = array(d);
    const n = first(d);
    if (isNil(v) || isNil(n)) return null;
    const a = arrayOrFail(v, name, 28724);
    const from = wholeNumber(n, name);
    if (!second) return from >= 0 ? a.slice(0, from) : a.slice(from);
    const count = second(d);
    if (isNil(count)) return null;
    const start = from < 0 ? Math.max(0, a.length + from) : from;
    const length = wholeNumber(count, name);
    return length > 0 ? a.slice(start, start + length) : fail(28729, 'Third argument to $slice must be positive');
  };
};

const concatArrays: Operator = (arg, scope, name) => {
  const args = compileArgs(arg, scope, name, 0, Infinity);
  return (d) => {
    const out: Value[] = [];
    for (const e of args) {
      const v = e(d);
      if (isNil(v)) return null;
      out.push(...arrayOrFail(v, name, 28664));
    }
    return out;
  };
};

const indexOfArray: Operator = (arg, scope, name) => {
  const [array, needle, start, end] = compileArgs(arg, scope, name, 2, 4) as [Evaluate, Evaluate, Evaluate?, Evaluate?];
  return (d) => {
    const v = array(d);
    if (isNil(v)) return null;
    const a = arrayOrFail(v, name, 40090);
    const wanted = needle(d);
    const from = start ? wholeNumber(start(d), name) : 0;
    const to = end ? wholeNumber(end(d), name) : a.length;
    const i = a.slice(0, to).findIndex((x, k) => k >= from && equal(x, wanted));
    return i;
  };
};

const range: Operator = (arg, scope, name) => {
  const args = compileArgs(arg, scope, name, 2, 3);
  return (d) => {
    const [start = 0, end = 0, step = 1] = args.map((e) => wholeNumber(e(d), name));
    if (step === 0) fail(34449, '$range requires a non-zero step value');
    const out: Value[] = [];
    for (let i = start; step > 0 ? i < end : i > end; i += step) out.push(i);
    return out;
  };
};

const arrayToObject = nullable((v, name) => {
  const out: Doc = {};
  for (const e of arrayOrFail(v, name, 40386)) {
    const [k, x] = Array.isArray(e) ? e : isDoc(e) ? [e['k'], e['v']] : [undefined, undefined];
    if (typeof k !== 'string') fail(40394, '$arrayToObject requires an array of key-value pairs with string keys');
    setField(out, k, x ?? null);
  }
  return out;
});

const first = (last: boolean): Operator => nullable((v, name) => arrayOrFail(v, name, 28689).at(last ? -1 : 0));

const firstN = (last: boolean): Operator => {
  return (arg, scope, name) => {
    if (!isDoc(arg)) fail(5787801, `${name} needs an object with n and input`);
    const n = scope.compile(arg['n']);
    const input = scope.compile(arg['input']);
    return (d) => {
      const a = arrayOrFail(input(d), name, 5788200);
      const count = wholeNumber(n(d), name);
      return last ? a.slice(-count) : a.slice(0, count);
    };
  };
};

const zip: Operator = (arg, scope, name) => {
  if (!isDoc(arg) || !Array.isArray(arg['inputs'])) fail(34460, '$zip needs an array of inputs');
  const inputs = arg['inputs'].map((e) => scope.compile(e));
  const longest = arg['useLongestLength'] === true;
  const defaults = arg['defaults'] === undefined ? undefined : scope.compile(arg['defaults']);
  return (d) => {
    const arrays: Value[][] = [];
    for (const e of inputs) {
      const v = e(d);
      if (isNil(v)) return null;
      arrays.push(arrayOrFail(v, name, 34468));
    }
    const lengths = arrays.map((a) => a.length);
    const length = longest ? Math.max(...lengths) : Math.min(...lengths);
    const missing = defaults?.(d);
    return Array.from({ length }, (_, i) =>
      arrays.map((a, k) => (i < a.length ? a[i] : Array.isArray(missing) ? (missing[k] ?? null) : null)),
    );
  };
};

export const arrayOperators: Readonly<Record<string, Operator>> = {
  $sum: overList(sumOf),
  $avg: overList(averageOf),
  $min: overList((v) => extremeOf(v, -1)),
  $max: overList((v) => extremeOf(v, 1)),
  $stdDevPop: overList((v) => deviationOf(v, false)),
  $stdDevSamp: overList((v) => deviationOf(v, true)),
  $size: size,
  $isArray: (arg, scope, name) => {
    const [e] = compileArgs(arg, scope, name, 1) as [Evaluate];
    return (d) => Array.isArray(e(d));
  },
  $arrayElemAt: arrayElemAt,
  $first: first(false),
  $last: first(true),
  $firstN: firstN(false),
  $lastN: firstN(true),
  $slice: slice,
  $concatArrays: concatArrays,
  $reverseArray: nullable((v, name) => arrayOrFail(v, name, 34435).toReversed()),
  $indexOfArray: indexOfArray,
  $range: range,
  $arrayToObject: arrayToObject,
  $objectToArray: nullable((v) =>
    isDoc(v) ? Object.keys(v).map((k) => ({ k, v: v[k] })) : fail(40390, `$objectToArray requires a document input, found: ${typeName(v)}`),
  ),
  $zip: zip,
};
