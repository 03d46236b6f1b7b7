import type { Doc, Value } from '../bson/value.js';
import { fail } from '../errors.js';

/** A compiled expression. `undefined` is "missing". Documents passed in are shared with the store and must not be changed. */
export type Evaluate = (doc: Doc) => Value;

/** Compiles an operator's argument. */
export type Operator = (arg: Value, scope: Scope, name: string) => Evaluate;

/** Place of one variable. Evaluation is synchronous, so `$map` and the like simply set it before each turn. */
export interface Cell {
  value: Value;
}

/** The variables an expression can see, and the way to compile its parts. */
export class Scope {
  constructor(
    private readonly compiler: (e: Value, scope: Scope) => Evaluate,
    private readonly variables: ReadonlyMap<string, Cell>,
  ) {}

  compile(e: Value): Evaluate {
    return this.compiler(e, this);
  }

  variable(name: string): Cell {
    return this.variables.get(name) ?? fail(17276, `Use of undefined variable: ${name}`);
  }

  /** A scope with further variables, and their cells in the same order. */
  extend(names: readonly string[]): { scope: Scope; cells: Cell[] } {
    const variables = new Map(this.variables);
    const cells = names.map((name) => {
      if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name) && name !== 'CURRENT') {
        fail(16867, `'${name}' starts with an invalid character for a user variable name`);
      }
      const cell: Cell = { value: undefined };
      variables.set(name, cell);
      return cell;
    });
    return { scope: new Scope(this.compiler, variables), cells };
  }
}

/** Compiles an argument list of the given length; a single argument needs no array. */
export function compileArgs(arg: Value, scope: Scope, name: string, min: number, max = min): Evaluate[] {
  const list = Array.isArray(arg) ? arg : [arg];
  if (list.length < min || list.length > max) {
    const wanted = min === max ? `exactly ${min}` : max === Infinity ? `at least ${min}` : `${min} to ${max}`;
    fail(16020, `Expression ${name} takes ${wanted} arguments. ${list.length} were passed in.`);
  }
  return list.map((e) => scope.compile(e));
}

/** Operator with one argument; null and missing give null without asking `f`. */
export function nullable(f: (v: Exclude<Value, null | undefined>, name: string) => Value): Operator {
  return (arg, scope, name) => {
    const [e] = compileArgs(arg, scope, name, 1) as [Evaluate];
    return (d) => {
      const v = e(d);
      return v === null || v === undefined ? null : f(v, name);
    };
  };
}

/** Operator with named arguments; unknown names are refused. Absent ones are `undefined`. */
export function named(
  arg: Value,
  scope: Scope,
  name: string,
  required: readonly string[],
  optional: readonly string[],
): Record<string, Evaluate> {
  if (typeof arg !== 'object' || arg === null || Array.isArray(arg)) fail(28646, `${name} only supports an object as its argument`);
  const fields = arg as Doc;
  const out: Record<string, Evaluate> = {};
  for (const k of Object.keys(fields)) {
    if (!required.includes(k) && !optional.includes(k)) fail(28650, `Unrecognized parameter to ${name}: ${k}`);
    out[k] = scope.compile(fields[k]);
  }
  for (const k of required) if (!(k in out)) fail(28648, `Missing '${k}' parameter to ${name}`);
  return out;
}
