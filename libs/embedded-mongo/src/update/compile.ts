import { clone, hasField, isDoc, setField, type Doc, type Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import { typeName } from '../bson/type-names.js';
import { compileMatch, type DocTest, type MatchContext } from '../query/match.js';
import { ARRAY_INDEX } from '../query/path.js';
import { positionalIndex } from '../query/positional.js';
import { arrayOperator } from './array-operators.js';
import { CREATES_PATH, scalarOperator, type FieldChange } from './operators.js';

export interface UpdateOptions {
  readonly arrayFilters: readonly Value[];
  readonly filter: Doc;
  readonly match: MatchContext;
  readonly now: Date;
}

/** Returns the changed copy of a document; `inserting` also applies `$setOnInsert`. */
export type DocUpdate = (doc: Doc, inserting: boolean) => Doc;

interface ArrayFilter {
  readonly id: string;
  readonly test: DocTest;
}

interface Action {
  readonly operator: string;
  readonly path: string;
  readonly parts: readonly string[];
  readonly change: FieldChange;
}

const OPERATORS = new Set([
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$setOnInsert',
  '$currentDate',
  '$push',
  '$addToSet',
  '$pop',
  '$pull',
  '$pullAll',
  '$bit',
]);

/** Compiles an update made of operators. Everything that can be refused without a document is refused here. */
export function compileUpdate(update: Doc, options: UpdateOptions): DocUpdate {
  const filters = parseArrayFilters(options.arrayFilters, options.match);
  const used = new Set<string>();
  const actions: Action[] = [];
  const renames: [string, string][] = [];
  const paths: string[] = [];
  for (const operator of Object.keys(update)) {
    for (const [path, value] of fieldsOf(operator, update[operator])) {
      const parts = checkPath(path, filters, used);
      claim(path, paths);
      if (operator === '$rename') {
        if (typeof value !== 'string') fail(2, `The 'to' field for $rename must be a string: ${path}: ${show(value)}`);
        claim(value, paths);
        renames.push([path, value]);
        continue;
      }
      const change = arrayOperator(operator, path, value, options.match) ?? scalarOperator(operator, path, value, options.now);
      actions.push({ operator, path, parts, change });
    }
  }
  for (const id of filters.keys()) {
    if (!used.has(id)) fail(9, `The array filter for identifier '${id}' was not used in the update ${show(update)}`);
  }
  const changed = new Set([...actions.map(({ path }) => path), ...renames.flat()].map((path) => path.split('.')[0] ?? path));
  return (original, inserting) => {
    const doc = { ...original };
    // The other fields are shared with the original; neither is changed in place any more.
    for (const field of changed) if (hasField(doc, field)) setField(doc, field, clone(doc[field]));
    for (const a of actions) {
      if (a.operator === '$setOnInsert' && !inserting) continue;
      const parts = a.parts.includes('$') ? resolvePositional(a.parts, original, options) : a.parts;
      apply(doc, parts, 0, a, filters);
    }
    for (const [from, to] of renames) rename(doc, from.split('.'), to.split('.'));
    return doc;
  };
}

function fieldsOf(operator: string, spec: Value): [string, Value][] {
  if (!OPERATORS.has(operator)) {
    fail(9, `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`);
  }
  if (!isDoc(spec)) {
    fail(
      9,
      `Modifiers operate on fields but we found type ${typeName(spec)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(spec)}}`,
    );
  }
  return Object.entries(spec);
}

function checkPath(path: string, filters: ReadonlyMap<string, ArrayFilter>, used: Set<string>): string[] {
  const parts = path.split('.');
  if (parts.includes('')) fail(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  const first = parts[0] as string;
  if (first === '$' || first.startsWith('$[')) {
    fail(2, `Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
  }
  for (const p of parts) {
    if (!p.startsWith('$[') || p === '$[]') continue;
    const id = p.slice(2, -1);
    if (!filters.has(id)) fail(2, `No array filter found for identifier '${id}' in path '${path}'`);
    used.add(id);
  }
  return parts;
}

/** Two changes of one path, or of a path and its parent, have no defined result. */
function claim(path: string, taken: string[]): void {
  for (const q of taken) {
    if (path === q || path.startsWith(`${q}.`) || q.startsWith(`${path}.`)) {
      fail(40, `Updating the path '${path}' would create a conflict at '${path.length < q.length ? path : q}'`);
    }
  }
  taken.push(path);
}

function parseArrayFilters(specs: readonly Value[], match: MatchContext): Map<string, ArrayFilter> {
  const out = new Map<string, ArrayFilter>();
  for (const spec of specs) {
    if (!isDoc(spec)) fail(14, 'arrayFilters must be documents');
    const ids = new Set(identifiers(spec));
    const [id, second] = ids;
    if (id === undefined) fail(9, 'Cannot use an expression without a top-level field name in arrayFilters');
    if (second !== undefined) fail(9, 'Error parsing array filter :: caused by :: Expected a single top-level field name');
    if (out.has(id)) fail(9, `Found multiple array filters with the same top-level field name ${id}`);
    out.set(id, { id, test: compileMatch(spec, match) });
  }
  return out;
}

function identifiers(filter: Doc): string[] {
  return Object.keys(filter).flatMap((k) => {
    const v = filter[k];
    if (!k.startsWith('$')) return [k.split('.')[0] ?? k];
    return Array.isArray(v) ? v.flatMap((f) => (isDoc(f) ? identifiers(f) : [])) : [];
  });
}

function resolvePositional(parts: readonly string[], original: Doc, options: UpdateOptions): string[] {
  const array = parts.slice(0, parts.indexOf('$')).join('.');
  const i = positionalIndex(original, options.filter, array, options.match);
  if (i < 0) fail(2, 'The positional operator did not find the match needed from the query.');
  return parts.map((p) => (p === '$' ? String(i) : p));
}

/** Walks to the last part of the path, creating what the operator may create, and applies the change there. */
function apply(at: Value, parts: readonly string[], i: number, action: Action, filters: ReadonlyMap<string, ArrayFilter>): void {
  const part = parts[i] as string;
  if (part.startsWith('$[')) {
    applyToElements(at, parts, i, action, filters);
    return;
  }
  const creates = CREATES_PATH.has(action.operator);
  const last = i === parts.length - 1;
  if (Array.isArray(at)) {
    if (!ARRAY_INDEX.test(part)) {
      if (creates) notViable(part, parts[i - 1], at);
      return;
    }
    const index = Number(part);
    if (index >= at.length) {
      if (!creates) return;
      if (index - at.length > 1_500_000) fail(2, "can't backfill more than 1500000 elements");
      while (at.length < index) at.push(null);
    }
    if (last) action.change.element(at, index);
    else {
      if (index >= at.length) at.push({});
      descend(at[index], parts, i, action, filters, creates);
    }
    return;
  }
  if (!isDoc(at)) {
    if (creates) notViable(part, parts[i - 1], at);
    return;
  }
  if (last) {
    action.change.field(at, part);
    return;
  }
  if (!hasField(at, part)) {
    if (!creates) return;
    if (parts[i + 1]?.startsWith('$[') === true) missingArray(parts, i + 1);
    setField(at, part, {});
  }
  descend(at[part], parts, i, action, filters, creates);
}

function descend(
  next: Value,
  parts: readonly string[],
  i: number,
  action: Action,
  filters: ReadonlyMap<string, ArrayFilter>,
  creates: boolean,
): void {
  if (isDoc(next) || Array.isArray(next)) apply(next, parts, i + 1, action, filters);
  else if (creates) notViable(parts[i + 1] ?? '', parts[i], next);
}

function applyToElements(at: Value, parts: readonly string[], i: number, action: Action, filters: ReadonlyMap<string, ArrayFilter>): void {
  if (!Array.isArray(at)) missingArray(parts, i);
  const part = parts[i] as string;
  const filter = part === '$[]' ? undefined : filters.get(part.slice(2, -1));
  for (let k = 0; k < at.length; k++) {
    if (filter && !filter.test({ [filter.id]: at[k] })) continue;
    if (i === parts.length - 1) action.change.element(at, k);
    else apply(at[k], parts, i + 1, action, filters);
  }
}

function missingArray(parts: readonly string[], i: number): never {
  return fail(2, `The path '${parts.slice(0, i).join('.')}' must exist in the document in order to apply array updates.`);
}

function notViable(field: string, parent: string | undefined, value: Value): never {
  return fail(28, `Cannot create field '${field}' in element {${parent ?? ''}: ${show(value)}}`);
}

function rename(doc: Doc, from: readonly string[], to: readonly string[]): void {
  const field = from.at(-1) as string;
  const source = parentOf(doc, from);
  if (Array.isArray(source)) fail(2, `The source field cannot be an array element, '${from.join('.')}'`);
  if (!isDoc(source) || !hasField(source, field)) return;
  const value = source[field];
  Reflect.deleteProperty(source, field);
  let target = doc;
  for (const p of to.slice(0, -1)) {
    if (!hasField(target, p)) setField(target, p, {});
    const next = target[p];
    if (!isDoc(next)) fail(28, `Cannot create field '${to.at(-1) ?? ''}' in element {${p}: ${show(next)}}`);
    target = next;
  }
  Reflect.deleteProperty(target, to.at(-1) as string);
  setField(target, to.at(-1) as string, value);
}

function parentOf(doc: Doc, parts: readonly string[]): Value {
  let at: Value = doc;
  for (const p of parts.slice(0, -1)) {
    if (!isDoc(at) || !hasField(at, p)) return Array.isArray(at) ? at : undefined;
    at = at[p];
  }
  return at;
}
