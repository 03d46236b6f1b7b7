import { Transform } from 'class-transformer';
import { IsIntegerWithin } from './number-rules.js';

/** A whole number in a query, where everything is text. Only plain digits count: neither `1e2` nor ` 7`. */
export function IsQueryInteger(min: number, max: number): PropertyDecorator {
  const transform = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );
  const check = IsIntegerWithin(min, max);
  return (target, property) => {
    transform(target, property);
    check(target, property);
  };
}
