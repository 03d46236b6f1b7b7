import { describe, expect, it } from '@jest/globals';
import { CURRENCIES } from '@paygate/kernel';
import fc from 'fast-check';
import { fromPaypalMoney, toPaypalMoney } from './paypal-amount.js';

describe('toPaypalMoney', () => {
  it.each([
    [4900, 'EUR', '49.00'],
    [1, 'USD', '0.01'],
    [0, 'EUR', '0.00'],
    [1250, 'JPY', '1250'],
    [125_000, 'HUF', '1250'],
    [125_000, 'TWD', '1250'],
    [9_007_199_254_740_991, 'EUR', '90071992547409.91'],
  ])('%d minor units of %s → %s', (minor, currency, value) => {
    expect(toPaypalMoney(minor, currency)).toEqual({ currency_code: currency, value });
  });

  it.each([
    [1, 'HUF'],
    [125_050, 'HUF'],
    [99, 'TWD'],
  ])('PayPal cannot express %d minor units of %s', (minor, currency) => expect(toPaypalMoney(minor, currency)).toBeUndefined());

  it('is read back as it was', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...CURRENCIES), (minor, currency) => {
        const money = toPaypalMoney(minor, currency);
        if (money) expect(fromPaypalMoney(money)).toEqual({ amount: minor, currency });
      }),
    );
  });
});

describe('fromPaypalMoney', () => {
  it.each([
    ['49.00', 'EUR', 4900],
    ['49.0', 'EUR', 4900],
    ['49.', 'EUR', 4900],
    ['49', 'EUR', 4900],
    ['100', 'EUR', 10_000],
    ['1250.00', 'JPY', 1250],
    ['1250', 'HUF', 125_000],
    ['10.10', 'USD', 1010],
  ])('%s %s → %d', (value, currency_code, amount) => {
    expect(fromPaypalMoney({ value, currency_code })).toEqual({ amount, currency: currency_code });
  });

  it.each([
    [undefined],
    [null],
    ['49.00'],
    [{}],
    [{ value: '49.00' }],
    [{ value: 49, currency_code: 'EUR' }],
    [{ value: '49.001', currency_code: 'EUR' }],
    [{ value: '12.5', currency_code: 'JPY' }],
    [{ value: '1e3', currency_code: 'EUR' }],
    [{ value: '49.00', currency_code: 'XXX' }],
    [{ value: '9999999999999999', currency_code: 'EUR' }],
  ])('cannot read %j', (money) => expect(fromPaypalMoney(money)).toBeUndefined());
});
