import { Long, Timestamp } from 'bson';
import { arithmetic } from '../bson/arithmetic.js';
import { compare } from '../bson/compare.js';
import { typeName } from '../bson/type-names.js';
import {
  clone,
  getField,
  integer,
  isDoc,
  isInt32,
  isLong,
  isNumeric,
  setField,
  type Doc,
  type Numeric,
  type Value,
} from '../bson/value.js';
import { fail, show } from '../errors.js';

/** Change of one place: a field of a document or an element of an array. */
export interface FieldChange {
  field(doc: Doc, name: string): void;
  element(array: Value[], index: number): void;
}

/** Operators that create missing parents; the others leave the document alone when the path does not exist. */
export const CREATES_PATH = new Set(['$set', '$setOnInsert', '$inc', '$mul', '$min', '$max', '$currentDate', '$push', '$addToSet', '$bit']);

/** A change that only depends on the current value; a missing field is `undefined` and may stay missing. */
export function valueChange(next: (current: Value) => Value): FieldChange {
  return {
    field: (doc, name) => {
      const current = getField(doc, name);
      const value = next(current);
      if (value !== undefined) setField(doc, name, value);
    },
    element: (array, index) => {
      array[index] = next(array[index]);
    },
  };
}

const UNSET: FieldChange = {
  field: (doc, name) => {
    Reflect.deleteProperty(doc, name);
  },
  element: (array, index) => {
    array[index] = null;
  },
};

let timestampIncrement = 0;

export function scalarOperator(operator: string, path: string, arg: Value, now: Date): FieldChange {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return valueChange(() => clone(arg));
    case '$unset':
      return UNSET;
    case '$inc':
      return numeric('$inc', path, arg, (current, n) => (current === undefined ? n : arithmetic('+', current, n)));
    case '$mul':
      return numeric('$mul', path, arg, (current, n) => arithmetic('*', current ?? 0, n));
    case '$min':
      return valueChange((current) => (current === undefined || compare(arg, current) < 0 ? clone(arg) : current));
    case '$max':
      return valueChange((current) => (current === undefined || compare(arg, current) > 0 ? clone(arg) : current));
    case '$currentDate':
      return currentDate(arg, now);
    case '$bit':
      return bit(arg);
    default:
      return fail(9, `Unknown modifier: ${operator}`);
  }
}

function numeric(
  operator: '$inc' | '$mul',
  path: string,
  arg: Value,
  next: (current: Numeric | undefined, n: Numeric) => Numeric,
): FieldChange {
  if (!isNumeric(arg)) {
    fail(14, `Cannot ${operator === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${show(arg)}}`);
  }
  return valueChange((current) => {
    if (current !== undefined && !isNumeric(current)) {
      const field = path.split('.').at(-1) ?? path;
      fail(14, `Cannot apply ${operator} to a value of non-numeric type. The field '${field}' is of non-numeric type ${typeName(current)}`);
    }
    return next(current, arg);
  });
}

function currentDate(arg: Value, now: Date): FieldChange {
  const type = typeof arg === 'boolean' ? 'date' : isDoc(arg) ? arg['$type'] : undefined;
  if (type === 'date') return valueChange(() => now);
  if (type === 'timestamp') {
    return valueChange(() => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: ++timestampIncrement }));
  }
  return fail(
    2,
    `${typeName(arg)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
  );
}

type BitOperator = (x: bigint, y: bigint) => bigint;
const BIT_OPERATORS: Readonly<Record<string, BitOperator>> = { and: (x, y) => x & y, or: (x, y) => x | y, xor: (x, y) => x ^ y };

function isIntegral(v: Value): v is number | Long {
  return isLong(v) || (typeof v === 'number' && isInt32(v));
}

function bit(arg: Value): FieldChange {
  const entries = isDoc(arg) ? Object.entries(arg) : [];
  const first = entries[0];
  if (!first) fail(2, 'The $bit modifier needs an object with one of and, or, xor');
  const [name, operand] = first;
  const combine = BIT_OPERATORS[name] ?? fail(2, `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
  if (!isIntegral(operand)) fail(2, 'The $bit modifier field must be an Integer(32/64 bit)');
  return valueChange((current) => {
    const value = current ?? 0;
    if (!isIntegral(value)) fail(2, `Cannot apply $bit to a value of non-integral type ${typeName(value)}`);
    const result = combine(BigInt(value.toString()), BigInt(operand.toString()));
    return isLong(value) || isLong(operand) ? Long.fromBigInt(result) : integer(Number(result));
  });
}
