import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import type { TransformFnParams } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/** `""` and `null` count as absent: shop plugins send them for every field they leave out. Use with `@IsOptional()`. */
export function EmptyAsAbsent(): PropertyDecorator {
  return Transform(({ value }: TransformFnParams): unknown => (value === '' || value === null ? undefined : value));
}

/**
 * A whole number that JSON carries exactly (up to 2^53 - 1 either way). `4900.0` is the same number as `4900`; `-0`
 * becomes `0`. Fractions and text are refused.
 */
export function IntegralNumber(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: TransformFnParams): unknown => (value === 0 ? 0 : value)),
    ValidateBy({
      name: 'isInteger',
      validator: {
        validate: (value) => Number.isSafeInteger(value),
        defaultMessage: () => '$property must be a whole number of at most 2^53 - 1',
      },
    }),
  );
}
