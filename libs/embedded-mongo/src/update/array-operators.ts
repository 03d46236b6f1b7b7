import { BSONRegExp } from 'bson';
import { equal } from '../bson/compare.js';
import { indexKey } from '../bson/index-key.js';
import { typeName } from '../bson/type-names.js';
import { clone, hasField, isDoc, isNumeric, toNumber, type Doc, type Value } from '../bson/value.js';
import { fail, show } from '../errors.js';
import { compileElemMatch, compileMatch, isOperatorDoc, type MatchContext } from '../query/match.js';
import { matchesRegex, type ValueTest } from '../query/predicates.js';
import { sortBy, sortDocs } from '../query/sort.js';
import { valueChange, type FieldChange } from './operators.js';

const PUSH_CLAUSES = new Set(['$each', '$slice', '$sort', '$position']);

/** Operators that change arrays; null for any other operator. */
export function arrayOperator(operator: string, path: string, arg: Value, match: MatchContext): FieldChange | null {
  switch (operator) {
    case '$push':
      return push(path, arg);
    case '$addToSet':
      return addToSet(path, arg, match);
    case '$pop':
      return pop(path, arg);
    case '$pull':
      return remove('$pull', pullTest(arg, match));
    case '$pullAll': {
      if (!Array.isArray(arg)) fail(2, '$pullAll requires an array argument');
      return remove('$pullAll', (e) => arg.some((x) => equal(x, e)));
    }
    default:
      return null;
  }
}

/** Reads `{ $each: [...] }` or a single value. */
function eachOf(operator: string, arg: Value): { items: readonly Value[]; modifiers: Doc } {
  if (!isDoc(arg) || !hasField(arg, '$each')) return { items: [arg], modifiers: {} };
  const items = arg['$each'];
  if (!Array.isArray(items)) fail(2, `The argument to $each in ${operator} must be an array but it was of type: ${typeName(items)}`);
  return { items, modifiers: arg };
}

function integerClause(modifiers: Doc, name: string): number | undefined {
  const v = modifiers[name];
  if (v === undefined) return undefined;
  const n = isNumeric(v) ? toNumber(v) : NaN;
  if (!Number.isInteger(n)) fail(2, `The value for ${name} must be an integer value but was given type: ${typeName(v)}`);
  return n;
}

function push(path: string, arg: Value): FieldChange {
  const { items, modifiers } = eachOf('$push', arg);
  for (const m of Object.keys(modifiers)) if (!PUSH_CLAUSES.has(m)) fail(2, `Unrecognized clause in $push: ${m}`);
  const position = integerClause(modifiers, '$position');
  const slice = integerClause(modifiers, '$slice');
  const sort = modifiers['$sort'];
  return valueChange((current) => {
    if (current !== undefined && !Array.isArray(current)) {
      fail(2, `The field '${path}' must be an array but is of type ${typeName(current)} in document`);
    }
    let array = current ?? [];
    array.splice(position ?? array.length, 0, ...items.map((x) => clone(x)));
    if (sort !== undefined) array = sortElements(array, sort);
    if (slice === undefined) return array;
    return slice >= 0 ? array.slice(0, slice) : array.slice(slice);
  });
}

function sortElements(array: Value[], sort: Value): Value[] {
  if (isDoc(sort)) return sortDocs(array as Doc[], sort);
  const direction = isNumeric(sort) ? toNumber(sort) : NaN;
  if (direction !== 1 && direction !== -1) fail(2, `The $sort element value must be either 1 or -1, found ${show(sort)}`);
  return sortBy(array, [{ path: 'v', parts: ['v'], direction }], (v) => ({ v }));
}

function addToSet(path: string, arg: Value, match: MatchContext): FieldChange {
  const { items } = eachOf('$addToSet', arg);
  return valueChange((current) => {
    if (current !== undefined && !Array.isArray(current)) {
      fail(2, `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeName(current)}`);
    }
    const array = current ?? [];
    const keys = new Set(array.map((e) => indexKey(e, match.collation)));
    for (const item of items) {
      const key = indexKey(item, match.collation);
      if (keys.has(key)) continue;
      keys.add(key);
      array.push(clone(item));
    }
    return array;
  });
}

function pop(path: string, arg: Value): FieldChange {
  const n = isNumeric(arg) ? toNumber(arg) : NaN;
  if (n !== 1 && n !== -1) fail(9, `$pop expects 1 or -1, found: ${show(arg)}`);
  return valueChange((current) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) fail(14, `Path '${path}' contains an element of non-array type '${typeName(current)}'`);
    return n === 1 ? current.slice(0, -1) : current.slice(1);
  });
}

function pullTest(arg: Value, match: MatchContext): ValueTest {
  if (arg instanceof BSONRegExp) return matchesRegex(arg);
  if (!isDoc(arg)) return (e) => equal(e, arg, match.collation);
  if (isOperatorDoc(arg)) return compileElemMatch(arg, match);
  const test = compileMatch(arg, match);
  return (e) => isDoc(e) && test(e);
}

function remove(operator: string, test: ValueTest): FieldChange {
  return valueChange((current) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) fail(2, `Cannot apply ${operator} to a non-array value`);
    return current.filter((e) => !test(e));
  });
}
