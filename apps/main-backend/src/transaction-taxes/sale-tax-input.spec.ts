import { describe, expect, it } from '@jest/globals';
import { saleTaxInput } from './sale-tax-input.js';
import type { Sale } from './sale-tax-input.js';

const AT = new Date('2026-03-01T10:00:00Z');
const SALE: Sale = {
  amount: 4900,
  currency: 'EUR',
  items: [{ name: 'Blue shirt', quantity: 1, unitPrice: 4900, itemType: 'goods' }],
};

describe('saleTaxInput', () => {
  it('takes every price as the buyer pays it', () => {
    const items = [{ name: 'Blue shirt', quantity: 2, unitPrice: 2450, itemType: 'goods', vatRate: 7, amountType: 'net' as const }];
    expect(saleTaxInput({ ...SALE, items }, AT, {}).lines).toEqual([
      { id: '1', itemType: 'goods', description: 'Blue shirt', quantity: 2, unitPrice: 2450, amountType: 'gross', statedRate: 7 },
    ]);
  });

  it('makes one line of an amount without items', () => {
    expect(saleTaxInput({ ...SALE, items: [] }, AT, {}).lines).toEqual([
      { id: '1', itemType: 'goods', description: 'Whole amount', quantity: 1, unitPrice: 4900, amountType: 'gross' },
    ]);
  });

  it('knows the buyer by the addresses, the phone and the VAT id', () => {
    const billingAddress = { country: 'at', state: 'W', postcode: '1010', company: 'Example GmbH', phone: '+43 1 234', vatId: 'ATU1' };
    const shippingAddress = { country: 'DE', postcode: '10115' };
    const known = { vatId: 'ATU12345675', vatIdStatus: 'valid', consultationNumber: 'WAPI1' } as const;
    expect(saleTaxInput({ ...SALE, billingAddress, shippingAddress }, AT, known)).toMatchObject({
      taxPoint: '2026-03-01T10:00:00.000Z',
      buyer: { country: 'AT', region: 'W', postcode: '1010', company: 'Example GmbH', ...known },
      shipTo: { country: 'DE', postcode: '10115' },
      evidence: [
        { source: 'billing_address', country: 'AT' },
        { source: 'shipping_address', country: 'DE' },
        { source: 'phone_prefix', country: 'AT' },
      ],
    });
  });

  it('leaves out what is not known', () => {
    const input = saleTaxInput({ ...SALE, currency: 'USD', shippingAddress: { city: 'Berlin' } }, AT, {});
    expect(input).toMatchObject({ buyer: {}, evidence: [] });
    for (const field of ['shipTo', 'unitsPerEuro', 'unitsPerPound']) expect(input).not.toHaveProperty(field);
    expect(saleTaxInput({ ...SALE, currency: 'GBP' }, AT, {})).toMatchObject({ unitsPerPound: 1 });
  });
});
