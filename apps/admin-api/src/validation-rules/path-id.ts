import { DomainError, isObjectId } from '@paygate/kernel';
import type { ErrorCode } from '@paygate/kernel';

/**
 * An id from an address. One that cannot exist is answered like one that does not.
 * @throws DomainError `notFound`
 */
export function pathId(text: string, notFound: ErrorCode): string {
  const id = text.toLowerCase();
  if (!isObjectId(id)) throw new DomainError(notFound);
  return id;
}
