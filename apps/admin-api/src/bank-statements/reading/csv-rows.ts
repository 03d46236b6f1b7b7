import { unreadable } from './unreadable.js';

/**
 * Splits CSV into rows of fields (RFC 4180): a field in quotation marks may hold delimiters, line breaks and doubled
 * quotation marks. Empty lines are left out.
 * @throws DomainError bank_statement_unreadable
 */
export function csvRows(text: string, delimiter: string, mostRows: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const endRow = (): void => {
    if (row.some((field) => field.trim() !== '')) rows.push(row);
    if (rows.length > mostRows) throw unreadable(`it has more than ${mostRows} lines; send it in parts`);
    row = [];
  };
  while (at < text.length) {
    const { field, next } = text[at] === '"' ? quoted(text, at) : bare(text, at, delimiter);
    row.push(field);
    at = next;
    if (text[at] === delimiter) {
      at += 1;
      if (at === text.length) row.push('');
      continue;
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n') throw unreadable('text follows a closing quotation mark');
    at += text.startsWith('\r\n', at) ? 2 : 1;
    endRow();
  }
  endRow();
  return rows;
}

function bare(text: string, from: number, delimiter: string): { field: string; next: number } {
  let next = from;
  while (next < text.length && text[next] !== delimiter && text[next] !== '\r' && text[next] !== '\n') next += 1;
  return { field: text.slice(from, next), next };
}

function quoted(text: string, from: number): { field: string; next: number } {
  let field = '';
  for (let at = from + 1; ;) {
    const end = text.indexOf('"', at);
    if (end === -1) throw unreadable('a quotation mark is not closed');
    field += text.slice(at, end);
    if (text[end + 1] !== '"') return { field, next: end + 1 };
    field += '"';
    at = end + 2;
  }
}
