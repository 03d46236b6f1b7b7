import { typeName } from '../bson/type-names.js';
import { isDoc, isNil, isNumeric, toNumber, truthy, type Doc, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { parseSort, sortBy } from '../query/sort.js';
import type { Operator } from './scope.js';

/** Named arguments that are not all expressions: the caller compiles each in the scope it needs. */
function fields(arg: Value, name: string, required: readonly string[], optional: readonly string[]): Doc {
  if (!isDoc(arg)) fail(16878, `${name} only supports an object as its argument`);
  for (const k of Object.keys(arg))
    if (!required.includes(k) && !optional.includes(k)) fail(16879, `Unrecognized parameter to ${name}: ${k}`);
  for (const k of required) if (arg[k] === undefined) fail(16880, `Missing '${k}' parameter to ${name}`);
  return arg;
}

function variableName(v: Value): string {
  if (v === undefined) return 'this';
  return typeof v === 'string' ? v : fail(16866, "the 'as' parameter must be a string");
}

function arrayInput(v: Value, name: string): Value[] | null {
  if (isNil(v)) return null;
  return Array.isArray(v) ? v : fail(28651, `input to ${name} must be an array not ${typeName(v)}`);
}

const map: Operator = (arg, scope, name) => {
  const f = fields(arg, name, ['input', 'in'], ['as']);
  const input = scope.compile(f['input']);
  const inner = scope.extend([variableName(f['as'])]);
  const body = inner.scope.compile(f['in']);
  const [cell] = inner.cells;
  return (d) => {
    const array = arrayInput(input(d), name);
    return (
      array?.map((x) => {
        if (cell) cell.value = x;
        return body(d) ?? null;
      }) ?? null
    );
  };
};

const filter: Operator = (arg, scope, name) => {
  const f = fields(arg, name, ['input', 'cond'], ['as', 'limit']);
  const input = scope.compile(f['input']);
  const limit = f['limit'] === undefined ? undefined : scope.compile(f['limit']);
  const inner = scope.extend([variableName(f['as'])]);
  const test = inner.scope.compile(f['cond']);
  const [cell] = inner.cells;
  return (d) => {
    const array = arrayInput(input(d), name);
    if (array === null) return null;
    const n = limit?.(d);
    const max = isNumeric(n) ? toNumber(n) : Infinity;
    const out: Value[] = [];
    for (const x of array) {
      if (out.length >= max) break;
      if (cell) cell.value = x;
      if (truthy(test(d))) out.push(x);
    }
    return out;
  };
};

const reduce: Operator = (arg, scope, name) => {
  const f = fields(arg, name, ['input', 'initialValue', 'in'], []);
  const input = scope.compile(f['input']);
  const initial = scope.compile(f['initialValue']);
  const inner = scope.extend(['this', 'value']);
  const body = inner.scope.compile(f['in']);
  const [element, value] = inner.cells;
  return (d) => {
    const array = arrayInput(input(d), name);
    if (array === null) return null;
    let accumulated = initial(d);
    for (const x of array) {
      if (element) element.value = x;
      if (value) value.value = accumulated;
      accumulated = body(d);
    }
    return accumulated;
  };
};

const letOperator: Operator = (arg, scope, name) => {
  const f = fields(arg, name, ['vars', 'in'], []);
  const vars = isDoc(f['vars']) ? f['vars'] : fail(16876, 'invalid parameter: expected an object (vars)');
  const names = Object.keys(vars);
  const values = names.map((n) => scope.compile(vars[n]));
  const inner = scope.extend(names);
  const body = inner.scope.compile(f['in']);
  return (d) => {
    const computed = values.map((e) => e(d));
    inner.cells.forEach((cell, i) => {
      cell.value = computed[i];
    });
    return body(d);
  };
};

const sortArray: Operator = (arg, scope, name) => {
  const f = fields(arg, name, ['input', 'sortBy'], []);
  const input = scope.compile(f['input']);
  const by = f['sortBy'];
  const whole = isNumeric(by) ? toNumber(by) : 0;
  const sort = isDoc(by) ? parseSort(by) : parseSort({ v: whole });
  return (d) => {
    const array = arrayInput(input(d), name);
    if (array === null) return null;
    return isDoc(by) ? sortBy(array, sort, (x) => x) : sortBy(array, sort, (x) => ({ v: x }));
  };
};

export const iterationOperators: Readonly<Record<string, Operator>> = {
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $let: letOperator,
  $sortArray: sortArray,
};
