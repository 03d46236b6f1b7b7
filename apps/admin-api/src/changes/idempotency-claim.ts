import { requestHash } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';

/**
 * Joins the caller's `Idempotency-Key` with what it stands for. The hash covers the request as it was understood, so
 * `4900.0` and `4900`, or a field sent empty and one left out, are the same request.
 * @throws DomainError `validation_failed` for a key that is empty, too long or not printable
 */
export function claimOf(key: string | string[] | undefined, request: unknown): IdempotencyClaim | undefined {
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(key)) {
    const expected = '1 to 255 printable ASCII characters';
    throw DomainError.invalid({ field: 'Idempotency-Key', code: 'text', message: `Idempotency-Key must be ${expected}.`, expected });
  }
  return { key, requestHash: requestHash(request) };
}
