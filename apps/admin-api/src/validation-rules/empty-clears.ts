import { Transform } from 'class-transformer';

/**
 * For optional fields of an update: `""` and `null` ask to remove what is there, and only a field that is left out stays
 * as it is. Use with `@IsOptional()`.
 */
export function EmptyClears(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === '' ? null : value));
}
