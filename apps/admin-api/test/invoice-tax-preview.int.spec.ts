import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId, TenantScope } from '@paygate/kernel';
import { AdminStack } from './fixture/admin-stack.js';
import type { Answer, Merchant } from './fixture/admin-stack.js';
import { expectRefusal } from './fixture/expect-refusal.js';
import { made, RATES, SETTINGS } from './fixture/tax-desk.js';

const GERMAN = { country: 'DE', postcode: '10115' };
const SUBSCRIPTION = { description: 'Subscription', quantity: 1, unitPrice: 12100, amountType: 'gross', itemType: 'virtual' };
const REDUCED = {
  description: 'Manual reduced VAT line',
  quantity: 1,
  unitPrice: 10700,
  amountType: 'gross',
  taxRate: 7,
  itemType: 'physical',
};

let stack: AdminStack;
let shop: Merchant;
let key: string;
let live: string;

beforeAll(async () => {
  stack = await AdminStack.start();
  shop = await stack.newMerchant();
  key = (await stack.newKey(shop.scope, { scopes: ['*'] })).apiKey;
  live = (await stack.newKey(TenantScope.of(shop.organizationId, true), { scopes: ['*'] })).apiKey;
  await settle({ enabled: true, sellerCountry: 'DE', vatId: 'DE811907980', oss: { enabled: true, country: 'DE' } });
}, 60_000);
afterAll(async () => stack.stop());
beforeEach(() => {
  stack.main.vatIdCheck = { status: 'valid' };
});

const settle = (settings: object): Promise<object> => made(200, stack.call(SETTINGS, { method: 'PUT', body: settings, key: live }));
const clientOf = async (details: object): Promise<string> => {
  const body = { email: `${newObjectId()}@example.com`, ...details };
  return (await made(201, stack.call('/api/v1/clients', { method: 'POST', body, key }))).id;
};
const post = (body: object, by = key): Promise<Answer> => stack.call('/api/v1/invoices/preview-tax', { method: 'POST', body, key: by });
const draft = (clientId: string, ...items: object[]) => ({ siteId: shop.siteId, clientId, currency: 'EUR', items });

