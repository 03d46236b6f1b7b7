import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalItemType, sumOfItems } from './checkout-items.js';
import { buyerRedirectUrl } from './redirect-url.js';

describe('items of a checkout', () => {
  it.each([
    ['nothing', [], 0n],
    [
      'quantities and a discount',
      [
        { quantity: 3, unitPrice: 1000 },
        { quantity: 1, unitPrice: -500 },
      ],
      2500n,
    ],
    ['a free line', [{ quantity: 2, unitPrice: 0 }], 0n],
    ['more than a float can add', [{ quantity: 1_000_000, unitPrice: 9_007_199_254_740_991 }], 9_007_199_254_740_991_000_000n],
  ])('adds up %s', (_name, items, expected) => {
    expect(sumOfItems(items, 'EUR').minor).toBe(expected);
  });

  it('does not depend on the order of the lines', () => {
    const item = fc.record({ quantity: fc.integer({ min: 1, max: 1e6 }), unitPrice: fc.maxSafeInteger() });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (items) => {
        expect(sumOfItems([...items].reverse(), 'EUR').minor).toBe(sumOfItems(items, 'EUR').minor);
      }),
    );
  });

  it.each([
    ['physical', 'goods'],
    ['virtual', 'digital_service'],
    ['goods', 'goods'],
    ['gift_card', 'gift_card'],
  ])('reads the item type %s as %s', (given, expected) => {
    expect(canonicalItemType(given)).toBe(expected);
  });
});

describe('buyerRedirectUrl', () => {
  it.each([
    ['https://shop.example/ok?tx={transactionId}', 'https://shop.example/ok?tx=T1'],
    ['https://shop.example/{transactionId}/{transactionId}', 'https://shop.example/T1/T1'],
    ['https://shop.example/ok?a=1&amp;tx=%7BtransactionId%7D', 'https://shop.example/ok?a=1&tx=T1'],
    ['https://shop.example/ok', 'https://shop.example/ok'],
  ])('%s', (template, expected) => {
    expect(buyerRedirectUrl(template, 'T1')).toBe(expected);
  });

  it('inserts the id literally', () => {
    expect(buyerRedirectUrl('https://shop.example/{transactionId}', '$&')).toBe('https://shop.example/$&');
  });
});
