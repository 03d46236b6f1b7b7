import { Transform } from 'class-transformer';
import { rule } from './rule.js';

/** A JSON object, not an array of them: nested validation alone would take both. */
export function IsPlainObject(): PropertyDecorator {
  return rule('object', 'an object', isPlainObject);
}

export function IsObjectList(max: number): PropertyDecorator {
  return rule(
    'object_list',
    `an array of at most ${max} objects`,
    (value) => Array.isArray(value) && value.length <= max && value.every(isPlainObject),
  );
}

/** An empty array in place of an optional object: how PHP writes an empty associative array. */
export function EmptyArrayAsAbsent(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (Array.isArray(value) && value.length === 0 ? undefined : value));
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
