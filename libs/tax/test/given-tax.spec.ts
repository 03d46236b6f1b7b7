import { describe, expect, it } from '@jest/globals';
import { calculateGivenTax, taxShares } from '../src/index.js';
import type { GivenItem, GivenOrder } from '../src/index.js';

const item = (unitPrice: number, vatRate?: number, changes: Partial<GivenItem> = {}): GivenItem => ({
  quantity: 1,
  unitPrice,
  vatRate,
  itemType: 'goods',
  ...changes,
});
const tax = (unitPrice: number, vatRate?: number): GivenItem => item(unitPrice, vatRate, { itemType: 'tax' });
const order = (...items: GivenItem[]): GivenOrder => ({
  amount: items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0),
  items,
});

describe('calculateGivenTax', () => {
  it.each<[string, GivenOrder, boolean, number, [number, number, number][]]>([
    ['nothing is known of an order without lines', { amount: 4900, items: [] }, true, 0, []],
    ['nothing is known of lines without rates', order(item(4900)), true, 0, []],
    ['the documented example', order(item(4900, 19)), true, 782, [[19, 4118, 782]]],
    ['a rate of zero is said', order(item(4900, 0)), true, 0, [[0, 4900, 0]]],
    ['several rates, the highest first', order(item(1070, 7), item(1190, 19)), true, 260, [[19, 1000, 190], [7, 1000, 70]]],
    ['one sum per rate, not one rounding per line', order(item(5, 19, { quantity: 100 })), true, 80, [[19, 420, 80]]],
    ['a discount without a rate lowers every rate', order(item(10000, 25), item(-2000)), true, 1600, [[25, 6400, 1600]]],
    ['a discount with a rate lowers that one', order(item(1190, 19), item(1190, 7), item(-1190, 7)), true, 190, [[19, 1000, 190], [7, 0, 0]]],
    ['a rate with decimals', order(item(10550, 5.5)), true, 550, [[5.5, 10000, 550]]],
    ['a price without a rate is not taxed', order(item(1190, 19), item(500)), true, 190, [[19, 1000, 190]]],
    ['a line of tax', order(item(4118, 19), tax(782)), false, 782, [[19, 4118, 782]]],
    ['a line of tax with its rate', order(item(4118), tax(782, 19)), false, 782, [[19, 4118, 782]]],
    ['a line of tax alone says its rate by its size', order(item(10000), tax(825)), false, 825, [[8.25, 10000, 825]]],
    ['two lines of tax on the same goods', order(item(10000), tax(500, 5), tax(998, 9.975)), false, 1498, [[9.975, 10000, 998], [5, 10000, 500]]],
    ['lines of tax on goods of their own', order(item(1000, 19), item(2000, 7), tax(190, 19), tax(140, 7)), false, 330, [[19, 1000, 190], [7, 2000, 140]]],
    ['a line of no tax says nothing', order(item(4900), tax(0)), true, 0, []],
    ['all of it is tax', order(tax(500)), false, 500, [[0, 0, 500]]],
  ])('%s', (_name, given, taxIncluded, totalTax, shares) => {
    const calculation = calculateGivenTax(given);
    expect(calculation).toMatchObject({ taxIncluded, totalTax, totalGross: given.amount, totalNet: given.amount - totalTax });
    expect(taxShares(calculation).map(({ taxRate, taxableBase, taxAmount }) => [taxRate, taxableBase, taxAmount])).toEqual(shares);
    expect(calculation.breakdown.every(({ treatment }) => treatment === 'manual')).toBe(true);
  }); // prettier-ignore
});
