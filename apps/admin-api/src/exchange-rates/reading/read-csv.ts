import type { CollectedRates } from './collected-rates.js';
import { unreadable } from './collected-rates.js';

const MOST_COLUMNS = 200;
const LONGEST_LINE = 20_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The CSV of the European Central Bank, of one day (`eurofxref.csv`) or all (`eurofxref-hist.csv`): a line with `Date` and
 * currencies, then one line per day; `N/A` where there is no rate.
 * @throws DomainError `exchange_rates_unreadable`
 */
export async function readCsv(chunks: AsyncIterable<string>, into: CollectedRates): Promise<void> {
  let currencies: string[] | undefined;
  for await (const { text, line } of linesOf(chunks)) {
    const fields = text.split(',').map((field) => field.trim());
    if (!currencies) {
      if (fields[0]?.toLowerCase() !== 'date' || fields.length > MOST_COLUMNS)
        throw unreadable('Its first line must be Date and currencies.', []);
      currencies = fields.slice(1);
      continue;
    }
    readLine(fields, currencies, line, into);
  }
}

function readLine([date = '', ...rates]: readonly string[], currencies: readonly string[], line: number, into: CollectedRates): void {
  const day = isoDay(date);
  if (day === undefined || rates.length > currencies.length) {
    into.report({ line, field: 'Date' }, day === undefined ? 'a day such as 2026-03-31' : `followed by at most ${currencies.length} rates`);
    return;
  }
  for (const [index, rate] of rates.entries()) {
    const currency = currencies[index] ?? '';
    // The lines of the bank end with a comma.
    if (rate === '' || rate === 'N/A') continue;
    into.add(day, currency, rate, { line, field: currency === '' ? `column ${index + 2}` : currency });
  }
}

/** The file of one day writes `20 November 2026`. */
function isoDay(date: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  const [, day = '', month = '', year = ''] = /^(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})$/.exec(date) ?? [];
  const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return number === 0 ? undefined : `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Lines that are not empty, numbered from 1. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<{ text: string; line: number }> {
  let rest = '';
  let line = 0;
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split(/\r?\n/);
    rest = parts.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw unreadable(`Line ${line + parts.length + 1} is too long.`, []);
    for (const text of parts) {
      line += 1;
      if (text.trim() !== '') yield { text, line };
    }
  }
  if (rest.trim() !== '') yield { text: rest, line: line + 1 };
}
