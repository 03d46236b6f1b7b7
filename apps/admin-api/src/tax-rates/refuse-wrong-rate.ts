import { DomainError } from '@paygate/kernel';
import type { RateDetails } from './tax-rate.js';

/** @throws DomainError `validation_failed` */
export function refuseWrongRate({ validFrom, validTo }: RateDetails): void {
  if (validTo === undefined || validTo >= validFrom) return;
  const expected = `a day not before ${validFrom}`;
  throw DomainError.invalid({ field: 'validTo', code: 'day', message: `validTo must be ${expected}.`, expected });
}
