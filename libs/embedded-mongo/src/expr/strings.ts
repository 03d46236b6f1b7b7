import { BSONRegExp } from 'bson';
import { typeName } from '../bson/type-names.js';
import { expectString, isNil, isNumeric, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import { compileRegex } from '../query/regex.js';
import { convert } from './conversion.js';
import { compileArgs, named, type Evaluate, type Operator } from './scope.js';

function stringOrFail(v: Value, name: string, code: number): string {
  return typeof v === 'string' ? v : fail(code, `${name} requires a string argument, found: ${typeName(v)}`);
}

/** Operators that turn other values into text first; null counts as empty. */
function coerced(v: Value, name: string): string {
  if (isNil(v)) return '';
  if (Array.isArray(v) || typeof v === 'boolean') fail(16007, `can't convert from BSON type ${typeName(v)} to String in ${name}`);
  return expectString(convert(v, 'string'), name);
}

const concat: Operator = (arg, scope, name) => {
  const args = compileArgs(arg, scope, name, 0, Infinity);
  return (d) => {
    let out = '';
    for (const e of args) {
      const v = e(d);
      if (isNil(v)) return null;
      out += typeof v === 'string' ? v : fail(16702, `$concat only supports strings, not ${typeName(v)}`);
    }
    return out;
  };
};

function casing(f: (s: string) => string): Operator {
  return (arg, scope, name) => {
    const [e] = compileArgs(arg, scope, name, 1) as [Evaluate];
    return (d) => f(coerced(e(d), name));
  };
}

/** The server changes the case of ASCII letters only. */
const upper = (s: string): string => s.replace(/[a-z]/g, (c) => c.toUpperCase());
const lower = (s: string): string => s.replace(/[A-Z]/g, (c) => c.toLowerCase());

function count(v: Value, name: string): number {
  const n = isNumeric(v) ? Math.trunc(toNumber(v)) : NaN;
  return Number.isNaN(n) ? fail(34450, `${name}: starting index and length must be numbers, found ${show(v)}`) : n;
}

const substringByCodePoints: Operator = (arg, scope, name) => {
  const [input, start, length] = compileArgs(arg, scope, name, 3) as [Evaluate, Evaluate, Evaluate];
  return (d) => {
    const from = count(start(d), name);
    const n = count(length(d), name);
    if (from < 0 || n < 0) fail(34453, `${name}: starting index and length must be non-negative`);
    return Array.from(coerced(input(d), name))
      .slice(from, from + n)
      .join('');
  };
};

const substringByBytes: Operator = (arg, scope, name) => {
  const [input, start, length] = compileArgs(arg, scope, name, 3) as [Evaluate, Evaluate, Evaluate];
  return (d) => {
    const bytes = Buffer.from(coerced(input(d), name));
    const from = count(start(d), name);
    const n = count(length(d), name);
    if (from < 0) fail(50752, `${name}: starting index must be non-negative`);
    return bytes.subarray(from, n < 0 ? undefined : from + n).toString();
  };
};

function trim(left: boolean, right: boolean): Operator {
  return (arg, scope, name) => {
    const p = named(arg, scope, name, ['input'], ['chars']);
    return (d) => {
      const v = p['input']?.(d);
      if (isNil(v)) return null;
      const chars = p['chars']?.(d);
      if (p['chars'] && isNil(chars)) return null;
      const set = chars === undefined ? null : new Set(stringOrFail(chars, name, 50700));
      const drop = (c: string | undefined): boolean => c !== undefined && (set ? set.has(c) : /[\s\0]/.test(c));
      const s = Array.from(stringOrFail(v, name, 50699));
      let from = 0;
      let to = s.length;
      if (left) while (from < to && drop(s[from])) from++;
      if (right) while (to > from && drop(s[to - 1])) to--;
      return s.slice(from, to).join('');
    };
  };
}

const split: Operator = (arg, scope, name) => {
  const [input, separator] = compileArgs(arg, scope, name, 2) as [Evaluate, Evaluate];
  return (d) => {
    const s = input(d);
    const by = separator(d);
    if (isNil(s) || isNil(by)) return null;
    const text = stringOrFail(by, name, 40086);
    return text === '' ? fail(40087, '$split requires a non-empty separator') : stringOrFail(s, name, 40085).split(text);
  };
};

const indexOfCodePoint: Operator = (arg, scope, name) => {
  const [input, needle, start, end] = compileArgs(arg, scope, name, 2, 4) as [Evaluate, Evaluate, Evaluate?, Evaluate?];
  return (d) => {
    const v = input(d);
    if (isNil(v)) return null;
    const points = Array.from(stringOrFail(v, name, 40093));
    const from = start ? count(start(d), name) : 0;
    const before = points.slice(0, from).join('').length;
    const text = points.slice(0, end ? count(end(d), name) : undefined).join('');
    const i = text.indexOf(stringOrFail(needle(d), name, 40094), before);
    return i < 0 ? -1 : Array.from(text.slice(0, i)).length;
  };
};

function replace(all: boolean): Operator {
  return (arg, scope, name) => {
    const p = named(arg, scope, name, ['input', 'find', 'replacement'], []);
    return (d) => {
      const values = ['input', 'find', 'replacement'].map((k) => p[k]?.(d));
      if (values.some(isNil)) return null;
      const [input = '', find = '', replacement = ''] = values.map((v) => stringOrFail(v, name, 51746));
      return all ? input.replaceAll(find, () => replacement) : input.replace(find, () => replacement);
    };
  };
}

function regexMatches(p: Record<string, Evaluate>, d: Doc, name: string): { text: string; regex: RegExp } | null {
  const input = p['input']?.(d);
  const pattern = p['regex']?.(d);
  if (isNil(input) || isNil(pattern)) return null;
  if (typeof pattern !== 'string' && !(pattern instanceof BSONRegExp)) fail(51105, `${name} needs 'regex' to be of type string or regex`);
  return { text: stringOrFail(input, name, 51104), regex: compileRegex(pattern, p['options']?.(d) ?? undefined) };
}

function found(m: RegExpExecArray): Doc {
  const idx = Array.from(m.input.slice(0, m.index)).length;
  return { match: m[0], idx, captures: m.slice(1).map((c: string | undefined) => c ?? null) };
}

function regexOperator(f: (text: string, regex: RegExp) => Value, none: () => Value): Operator {
  return (arg, scope, name) => {
    const p = named(arg, scope, name, ['input', 'regex'], ['options']);
    return (d) => {
      const m = regexMatches(p, d, name);
      return m ? f(m.text, m.regex) : none();
    };
  };
}

export const stringOperators: Readonly<Record<string, Operator>> = {
  $concat: concat,
  $toUpper: casing(upper),
  $toLower: casing(lower),
  $strLenCP: (arg, scope, name) => {
    const [e] = compileArgs(arg, scope, name, 1) as [Evaluate];
    return (d) => Array.from(stringOrFail(e(d), name, 34471)).length;
  },
  $strLenBytes: (arg, scope, name) => {
    const [e] = compileArgs(arg, scope, name, 1) as [Evaluate];
    return (d) => Buffer.byteLength(stringOrFail(e(d), name, 34473));
  },
  $strcasecmp: (arg, scope, name) => {
    const [left, right] = compileArgs(arg, scope, name, 2) as [Evaluate, Evaluate];
    return (d) => {
      const a = lower(coerced(left(d), name));
      const b = lower(coerced(right(d), name));
      return a < b ? -1 : a > b ? 1 : 0;
    };
  },
  $substr: substringByBytes,
  $substrBytes: substringByBytes,
  $substrCP: substringByCodePoints,
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $split: split,
  $indexOfCP: indexOfCodePoint,
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $regexMatch: regexOperator(
    (text, regex) => regex.test(text),
    () => false,
  ),
  $regexFind: regexOperator(
    (text, regex) => {
      const m = regex.exec(text);
      return m ? found(m) : null;
    },
    () => null,
  ),
  $regexFindAll: regexOperator(
    (text, regex) => [...text.matchAll(new RegExp(regex.source, `${regex.flags}g`))].map(found),
    () => [],
  ),
};
