import { indexKey } from '../bson/index-key.js';
import { typeName } from '../bson/type-names.js';
import { isNil, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { compileArgs, type Operator } from './scope.js';

type Keyed = Map<string, Value>;

function keyed(v: Value[]): Keyed {
  return new Map(v.map((x) => [indexKey(x), x]));
}

function overSets(min: number, max: number, nullResult: boolean, f: (sets: Keyed[]) => Value): Operator {
  return (arg, scope, name) => {
    const args = compileArgs(arg, scope, name, min, max);
    return (d) => {
      const sets: Keyed[] = [];
      for (const e of args) {
        const v = e(d);
        if (isNil(v) && nullResult) return null;
        if (!Array.isArray(v)) fail(17041, `All operands of ${name} must be arrays. One argument is of type: ${typeName(v)}`);
        sets.push(keyed(v));
      }
      return f(sets);
    };
  };
}

function within(a: Keyed, b: Keyed): boolean {
  return [...a.keys()].every((k) => b.has(k));
}

export const setOperators: Readonly<Record<string, Operator>> = {
  $setUnion: overSets(0, Infinity, true, (sets) => [...new Map(sets.flatMap((s) => [...s])).values()]),
  $setIntersection: overSets(0, Infinity, true, (sets) => {
    const [head, ...rest] = sets;
    return head ? [...head].filter(([k]) => rest.every((s) => s.has(k))).map(([, v]) => v) : [];
  }),
  $setDifference: overSets(2, 2, true, ([a, b]) => (a && b ? [...a].filter(([k]) => !b.has(k)).map(([, v]) => v) : [])),
  $setEquals: overSets(2, Infinity, false, (sets) => sets.every((s) => sets[0] !== undefined && within(s, sets[0]) && within(sets[0], s))),
  $setIsSubset: overSets(2, 2, false, ([a, b]) => a !== undefined && b !== undefined && within(a, b)),
};
