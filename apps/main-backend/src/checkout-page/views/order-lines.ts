import { Money } from '@paygate/kernel';
import type { Order, OrderLine } from '../page-model.js';

export interface SortedLines {
  readonly goods: readonly OrderLine[];
  readonly discounts: readonly OrderLine[];
}

/** Lines of tax are told by the breakdown of the tax. */
export function sortLines({ lines }: Pick<Order, 'lines'>): SortedLines {
  const others = lines.filter((line) => line.itemType !== 'tax');
  return { goods: others.filter((line) => !isDiscount(line)), discounts: others.filter(isDiscount) };
}

function isDiscount(line: OrderLine): boolean {
  return line.unitPrice < 0 || (line.itemType === 'discount' && line.unitPrice !== 0);
}

export function lineTotal(line: OrderLine, currency: string): Money {
  return Money.ofMinor(line.unitPrice, currency).times(line.quantity);
}

export function sumOf(lines: readonly OrderLine[], currency: string): Money {
  return lines.reduce((sum, line) => sum.plus(lineTotal(line, currency)), Money.zero(currency));
}
