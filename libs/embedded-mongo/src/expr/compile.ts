import { hasField, isDoc, setField, type Doc, type Value } from '../bson/value.js';
import { fail } from '../errors.js';
import { expressionPath } from '../query/path.js';
import { arithmeticOperators } from './arithmetic.js';
import { arrayOperators } from './arrays.js';
import { comparisonOperators } from './comparison.js';
import { conversionOperators } from './conversion.js';
import { dateOperators } from './dates.js';
import { iterationOperators } from './iteration.js';
import { objectOperators } from './objects.js';
import { Scope, type Cell, type Evaluate, type Operator } from './scope.js';
import { setOperators } from './sets.js';
import { stringOperators } from './strings.js';

const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    ...arithmeticOperators,
    ...arrayOperators,
    ...comparisonOperators,
    ...conversionOperators,
    ...dateOperators,
    ...iterationOperators,
    ...objectOperators,
    ...setOperators,
    ...stringOperators,
  }),
);

/** A scope with `$$NOW` and the variables of a command's `let`. */
export function rootScope(now: Date, let_?: Value): Scope {
  const cells = new Map<string, Cell>([['NOW', { value: now }]]);
  const base = new Scope(compileIn, cells);
  if (let_ === undefined) return base;
  if (!isDoc(let_)) fail(14, "BSON field 'let' must be an object");
  for (const [name, e] of Object.entries(let_)) cells.set(name, { value: base.compile(e)({}) ?? null });
  return new Scope(compileIn, cells);
}

function compileIn(e: Value, scope: Scope): Evaluate {
  if (typeof e === 'string') return e.startsWith('$') ? path(e, scope) : () => e;
  if (Array.isArray(e)) {
    const items = e.map((x) => compileIn(x, scope));
    return (d) => items.map((f) => f(d) ?? null);
  }
  if (!isDoc(e)) return () => e;
  const keys = Object.keys(e);
  const [first] = keys;
  if (first?.startsWith('$') === true) {
    if (keys.length > 1) {
      fail(15983, `an expression specification must contain exactly one field, the name of the expression. Found ${keys.length} fields`);
    }
    const operator = OPERATORS.get(first) ?? fail(168, `Unrecognized expression '${first}'`);
    return operator(e[first], scope, first);
  }
  return objectExpression(e, keys, scope);
}

function objectExpression(e: Doc, keys: readonly string[], scope: Scope): Evaluate {
  const fields = keys.map((k) => {
    if (k.startsWith('$')) fail(16410, `FieldPath field names may not start with '$': ${k}`);
    return [k, compileIn(e[k], scope)] as const;
  });
  return (d) => {
    const out: Doc = {};
    for (const [k, f] of fields) {
      const v = f(d);
      if (v !== undefined) setField(out, k, v);
    }
    return out;
  };
}

function path(text: string, scope: Scope): Evaluate {
  if (!text.startsWith('$$')) return fieldPath(text.slice(1));
  const [name = '', ...rest] = text.slice(2).split('.');
  if (name === 'ROOT' || name === 'CURRENT') return rest.length === 0 ? (d) => d : fieldPath(rest.join('.'));
  if (name === 'REMOVE') return () => undefined;
  if (name === 'KEEP' || name === 'PRUNE' || name === 'DESCEND') return () => `$$${name}`;
  const cell = scope.variable(name);
  return rest.length === 0 ? () => cell.value : () => expressionPath(cell.value, rest);
}

function fieldPath(text: string): Evaluate {
  const parts = text.split('.');
  if (parts.includes('')) fail(40353, `FieldPath '${text}' must not have empty parts`);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return (d) => (hasField(d, only) ? d[only] : undefined);
  return (d) => expressionPath(d, parts);
}
