import { decodeCsv, decodeXml } from './decode-text.js';
import { readCamt053 } from './read-camt053.js';
import { readCsv } from './read-csv.js';
import type { Statement } from './statement-entry.js';

/** @throws DomainError bank_statement_unreadable */
export function readStatement(bytes: Buffer, kind: 'xml' | 'csv'): Statement {
  return kind === 'xml' ? readCamt053(decodeXml(bytes)) : readCsv(decodeCsv(bytes));
}
