import { BSONRegExp } from 'bson';
import type { Collation } from '../bson/collation.js';
import { hasType, parseTypeAlias } from '../bson/type-names.js';
import { isDoc, isNumeric, numberOr, toNumber, truthy, type Doc, type Value } from '../bson/value.js';
import { fail, unsupported } from '../errors.js';
import { compileJsonSchema } from './json-schema.js';
import { walk } from './path.js';
import { bits, equals, matchesRegex, modulo, oneOf, range, type ValueTest } from './predicates.js';

export type DocTest = (doc: Value) => boolean;

/** What a filter needs from its surroundings. */
export interface MatchContext {
  readonly collation?: Collation | undefined;
  /** Compiles `$expr`; absent where expressions are not allowed. */
  readonly expression?: (e: Value) => (doc: Doc) => Value;
}

const GEO = new Set(['$geoWithin', '$geoIntersects', '$near', '$nearSphere', '$within', '$maxDistance', '$minDistance']);

/** True for `{ $gt: 5 }` and the like; a database reference `{ $ref, $id }` is a value. */
export function isOperatorDoc(v: Value): v is Doc {
  if (!isDoc(v)) return false;
  const first = Object.keys(v)[0];
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

/** Compiles a filter into a test; unknown operators are errors even when nothing would be tested. */
export function compileMatch(filter: Value, ctx: MatchContext = {}): DocTest {
  if (!isDoc(filter)) fail(14, 'Expected field filter to be of type object');
  const tests: DocTest[] = [];
  for (const k of Object.keys(filter)) {
    const v = filter[k];
    if (k.startsWith('$')) {
      const test = topLevel(k, v, ctx);
      if (test) tests.push(test);
    } else tests.push(field(k, v, ctx));
  }
  return all(tests);
}

function all(tests: readonly DocTest[]): DocTest {
  const [a, b] = tests;
  if (a === undefined) return () => true;
  if (b === undefined) return a;
  if (tests.length === 2) return (d) => a(d) && b(d);
  return (d) => {
    for (const t of tests) if (!t(d)) return false;
    return true;
  };
}

function field(path: string, v: Value, ctx: MatchContext): DocTest {
  if (v instanceof BSONRegExp) return fieldOperator(path, '$regex', v, ctx, {}) as DocTest;
  return isOperatorDoc(v) ? fieldOperators(path, v, ctx) : expand(path.split('.'), equals(v, ctx.collation));
}

function topLevel(k: string, v: Value, ctx: MatchContext): DocTest | null {
  switch (k) {
    case '$and':
    case '$or':
    case '$nor':
      return logical(k, v, ctx);
    case '$expr': {
      if (!ctx.expression) fail(2, '$expr is not allowed here');
      const evaluate = ctx.expression(v);
      return (d) => truthy(evaluate(d as Doc));
    }
    case '$jsonSchema':
      return compileJsonSchema(v);
    case '$comment':
    case '$alwaysTrue':
      return null;
    case '$alwaysFalse':
      return () => false;
    case '$sampleRate':
      return () => Math.random() < numberOr(v, 0);
    case '$where':
    case '$text':
      return unsupported(`query operator ${k}`);
    default:
      return fail(
        2,
        `unknown top level operator: ${k}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function logical(k: string, v: Value, ctx: MatchContext): DocTest {
  if (!Array.isArray(v)) fail(2, `${k} must be an array`);
  if (v.length === 0) fail(2, '$and/$or/$nor must be a nonempty array');
  const tests = v.map((f) => (isDoc(f) ? compileMatch(f, ctx) : fail(2, '$or/$and/$nor entries need to be full objects')));
  if (k === '$and') return all(tests);
  const some: DocTest = (d) => {
    for (const t of tests) if (t(d)) return true;
    return false;
  };
  return k === '$or' ? some : (d) => !some(d);
}

/** Applies a value test to everything the path reaches and to the elements of arrays there. */
function expand(parts: readonly string[], test: ValueTest): DocTest {
  const visit = (v: Value): boolean => test(v) || (Array.isArray(v) && v.some(test));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && only !== '__proto__') {
    return (d) => {
      if (!isDoc(d)) return walk(d, parts, 0, visit);
      const v = Object.prototype.hasOwnProperty.call(d, only) ? d[only] : undefined;
      return test(v) || (Array.isArray(v) && v.some(test));
    };
  }
  return (d) => walk(d, parts, 0, visit);
}

function not(test: DocTest): DocTest {
  return (d) => !test(d);
}

function fieldOperators(path: string, operators: Doc, ctx: MatchContext): DocTest {
  const tests: DocTest[] = [];
  for (const k of Object.keys(operators)) {
    if (!k.startsWith('$')) fail(2, `unknown operator: ${k}`);
    const test = fieldOperator(path, k, operators[k], ctx, operators);
    if (test) tests.push(test);
  }
  return all(tests);
}

function fieldOperator(path: string, op: string, arg: Value, ctx: MatchContext, siblings: Doc): DocTest | null {
  const parts = path.split('.');
  switch (op) {
    case '$eq':
      return expand(parts, equals(arg, ctx.collation));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return expand(parts, range(op, arg, ctx.collation));
    case '$mod':
      return expand(parts, modulo(arg));
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return expand(parts, bits(op, arg));
    case '$regex':
      return expand(parts, matchesRegex(arg, siblings['$options']));
    case '$options':
      if (siblings['$regex'] === undefined) fail(2, '$options needs a $regex');
      return null;
    case '$ne':
      if (arg instanceof BSONRegExp) fail(2, "Can't have regex as arg to $ne.");
      return not(expand(parts, equals(arg, ctx.collation)));
    case '$in':
      return expand(parts, oneOf(op, arg, ctx.collation, isOperatorDoc));
    case '$nin':
      return not(expand(parts, oneOf(op, arg, ctx.collation, isOperatorDoc)));
    case '$not':
      return negation(path, arg, ctx);
    case '$exists': {
      const wanted = truthy(arg);
      return (d) => walk(d, parts, 0, (v) => v !== undefined) === wanted;
    }
    case '$type':
      return typeTest(parts, arg);
    case '$size':
      return sizeTest(parts, arg);
    case '$elemMatch': {
      const test = compileElemMatch(arg, ctx);
      return (d) => walk(d, parts, 0, (v) => Array.isArray(v) && v.some(test));
    }
    case '$all':
      return allTest(path, arg, ctx);
    case '$comment':
      return null;
    default:
      return GEO.has(op) ? unsupported(`query operator ${op}`) : fail(2, `unknown operator: ${op}`);
  }
}

function negation(path: string, arg: Value, ctx: MatchContext): DocTest {
  if (arg instanceof BSONRegExp) return not(expand(path.split('.'), matchesRegex(arg)));
  if (!isDoc(arg)) fail(2, '$not needs a regex or a document');
  if (!isOperatorDoc(arg)) fail(2, '$not cannot be empty');
  return not(fieldOperators(path, arg, ctx));
}

function typeTest(parts: readonly string[], arg: Value): DocTest {
  const aliases = (Array.isArray(arg) ? arg : [arg]).map(parseTypeAlias);
  if (aliases.length === 0) fail(9, '$type must match at least one type');
  return expand(parts, (v) => aliases.some((a) => hasType(v, a)));
}

function sizeTest(parts: readonly string[], arg: Value): DocTest {
  const n = isNumeric(arg) ? toNumber(arg) : fail(2, 'Failed to parse $size. Expected a number in: $size');
  if (n < 0 || !Number.isInteger(n)) {
    fail(2, `Failed to parse $size. Expected ${n < 0 ? 'a non-negative number' : 'an integer'} in: $size`);
  }
  return (d) => walk(d, parts, 0, (v) => Array.isArray(v) && v.length === n);
}

function allTest(path: string, arg: Value, ctx: MatchContext): DocTest {
  if (!Array.isArray(arg)) fail(2, '$all needs an array');
  if (arg.length === 0) return () => false;
  return all(
    arg.map((a) => {
      if (isDoc(a) && '$elemMatch' in a) return fieldOperator(path, '$elemMatch', a['$elemMatch'], ctx, {}) as DocTest;
      return expand(path.split('.'), a instanceof BSONRegExp ? matchesRegex(a) : equals(a, ctx.collation));
    }),
  );
}

const LOGICAL = new Set(['$and', '$or', '$nor', '$expr', '$where']);

/** Test for one array element: operators apply to the element itself, fields to the document it is. */
export function compileElemMatch(arg: Value, ctx: MatchContext): ValueTest {
  if (!isDoc(arg)) fail(2, '$elemMatch needs an Object');
  const first = Object.keys(arg)[0];
  if (first?.startsWith('$') === true && !LOGICAL.has(first)) {
    const test = fieldOperators('v', arg, ctx);
    return (e) => test({ v: e });
  }
  const test = compileMatch(arg, ctx);
  return (e) => {
    if (Array.isArray(e)) return test(Object.fromEntries(e.entries()));
    return isDoc(e) && test(e);
  };
}
