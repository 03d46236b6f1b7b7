import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { organizationSnapshot } from '@paygate/messages';
import type { CheckoutItem, CreatedCheckout } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { eventually } from '@paygate/testing';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { taxMerchant } from './support/tax.js';

const SHOP = 'https://shop.example.test';
const SHIRT = { name: 'Blue shirt', quantity: 1, unitPrice: 4900, vatRate: 19, itemType: 'goods' } as const;

describe('POST /api/v1/checkouts/:id/tax-preview', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;

  beforeAll(async () => {
    stack = await MainStack.start();
    merchant = await stack.newMerchant();
  }, 60_000);
  afterAll(async () => stack.stop());
  beforeEach(async () => {
    checkout = await stack.createCheckout(merchant, { items: [SHIRT] });
  });

  const preview = async (body?: unknown, headers: Record<string, string> = {}, session = checkout.sessionPublicId) => {
    const answer = await fetch(`${stack.url}/api/v1/checkouts/${session}/tax-preview`, {
      method: 'POST',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  };

  it('answers as documented', async () => {
    const { status, body } = await preview({ billingAddress: { country: 'DE', postcode: '10115', vatId: 'DE123456789' } });
    expect(status).toBe(200);
    expect(body).toEqual({
      taxIncluded: true,
      totalNet: 4118,
      totalTax: 782,
      totalGross: 4900,
      taxBreakdown: [{ taxRate: 19, taxRateCode: 'MANUAL', taxableBase: 4118, taxAmount: 782 }],
    });
  });

  it('knows the tax lines of the order', async () => {
    const items: CheckoutItem[] = [
      { ...SHIRT, unitPrice: 4118 },
      { name: 'VAT', quantity: 1, unitPrice: 782, itemType: 'tax' },
    ];
    checkout = await stack.createCheckout(merchant, { items });
    expect((await preview({})).body).toMatchObject({ taxIncluded: false, totalNet: 4118, totalTax: 782, totalGross: 4900 });
  });

  it('is calculated for a merchant who has tax enabled, by the place of the buyer', async () => {
    const taxed = await stack.newMerchant();
    await taxMerchant(stack, taxed, { oss: { enabled: true, scheme: 'union', thresholdExceeded: false } });
    const { vatRate: _vatRate, ...shirt } = SHIRT;
    checkout = await stack.createCheckout(taxed, { items: [shirt], billingAddress: { country: 'DE' } });
    const share = (taxRate: number, taxRateCode: string, taxAmount: number) => ({
      ...{ taxIncluded: true, totalNet: 4900 - taxAmount, totalTax: taxAmount, totalGross: 4900 },
      taxBreakdown: [{ taxRate, taxRateCode, taxableBase: 4900 - taxAmount, taxAmount }],
    });
    expect((await preview()).body).toEqual(share(19, 'DE_STANDARD', 782));
    expect((await preview({ billingAddress: { country: 'FI' } })).body).toEqual(share(25.5, 'FI_STANDARD', 996));
    expect((await preview({ billingAddress: { country: 'CH' } })).body).toEqual(share(0, 'EXPORT', 0));
    // Nothing is guessed where nobody knows, and nobody is kept from buying.
    const unknown = { taxIncluded: true, totalNet: 4900, totalTax: 0, totalGross: 4900, taxBreakdown: [] };
    expect(await preview({ billingAddress: { country: 'QQ' } })).toMatchObject({ status: 200, body: unknown });
  });

  it.each([
    ['no body', undefined],
    ['no address', {}],
    ['an empty address', { billingAddress: {} }],
    ['empty texts', { billingAddress: { country: '', postcode: null, vatId: '' } }],
    ['a country in small letters', { billingAddress: { country: 'de' } }],
    ['the names the other documents use', { billingAddress: { postalCode: '10115', line1: 'Road 1', name: 'Ada Lovelace' } }],
  ])('takes %s', async (_name, body) => {
    expect(await preview(body)).toMatchObject({ status: 200, body: { totalGross: 4900 } });
  });

  it.each([
    ['broken JSON', '{"a"', undefined],
    ['a country by name', { billingAddress: { country: 'Germany' } }, 'billingAddress.country'],
    ['a country that is an object', { billingAddress: { country: { $ne: '' } } }, 'billingAddress.country'],
    ['a VAT ID that is too long', { billingAddress: { vatId: 'D'.repeat(51) } }, 'billingAddress.vatId'],
    ['a postcode that is a number', { billingAddress: { postcode: 10115 } }, 'billingAddress.postcode'],
    ['an address that is text', { billingAddress: 'Berlin' }, 'billingAddress'],
    ['an address that is a list', { billingAddress: [] }, 'billingAddress'],
    ['an unknown field', { amount: 1 }, 'amount'],
    ['an unknown field of the address', { billingAddress: { planet: 'Mars' } }, 'billingAddress.planet'],
  ])('refuses %s', async (_name, body, field) => {
    const answer = await preview(body);
    expect(answer).toMatchObject({ status: 400, body: { code: field === undefined ? 'malformed_json' : 'validation_failed' } });
    if (field !== undefined) expect(answer.body['details']).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });

  it.each([
    [{ origin: SHOP }, 200, SHOP],
    [{ origin: 'https://pay.example.test' }, 200, 'https://pay.example.test'],
    [{ referer: `${SHOP}/cart` }, 200, null],
    [{}, 200, null],
    [{ origin: 'https://evil.example' }, 403, null],
    [{ origin: 'null' }, 403, null],
    [{ referer: 'https://evil.example/' }, 403, null],
  ])('from %j → %d', async (headers, status, shared) => {
    const answer = await preview({}, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe(shared);
    if (status === 403) expect(answer.body['code']).toBe('origin_not_allowed');
  });

  it('lets browsers of allowed pages ask before they send', async () => {
    const answer = await fetch(`${stack.url}/api/v1/checkouts/${checkout.sessionPublicId}/tax-preview`, {
      method: 'OPTIONS',
      headers: { origin: SHOP, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, SHOP]);
  });

  it.each(['nobody', '%00', 'x'.repeat(90)])('knows no session %p', async (session) => {
    expect(await preview({}, {}, session)).toMatchObject({ status: 404, body: { code: 'checkout_not_found' } });
  });

  it('has nothing to say of a checkout that is over', async () => {
    const superseded = await stack.createCheckout(merchant, { items: [SHIRT], externalReference: 'tax-twice' });
    await stack.createCheckout(merchant, { items: [SHIRT], externalReference: 'tax-twice' });
    expect(await preview({}, {}, superseded.sessionPublicId)).toMatchObject({ status: 409, body: { code: 'checkout_not_open' } });
    checkout = await stack.createCheckout(merchant, { items: [SHIRT], expireInHours: 1 });
    stack.clock.advance(3_600_001);
    expect(await preview({})).toMatchObject({ status: 409, body: { code: 'checkout_expired' } });
  });

  it('of a suspended organization is refused', async () => {
    const suspended = await stack.newMerchant();
    checkout = await stack.createCheckout(suspended, { items: [SHIRT] });
    const { organizationId: id } = suspended;
    await stack.app.get(ConfigBucket).put(organizationSnapshot, id, { id, name: 'Example Ltd', status: 'suspended' });
    await eventually(async () => {
      expect(await preview({})).toMatchObject({ status: 403, body: { code: 'organization_suspended' } });
    });
  });
});
