import { ValidateIf } from 'class-validator';

/** For fields of an update that may be left out, but not removed: `null` is wrong where `@IsOptional()` would let it pass. */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_body, value) => value !== undefined);
}
