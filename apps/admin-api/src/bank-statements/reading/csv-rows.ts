import { unreadable } from './unreadable.js';

export interface CsvRow {
  /** Of the file, from 1: where the row begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Splits CSV into rows of fields (RFC 4180): a field in quotation marks may hold delimiters, line breaks and doubled
 * quotation marks. Empty lines are left out.
 * @throws DomainError bank_statement_unreadable
 */
export function csvRows(text: string, delimiter: string, mostRows: number): CsvRow[] {
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let at = 0;
  let line = 1;
  let began = 1;
  const endRow = (): void => {
    if (fields.some((field) => field.trim() !== '')) rows.push({ line: began, fields });
    if (rows.length > mostRows) throw unreadable(`it has more than ${mostRows} lines; send it in parts`, { line });
    fields = [];
  };
  while (at < text.length) {
    const { field, next } = text[at] === '"' ? quoted(text, at, line) : bare(text, at, delimiter);
    fields.push(field);
    line += breaksIn(field);
    at = next;
    if (text[at] === delimiter) {
      at += 1;
      if (at === text.length) fields.push('');
      continue;
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n') throw unreadable('text follows a closing quotation mark', { line });
    at += text.startsWith('\r\n', at) ? 2 : 1;
    endRow();
    line += 1;
    began = line;
  }
  endRow();
  return rows;
}

function breaksIn(field: string): number {
  return field.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function bare(text: string, from: number, delimiter: string): { field: string; next: number } {
  let next = from;
  while (next < text.length && text[next] !== delimiter && text[next] !== '\r' && text[next] !== '\n') next += 1;
  return { field: text.slice(from, next), next };
}

function quoted(text: string, from: number, line: number): { field: string; next: number } {
  let field = '';
  for (let at = from + 1; ;) {
    const end = text.indexOf('"', at);
    if (end === -1) throw unreadable('a quotation mark is not closed', { line });
    field += text.slice(at, end);
    if (text[end + 1] !== '"') return { field, next: end + 1 };
    field += '"';
    at = end + 2;
  }
}
