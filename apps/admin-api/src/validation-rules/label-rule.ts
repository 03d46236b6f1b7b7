import { Transform } from 'class-transformer';
import { rule } from './rule.js';

/** A name people read: blanks around it are cut off; it has 1 to `max` characters, none of which breaks or ends a line. */
export function IsLabel(max: number): PropertyDecorator {
  const transform = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
  const check = rule('label', `text of 1 to ${max} characters without line breaks`, (value) => isLabel(value, max));
  return (target, property) => {
    transform(target, property);
    check(target, property);
  };
}

export function isLabel(value: unknown, max: number): boolean {
  // Control characters, and those that turn the direction of what stands around them.
  return (
    typeof value === 'string' && value.length >= 1 && value.length <= max && !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(value)
  );
}
