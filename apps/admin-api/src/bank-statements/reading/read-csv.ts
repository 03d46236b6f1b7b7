import { isCurrencyCode, minorDigits } from '@paygate/kernel';
import { csvRows } from './csv-rows.js';
import type { CsvRow } from './csv-rows.js';
import { decimalMarkOf, minorUnits, plainDecimal } from './read-amount.js';
import { MOST_ENTRIES, withKeys } from './statement-entry.js';
import type { RawEntry, Statement } from './statement-entry.js';
import { unreadable } from './unreadable.js';

/** Accepted names of each column, without regard to case, blanks and punctuation. */
export const COLUMNS = {
  date: ['date', 'booking date', 'booked on', 'buchungstag', 'buchungsdatum', 'date comptable', 'fecha', 'data'],
  amount: ['amount', 'betrag', 'montant', 'importe', 'importo', 'bedrag', 'kwota'],
  currency: ['currency', 'waehrung', 'währung', 'devise', 'moneda', 'divisa', 'valuta', 'waluta'],
  text: ['text', 'reference', 'purpose', 'description', 'remittance information', 'verwendungszweck', 'libelle', 'libellé', 'concepto'],
  name: ['name', 'payer', 'payer name', 'auftraggeber', 'name zahlungsbeteiligter', 'beguenstigter/zahlungspflichtiger'],
  account: ['account', 'payer account', 'iban', 'iban zahlungsbeteiligter', 'kontonummer/iban'],
  id: ['id', 'transaction id', 'bank reference'],
} as const;
type Column = keyof typeof COLUMNS;

const REQUIRED: readonly Column[] = ['date', 'amount', 'currency', 'text'];
const DELIMITERS = [';', ',', '\t', '|'] as const;
/** Of the columns a file has instead. */
const MOST_NAMED = 20;
const LONGEST_NAMED = 300;
/** With the debits, which are skipped. */
const MOST_ROWS = 5 * MOST_ENTRIES;

/**
 * Reads a bank statement in CSV: one header line with the names of {@link COLUMNS}, then one line per entry. Delimiter and
 * decimal mark are found out; days come before months.
 * @throws DomainError bank_statement_unreadable
 */
export function readCsv(text: string): Statement {
  const delimiter = delimiterOf(text);
  const [header, ...rows] = csvRows(text, delimiter, MOST_ROWS);
  const columns = columnsOf(header?.fields ?? []);
  requireColumns(columns, header);
  const lines = rows.map(({ line, fields }) => ({ line, field: (column: Column) => fields[columns[column] ?? -1]?.trim() ?? '' }));
  const decimals = Math.max(0, ...lines.map(({ field }) => decimalsOf(field('currency').toUpperCase())));
  const mark = decimalMarkOf(
    lines.map(({ field }) => field('amount')),
    decimals,
  );
  const entries = lines.flatMap(({ line, field }): RawEntry[] => {
    const currency = field('currency').toUpperCase();
    if (!isCurrencyCode(currency)) {
      throw unreadable('the currency is not known', { line, field: 'currency', expected: 'a code of ISO 4217 such as EUR' });
    }
    const decimal = plainDecimal(field('amount'), mark);
    const amount = decimal === undefined ? undefined : minorUnits(decimal, currency);
    if (amount === undefined) throw unreadable('the amount is none', { line, field: 'amount', expected: `an amount in ${currency}` });
    if (amount <= 0) return [];
    const bookedOn = dateOf(field('date'));
    if (bookedOn === undefined) {
      throw unreadable('the date is none', { line, field: 'date', expected: 'a day such as 2026-03-31 or 31.03.2026' });
    }
    const id = field('id');
    return [
      {
        amount,
        currency,
        bookedOn,
        text: field('text'),
        payerName: field('name') || undefined,
        payerAccount: field('account') || undefined,
        ids: id === '' ? [] : [id],
      },
    ];
  });
  if (entries.length > MOST_ENTRIES) throw unreadable(`it has more than ${MOST_ENTRIES} credits; send it in parts`);
  return { format: 'csv', accounts: [], entries: withKeys(entries), skipped: lines.length - entries.length };
}

/** What is there instead is named, so that whoever exported the file finds it again. */
function requireColumns(columns: Partial<Record<Column, number>>, header: CsvRow | undefined): void {
  const missing = REQUIRED.filter((column) => columns[column] === undefined);
  const [first] = missing;
  if (first === undefined) return;
  const names = header?.fields.map((name) => name.trim()).filter((name) => name !== '') ?? [];
  const found = names.length === 0 ? 'it has none' : `it has ${names.slice(0, MOST_NAMED).join(', ').slice(0, LONGEST_NAMED)}`;
  const expected = `a column named ${COLUMNS[first].join(', ')}`;
  throw unreadable(`the columns ${missing.join(', ')} are missing; ${found}`, { line: header?.line ?? 1, field: first, expected });
}

/** The one under which the first line has the most columns we know. */
function delimiterOf(text: string): string {
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  const known = (delimiter: string): number => Object.keys(columnsOf(first.split(delimiter))).length;
  return DELIMITERS.reduce<string>((best, delimiter) => (known(delimiter) > known(best) ? delimiter : best), ';');
}

function columnsOf(header: readonly string[]): Partial<Record<Column, number>> {
  const names = header.map(canonical);
  const found: Partial<Record<Column, number>> = {};
  for (const [column, aliases] of Object.entries(COLUMNS) as [Column, readonly string[]][]) {
    const at = names.findIndex((name) => aliases.some((alias) => canonical(alias) === name));
    if (at >= 0) found[column] = at;
  }
  return found;
}

function canonical(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\d]/gu, '');
}

function decimalsOf(currency: string): number {
  return isCurrencyCode(currency) ? minorDigits(currency) : 2;
}

function dateOf(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text);
  const european = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : [european?.[3], european?.[2], european?.[1]];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : undefined;
}
