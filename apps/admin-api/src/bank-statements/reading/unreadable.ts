import { DomainError } from '@paygate/kernel';

/** Where in a file something is wrong, as far as it can be told. Lines from 1. */
export interface Place {
  readonly line?: number;
  /** A column of CSV, or a path below the entry in XML. */
  readonly field?: string;
  readonly expected?: string;
}

/**
 * Its details are one problem like those of a refused field, with the line of the file.
 * @param why completes "The bank statement cannot be read: …"
 */
export function unreadable(why: string, { line, field = 'body', expected }: Place = {}): DomainError {
  const message = `The bank statement cannot be read: ${line === undefined ? '' : `line ${line}: `}${why}.`;
  return new DomainError('bank_statement_unreadable', message, [{ field, code: 'unreadable', line, message: `${why}.`, expected }]);
}
