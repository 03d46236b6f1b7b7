import { compare, equal } from '../bson/compare.js';
import { hasType, parseTypeAlias } from '../bson/type-names.js';
import { expectString, hasField, isDoc, isNumeric, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, unsupported } from '../errors.js';
import type { ValueTest } from './predicates.js';

type Rule = (arg: Value, schema: Doc) => ValueTest | null;

const JSON_TYPES: Readonly<Record<string, string>> = {
  boolean: 'bool',
  string: 'string',
  number: 'number',
  object: 'object',
  array: 'array',
  null: 'null',
};

function list(v: Value): Value[] {
  return Array.isArray(v) ? v : [v];
}

function bound(arg: Value, holds: (c: number) => boolean): ValueTest {
  if (!isNumeric(arg)) fail(14, '$jsonSchema bound must be a number');
  return (v) => !isNumeric(v) || holds(compare(v, arg));
}

function length(arg: Value, of: (v: Value) => number | undefined, holds: (n: number, limit: number) => boolean): ValueTest {
  const limit = toNumber(arg);
  return (v) => {
    const n = of(v);
    return n === undefined || holds(n, limit);
  };
}

const stringLength = (v: Value): number | undefined => (typeof v === 'string' ? Array.from(v).length : undefined);
const arrayLength = (v: Value): number | undefined => (Array.isArray(v) ? v.length : undefined);
const atLeast = (n: number, limit: number): boolean => n >= limit;
const atMost = (n: number, limit: number): boolean => n <= limit;

const RULES: Readonly<Record<string, Rule>> = {
  bsonType: (arg) => {
    const aliases = list(arg).map(parseTypeAlias);
    return (v) => aliases.some((a) => hasType(v, a));
  },
  type: (arg) => {
    const aliases = list(arg).map((t) => JSON_TYPES[expectString(t, 'type')] ?? fail(2, 'Unknown type name in $jsonSchema'));
    return (v) => aliases.some((a) => hasType(v, a));
  },
  enum: (arg) => (v) => list(arg).some((e) => equal(e, v)),
  required: (arg) => (v) => !isDoc(v) || list(arg).every((k) => hasField(v, expectString(k, 'required'))),
  properties: (arg) => {
    const fields = Object.entries(arg as Doc).map(([k, s]) => [k, compileJsonSchema(s)] as const);
    return (v) => !isDoc(v) || fields.every(([k, test]) => !hasField(v, k) || test(v[k]));
  },
  additionalProperties: (arg, schema) => {
    const known = new Set(Object.keys((schema['properties'] ?? {}) as Doc));
    if (arg === true) return null;
    const rest: ValueTest = isDoc(arg) ? compileJsonSchema(arg) : () => false;
    return (v) => !isDoc(v) || Object.keys(v).every((k) => known.has(k) || rest(v[k]));
  },
  minimum: (arg, s) => bound(arg, (c) => (s['exclusiveMinimum'] === true ? c > 0 : c >= 0)),
  maximum: (arg, s) => bound(arg, (c) => (s['exclusiveMaximum'] === true ? c < 0 : c <= 0)),
  exclusiveMinimum: () => null,
  exclusiveMaximum: () => null,
  minLength: (arg) => length(arg, stringLength, atLeast),
  maxLength: (arg) => length(arg, stringLength, atMost),
  minItems: (arg) => length(arg, arrayLength, atLeast),
  maxItems: (arg) => length(arg, arrayLength, atMost),
  pattern: (arg) => {
    const regex = new RegExp(expectString(arg, 'pattern'), 'u');
    return (v) => typeof v !== 'string' || regex.test(v);
  },
  items: (arg) => {
    if (!isDoc(arg)) return unsupported('$jsonSchema keyword items with an array');
    const test = compileJsonSchema(arg);
    return (v) => !Array.isArray(v) || v.every(test);
  },
  anyOf: (arg) => {
    const tests = list(arg).map(compileJsonSchema);
    return (v) => tests.some((t) => t(v));
  },
  allOf: (arg) => {
    const tests = list(arg).map(compileJsonSchema);
    return (v) => tests.every((t) => t(v));
  },
  oneOf: (arg) => {
    const tests = list(arg).map(compileJsonSchema);
    return (v) => tests.filter((t) => t(v)).length === 1;
  },
  not: (arg) => {
    const test = compileJsonSchema(arg);
    return (v) => !test(v);
  },
  title: () => null,
  description: () => null,
};

/** Compiles the part of `$jsonSchema` collection validators use; any other keyword is refused. */
export function compileJsonSchema(schema: Value): ValueTest {
  if (!isDoc(schema)) fail(14, '$jsonSchema must be an object');
  const tests: ValueTest[] = [];
  for (const k of Object.keys(schema)) {
    const rule = RULES[k] ?? unsupported(`$jsonSchema keyword ${k}`);
    const test = rule(schema[k], schema);
    if (test) tests.push(test);
  }
  return (v) => tests.every((t) => t(v));
}
