import { isDuplicateKey } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';

/**
 * Runs a write that may meet a value which must be unique.
 * @throws DomainError `already_exists` naming the field
 */
export async function refuseDuplicate<T>(field: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicateKey(error) ? alreadyExists(field) : error;
  }
}

export function alreadyExists(field: string, message = `There is one with this ${field} already.`): DomainError {
  return new DomainError('already_exists', message, [
    { field, code: 'already_exists', message, expected: `a ${field} that is not in use` },
  ]);
}