describe('POST /api/v1/invoices/preview-tax', () => {
  it('answers the documented example', async () => {
    const clientId = await clientOf({ billingAddress: GERMAN });
    const { status, body } = await post({ ...draft(clientId, SUBSCRIPTION, REDUCED), taxPoint: '2026-03-01' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ siteId: shop.siteId, clientId, currency: 'EUR', taxPoint: '2026-03-01T12:00:00.000Z', taxIncluded: true },
      ...{ totalNet: 20168, totalTax: 2632, totalGross: 22800 },
      items: [
        {
          ...{
            description: 'Subscription',
            itemType: 'digital_service',
            taxRate: 19,
            taxRateCode: 'DE_STANDARD',
            taxTreatment: 'standard',
          },
          ...{ net: 10168, tax: 1932, gross: 12100, decidedBy: 'built_in:domestic', explain: expect.any(Array) },
        },
        {
          itemType: 'goods',
          taxRate: 7,
          taxRateCode: 'MANUAL',
          taxTreatment: 'manual',
          net: 10000,
          tax: 700,
          gross: 10700,
          decidedBy: 'line',
        },
      ],
      taxBreakdown: [
        { taxCountry: 'DE', taxRateCode: 'DE_STANDARD', taxableBase: 10168, taxAmount: 1932 },
        { taxCountry: 'DE', taxRateCode: 'MANUAL', taxableBase: 10000, taxAmount: 700 },
      ],
      taxDecision: { sellerCountry: 'DE', buyerCountry: 'DE', buyerType: 'B2C' },
      warnings: [],
    });
  });

  it('takes the tax country of a client without an address, and the day of the tax point', async () => {
    const clientId = await clientOf({ taxInfo: { taxCountry: 'EE' } });
    const rates = async (taxPoint: string) => (await post({ ...draft(clientId, SUBSCRIPTION), taxPoint })).body;
    expect(await rates('2025-06-30')).toMatchObject({ items: [{ taxRate: 22, taxRateCode: 'EE_STANDARD', taxTreatment: 'oss' }] });
    expect(await rates('2025-07-01T00:00:00+03:00')).toMatchObject({ items: [{ taxRate: 24, taxRateCode: 'EE_STANDARD' }] });
  });

  it('counts net and gross prices as they are meant, and parts of a quantity', async () => {
    const clientId = await clientOf({ billingAddress: GERMAN });
    const hours = { description: 'Hours', quantity: 1.5, unitPrice: 10000, amountType: 'net', itemType: 'service' };
    expect((await post(draft(clientId, hours))).body).toMatchObject({
      taxIncluded: false,
      totalNet: 15000,
      totalTax: 2850,
      totalGross: 17850,
    });
    await settle({ pricesIncludeTax: false });
    const { amountType: _amountType, ...plain } = SUBSCRIPTION;
    expect((await post(draft(clientId, plain))).body).toMatchObject({ totalNet: 12100, items: [{ amountType: 'net' }] });
    await settle({ pricesIncludeTax: true });
    const book = { ...SUBSCRIPTION, unitPrice: 10700, taxRateCode: 'DE_REDUCED' };
    expect((await post(draft(clientId, book))).body).toMatchObject({ totalTax: 700, items: [{ taxRateCode: 'DE_REDUCED', taxRate: 7 }] });
    const parking = { ...SUBSCRIPTION, taxRateCode: 'DE_PARKING' };
    expect((await post(draft(clientId, parking))).body).toMatchObject({
      items: [{ taxRateCode: 'DE_STANDARD' }],
      warnings: [expect.stringContaining('DE_PARKING')],
    });
  });

  it('charges a business in another Member State nothing when its VAT id is valid, and says so', async () => {
    const taxInfo = { taxId: { plaintext: 'ATU12345675' }, taxIdType: 'vat', taxCountry: 'AT' };
    const clientId = await clientOf({ company: 'Example GmbH', billingAddress: { country: 'AT' }, taxInfo });
    stack.main.vatIdCheck = { status: 'valid', consultationNumber: 'WAPI1' };
    expect((await post(draft(clientId, SUBSCRIPTION))).body).toMatchObject({
      ...{ totalNet: 12100, totalTax: 0 },
      items: [{ taxRate: 0, taxRateCode: 'REVERSE_CHARGE', taxTreatment: 'reverse_charge', legalText: expect.any(String) }],
      taxDecision: { buyerType: 'B2B', vatId: 'ATU12345675', vatIdStatus: 'valid', consultationNumber: 'WAPI1' },
    });
    stack.main.vatIdCheck = { status: 'invalid' };
    expect((await post(draft(clientId, SUBSCRIPTION))).body).toMatchObject({ items: [{ taxRate: 20, taxRateCode: 'AT_STANDARD' }] });
    stack.main.vatIdCheck = { status: 'unavailable' };
    expect((await post(draft(clientId, SUBSCRIPTION))).body).toMatchObject({
      taxDecision: { vatIdStatus: 'unavailable' },
      items: [{ taxRate: 20 }],
    });
  });

  it.each<[string, object, number, string, string | undefined]>([
    ['no items', { items: [] }, 400, 'validation_failed', 'items'],
    ['an item without a price', { items: [{ description: 'x', quantity: 1 }] }, 400, 'validation_failed', 'items[0].unitPrice'],
    ['a quantity of nothing', { items: [{ ...SUBSCRIPTION, quantity: 0 }] }, 400, 'validation_failed', 'items[0].quantity'],
    ['a rate above 100', { items: [{ ...SUBSCRIPTION, taxRate: 100.5 }] }, 400, 'validation_failed', 'items[0].taxRate'],
    [
      'an amount type nobody knows',
      { items: [{ ...SUBSCRIPTION, amountType: 'brutto' }] },
      400,
      'validation_failed',
      'items[0].amountType',
    ],
    ['a moment without its zone', { taxPoint: '2026-03-01T10:00:00' }, 400, 'validation_failed', 'taxPoint'],
    ['a day that is none', { taxPoint: '2026-02-30' }, 400, 'validation_failed', 'taxPoint'],
    ['a currency that is none', { currency: 'EURO' }, 400, 'validation_failed', 'currency'],
    ['a field nobody knows', { discount: 1 }, 400, 'validation_failed', 'discount'],
    ['a client nobody knows', { clientId: newObjectId() }, 404, 'client_not_found', undefined],
    ['a site nobody knows', { siteId: newObjectId() }, 404, 'site_not_found', 'siteId'],
    ['a day before all rates', { taxPoint: '1990-01-01' }, 422, 'tax_rate_missing', undefined],
  ])('refuses %s', async (_name, changes, status, code, field) => {
    const clientId = await clientOf({ billingAddress: GERMAN });
    expectRefusal(await post({ ...draft(clientId, SUBSCRIPTION), ...changes }), status, code, field);
  });

  it('knows no country of a client without any', async () => {
    expectRefusal(await post(draft(await clientOf({}), SUBSCRIPTION)), 422, 'tax_country_unknown', 'clientId');
  });

  it('needs evidence of where a consumer abroad is, where the merchant wants it', async () => {
    await settle({ strictEvidence: true });
    const paris = { billingAddress: { country: 'FR' } };
    expectRefusal(await post(draft(await clientOf(paris), SUBSCRIPTION)), 422, 'tax_evidence_insufficient', 'evidence');
    const { body } = await post(draft(await clientOf({ ...paris, phone: '+33 1 23 45 67 89' }), SUBSCRIPTION));
    expect(body).toMatchObject({ items: [{ taxRateCode: 'FR_STANDARD' }], evidence: { agreeing: 2, sufficient: true } });
    await settle({ strictEvidence: false });
  });

  it('is for the owner only', async () => {
    const clientId = await clientOf({ billingAddress: GERMAN });
    const other = await stack.newMerchant();
    const stranger = (await stack.newKey(other.scope, { scopes: ['*'] })).apiKey;
    expectRefusal(await post(draft(clientId, SUBSCRIPTION), stranger), 404, 'site_not_found', 'siteId');
    expectRefusal(await post({ ...draft(clientId, SUBSCRIPTION), siteId: other.siteId }, stranger), 404, 'client_not_found');
  });

  it('guesses nothing when there are no rates, or tax is not enabled', async () => {
    const clientId = await clientOf({ billingAddress: GERMAN });
    await settle({ enabled: false });
    const { body } = await post(draft(clientId, SUBSCRIPTION, REDUCED));
    expect(body).toMatchObject({ totalTax: 700, totalGross: 22800 });
    await settle({ enabled: true });
    await made(204, stack.call(RATES, { method: 'DELETE', key: live }));
    expectRefusal(await post(draft(clientId, SUBSCRIPTION)), 422, 'tax_rate_missing');
  });
});
