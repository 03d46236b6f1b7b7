import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { previewTax } from './preview-tax.js';
import type { TaxableLine, TaxableOrder } from './preview-tax.js';

const line = (unitPrice: number, vatRate?: number, changes: Partial<TaxableLine> = {}): TaxableLine => ({
  quantity: 1,
  unitPrice,
  vatRate,
  itemType: 'goods',
  ...changes,
});
const tax = (unitPrice: number, vatRate?: number): TaxableLine => line(unitPrice, vatRate, { itemType: 'tax' });
const sum = (items: readonly TaxableLine[]): number => items.reduce((total, item) => total + item.quantity * item.unitPrice, 0);
const order = (...items: TaxableLine[]): TaxableOrder => ({ amount: sum(items), items });

describe('previewTax', () => {
  it('finds the tax in the documented example', () => {
    expect(previewTax(order(line(4900, 19)), { country: 'DE', postcode: '10115' })).toEqual({
      taxIncluded: true,
      totalNet: 4118,
      totalTax: 782,
      totalGross: 4900,
      taxBreakdown: [{ taxRate: 19, taxableBase: 4118, taxAmount: 782 }],
    });
  });

  it.each<[string, TaxableOrder, boolean, number, [number, number, number][]]>([
    ['nothing is known of an order without lines', { amount: 4900, items: [] }, true, 0, []],
    ['nothing is known of lines without rates', order(line(4900)), true, 0, []],
    ['a rate of zero is said', order(line(4900, 0)), true, 0, [[0, 4900, 0]]],
    [
      'several rates, the highest first',
      order(line(1070, 7), line(1190, 19)),
      true,
      260,
      [
        [19, 1000, 190],
        [7, 1000, 70],
      ],
    ],
    ['one sum per rate, not one rounding per line', order(line(5, 19, { quantity: 100 })), true, 80, [[19, 420, 80]]],
    ['a discount without a rate lowers every rate', order(line(10000, 25), line(-2000)), true, 1600, [[25, 6400, 1600]]],
    ['a discount with a rate lowers that one', order(line(1190, 19), line(1190, 7), line(-1190, 7)), true, 190, [[19, 1000, 190], [7, 0, 0]]], // prettier-ignore
    ['a rate with decimals', order(line(10550, 5.5)), true, 550, [[5.5, 10000, 550]]],
    ['a price without a rate is not taxed', order(line(1190, 19), line(500)), true, 190, [[19, 1000, 190]]],
    ['a line of tax', order(line(4118, 19), tax(782)), false, 782, [[19, 4118, 782]]],
    ['a line of tax with its rate', order(line(4118), tax(782, 19)), false, 782, [[19, 4118, 782]]],
    ['a line of tax alone says its rate by its size', order(line(10000), tax(825)), false, 825, [[8.25, 10000, 825]]],
    [
      'two lines of tax on the same goods',
      order(line(10000), tax(500, 5), tax(998, 9.975)),
      false,
      1498,
      [
        [9.975, 10000, 998],
        [5, 10000, 500],
      ],
    ],
    [
      'lines of tax on goods of their own',
      order(line(1000, 19), line(2000, 7), tax(190, 19), tax(140, 7)),
      false,
      330,
      [
        [19, 1000, 190],
        [7, 2000, 140],
      ],
    ],
    ['a line of no tax says nothing', order(line(4900), tax(0)), true, 0, []],
    ['all of it is tax', order(tax(500)), false, 500, [[0, 0, 500]]],
  ])('%s', (_name, given, taxIncluded, totalTax, shares) => {
    const preview = previewTax(given);
    expect(preview).toMatchObject({ taxIncluded, totalTax, totalGross: given.amount, totalNet: given.amount - totalTax });
    expect(preview.taxBreakdown.map(({ taxRate, taxableBase, taxAmount }) => [taxRate, taxableBase, taxAmount])).toEqual(shares);
  });

  const lines = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 1000 }),
      unitPrice: fc.integer({ min: -1_000_000, max: 10_000_000 }),
      vatRate: fc.option(fc.constantFrom(0, 5.5, 7, 19, 19.6, 25, 100), { nil: undefined }),
      itemType: fc.constantFrom('goods', 'shipping', 'discount', 'tax'),
    }),
    { maxLength: 12 },
  );

  it('never changes what is charged, and loses no cent to rounding', () => {
    fc.assert(
      fc.property(lines, (items) => {
        const { totalNet, totalTax, totalGross, taxBreakdown } = previewTax(order(...items));
        expect(totalGross).toBe(sum(items));
        expect(totalNet + totalTax).toBe(totalGross);
        expect(taxBreakdown.reduce((all, { taxAmount }) => all + taxAmount, 0)).toBe(totalTax);
        for (const share of taxBreakdown) {
          expect(Number.isInteger(share.taxableBase) && Number.isInteger(share.taxAmount)).toBe(true);
          expect(share.taxRate).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('taxes every cent of rated lines at its rate, at most half a cent off', () => {
    fc.assert(
      fc.property(lines, (items) => {
        const rated = items.map((item) => ({ ...item, itemType: 'goods', vatRate: item.vatRate ?? 7 }));
        const { totalGross, taxBreakdown } = previewTax(order(...rated));
        expect(taxBreakdown.reduce((all, share) => all + share.taxableBase + share.taxAmount, 0)).toBe(totalGross);
        for (const { taxRate, taxableBase, taxAmount } of taxBreakdown) {
          const exact = ((taxableBase + taxAmount) * taxRate) / (100 + taxRate);
          expect(Math.abs(taxAmount - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
        }
      }),
    );
  });

  it('does not depend on the order of the lines, nor on the place as long as rates are given', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('DE', 'US', undefined), (items, country) => {
        const rated = items.filter((item) => item.itemType !== 'tax' && (item.vatRate !== undefined || item.unitPrice >= 0));
        expect(previewTax(order(...[...rated].reverse()), { country })).toEqual(previewTax(order(...rated)));
      }),
    );
  });
});
