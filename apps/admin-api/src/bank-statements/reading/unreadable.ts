import { DomainError } from '@paygate/kernel';

/** @param why completes "The bank statement cannot be read: …" */
export function unreadable(why: string): DomainError {
  return new DomainError('bank_statement_unreadable', `The bank statement cannot be read: ${why}.`);
}
