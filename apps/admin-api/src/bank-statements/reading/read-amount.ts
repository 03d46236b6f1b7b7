import { isCurrencyCode, Money } from '@paygate/kernel';
import { unreadable } from './unreadable.js';

/** A decimal with a point in minor units. Undefined when it is none, or has more decimals than its currency. */
export function minorUnits(decimal: string, currency: string): number | undefined {
  if (!isCurrencyCode(currency)) return undefined;
  try {
    // Banks write 12.500 or 12.00000 for what has two decimals.
    return Money.parse(
      decimal
        .replace(/^\+/, '')
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, ''),
      currency,
    ).toMinorNumber();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export type DecimalMark = '.' | ',';

/**
 * Which mark separates the decimals of a column. It is decided for all amounts together: one amount such as `1.234` could be
 * read both ways, and must never be.
 * @param decimals of the currencies in the column, at most
 * @throws DomainError bank_statement_unreadable when the amounts do not agree, or leave it open
 */
export function decimalMarkOf(amounts: readonly string[], decimals: number): DecimalMark {
  const votes = new Set<DecimalMark>();
  let open = false;
  for (const amount of amounts) {
    const text = amount.replaceAll(/[^\d.,]/g, '');
    const last = /([.,])(\d*)$/.exec(text);
    const mark = last?.[1] as DecimalMark | undefined;
    if (!last || !mark) continue;
    const marks = new Set(text.replaceAll(/\d/g, ''));
    if (marks.size === 2) votes.add(mark);
    else if (text.indexOf(mark) !== text.lastIndexOf(mark)) votes.add(mark === '.' ? ',' : '.');
    else if (last[2]?.length !== 3) votes.add(mark);
    else if (decimals >= 3) open = true;
    else votes.add(mark === '.' ? ',' : '.');
  }
  const [vote, ...others] = votes;
  if (others.length > 0) throw unreadable('its amounts use both a comma and a point for decimals', { field: 'amount' });
  if (vote === undefined && open)
    throw unreadable('its amounts do not show whether comma or point separates decimals', { field: 'amount' });
  return vote ?? '.';
}

/** An amount as people and banks write it, as a decimal with a point: `1.234,50-` becomes `-1234.50`. Undefined when it is none. */
export function plainDecimal(text: string, mark: DecimalMark): string | undefined {
  const compact = text.replaceAll(/[\s'’]/g, '').replace('−', '-');
  const signed = /^([+-]?)([\d.,]+)([+-]?)$/.exec(compact);
  if (!signed || (signed[1] !== '' && signed[3] !== '')) return undefined;
  const [whole = '', fraction, ...rest] = (signed[2] ?? '').split(mark);
  const grouped = new RegExp(`^\\d+$|^\\d{1,3}(\\${mark === '.' ? ',' : '.'}\\d{3})+$`);
  if (rest.length > 0 || !grouped.test(whole) || (fraction !== undefined && !/^\d*$/.test(fraction))) return undefined;
  const sign = signed[1] === '-' || signed[3] === '-' ? '-' : '';
  return `${sign}${whole.replaceAll(/\D/g, '')}${fraction ? `.${fraction}` : ''}`;
}
