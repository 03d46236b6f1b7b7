import { DomainError } from '@paygate/kernel';
import { endOf } from '../validation-rules/index.js';

/**
 * The last instant a date or date-time means: a plain date means its whole day.
 * @throws DomainError `validation_failed` when it has passed
 */
export function readExpiry(text: string, now: Date): Date {
  const end = endOf(text);
  if (end && end > now) return end;
  const expected = 'an ISO 8601 date or date-time in the future';
  throw DomainError.invalid({ field: 'expiresAt', code: 'future', message: `expiresAt must be ${expected}.`, expected });
}
