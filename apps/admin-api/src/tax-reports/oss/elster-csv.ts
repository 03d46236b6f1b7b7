import { DomainError } from '@paygate/kernel';
import { centsText, memberStateCode } from './member-state.js';
import type { OssReturn, OssRow } from './oss-return.js';

/** How decimals are written; the portal’s own samples have the dot. */
export const DECIMAL_SIGNS = ['dot', 'comma'] as const;
export type DecimalSign = (typeof DECIMAL_SIGNS)[number];

const HOME = 'DE';
const MOST_ROWS = 6_000;
/** Record types of the interface. */
const COUNTRY = '1';
const SERVICES = '2';
const GOODS = '3';
const CORRECTION = '6';

/**
 * The file that the portal of the German Federal Central Tax Office (BZSt) takes to fill in the form of the OSS EU scheme:
 * interface 2.0, comma separated, no header, no rows of nothing. See docs/tax-reports.md for what is not confirmed about it.
 * @throws DomainError `tax_export_not_applicable` for what was supplied from elsewhere, or too many rows
 */
export function* elsterCsv(report: OssReturn, decimals: DecimalSign = 'dot'): Generator<string> {
  const rows = report.rows.filter(({ net, tax }) => net !== 0 || tax !== 0);
  const elsewhere = rows.find(({ sellerCountry }) => sellerCountry !== HOME);
  if (elsewhere) {
    throw notApplicable(
      `The return has supplies from ${elsewhere.sellerCountry}. This file is for supplies from Germany; enter the others by hand.`,
    );
  }
  const corrections = report.corrections.filter(({ tax }) => tax !== 0);
  const countries = [...new Set([...rows, ...corrections].map(({ country }) => memberStateCode(country)))].sort();
  if (countries.length + rows.length + corrections.length > MOST_ROWS) {
    throw notApplicable(`The return has more than the ${MOST_ROWS} rows that one file may have.`);
  }
  const number = (text: string): string => (decimals === 'comma' ? `"${text.replace('.', ',')}"` : text);
  const line = (...cells: string[]): string => `${cells.join(',')}\r\n`;
  const supply = (type: string, { country, rateType, rate, net, tax }: OssRow): string =>
    line(type, memberStateCode(country), rateType, number(rate.toFixed(2)), number(centsText(net)), number(centsText(tax)));
  yield '#v2.0\r\n';
  for (const country of countries) yield line(COUNTRY, country);
  for (const row of rows) if (row.supply === 'services') yield supply(SERVICES, row);
  for (const row of rows) if (row.supply === 'goods') yield supply(GOODS, row);
  for (const { country, year, quarter, tax } of corrections) {
    yield line(CORRECTION, memberStateCode(country), String(year), String(quarter), number(centsText(tax)));
  }
}

function notApplicable(message: string): DomainError {
  return new DomainError('tax_export_not_applicable', message);
}
