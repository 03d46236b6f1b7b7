import { compare, equal } from '../bson/compare.js';
import { typeName } from '../bson/type-names.js';
import { hasField, isDoc, isNil, truthy, type Doc, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { compileArgs, type Evaluate, type Operator } from './scope.js';

function comparing(f: (c: number) => Value): Operator {
  return (arg, scope, name) => {
    const [left, right] = compileArgs(arg, scope, name, 2) as [Evaluate, Evaluate];
    return (d) => f(compare(left(d), right(d)));
  };
}

const and: Operator = (arg, scope, name) => {
  const args = compileArgs(arg, scope, name, 0, Infinity);
  return (d) => args.every((e) => truthy(e(d)));
};

const or: Operator = (arg, scope, name) => {
  const args = compileArgs(arg, scope, name, 0, Infinity);
  return (d) => args.some((e) => truthy(e(d)));
};

const cond: Operator = (arg, scope, name) => {
  if (isDoc(arg)) {
    const unknown = Object.keys(arg).find((k) => !['if', 'then', 'else'].includes(k));
    if (unknown !== undefined) fail(17083, `Unrecognized parameter to $cond: ${unknown}`);
    for (const k of ['if', 'then', 'else']) if (!hasField(arg, k)) fail(17080, `Missing '${k}' parameter to $cond`);
  }
  const list = isDoc(arg) ? [arg['if'], arg['then'], arg['else']] : arg;
  const [test, yes, no] = compileArgs(list, scope, name, 3) as [Evaluate, Evaluate, Evaluate];
  return (d) => (truthy(test(d)) ? yes(d) : no(d));
};

const ifNull: Operator = (arg, scope, name) => {
  const args = compileArgs(arg, scope, name, 2, Infinity);
  return (d) => {
    let v: Value;
    for (const e of args) {
      v = e(d);
      if (!isNil(v)) return v;
    }
    return v;
  };
};

const switchOperator: Operator = (arg, scope) => {
  const branches = isDoc(arg) ? arg['branches'] : undefined;
  if (!isDoc(arg) || !Array.isArray(branches)) fail(40061, "$switch expected an array for 'branches'");
  if (branches.length === 0) fail(40068, '$switch requires at least one branch');
  const compiled = branches.map((b) => {
    if (!isDoc(b) || !hasField(b, 'case') || !hasField(b, 'then')) {
      fail(40067, "$switch requires each branch have a 'case' and a 'then' expression");
    }
    return [scope.compile(b['case']), scope.compile(b['then'])] as const;
  });
  const fallback = hasField(arg, 'default') ? scope.compile(arg['default']) : undefined;
  return (d: Doc) => {
    for (const [test, result] of compiled) if (truthy(test(d))) return result(d);
    if (!fallback) fail(40066, '$switch could not find a matching branch for an input, and no default was specified.');
    return fallback(d);
  };
};

const inOperator: Operator = (arg, scope, name) => {
  const [needle, haystack] = compileArgs(arg, scope, name, 2) as [Evaluate, Evaluate];
  return (d) => {
    const array = haystack(d);
    if (!Array.isArray(array)) fail(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
    const v = needle(d);
    return array.some((x) => equal(x, v));
  };
};

export const comparisonOperators: Readonly<Record<string, Operator>> = {
  $eq: comparing((c) => c === 0),
  $ne: comparing((c) => c !== 0),
  $gt: comparing((c) => c > 0),
  $gte: comparing((c) => c >= 0),
  $lt: comparing((c) => c < 0),
  $lte: comparing((c) => c <= 0),
  $cmp: comparing((c) => Math.sign(c)),
  $and: and,
  $or: or,
  $not: (arg, scope, name) => {
    const [e] = compileArgs(arg, scope, name, 1) as [Evaluate];
    return (d) => !truthy(e(d));
  },
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchOperator,
  $in: inOperator,
  $literal: (arg) => () => arg,
};
