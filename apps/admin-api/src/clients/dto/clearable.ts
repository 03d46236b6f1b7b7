import { Transform } from 'class-transformer';
import { IsOptional } from 'class-validator';

/** A field that may be left out, and that `""`, `null` or an empty array (how PHP writes an empty object) empties. */
export function Clearable(): PropertyDecorator {
  const transform = Transform(({ value }: { value: unknown }) => (isEmpty(value) ? null : value));
  return (target, property) => {
    transform(target, property);
    IsOptional()(target, property);
  };
}

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
