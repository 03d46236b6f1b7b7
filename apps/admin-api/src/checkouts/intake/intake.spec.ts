import { describe, expect, it } from '@jest/globals';
import { DomainError, TenantScope } from '@paygate/kernel';
import { createValidationPipe } from '@paygate/nest-kit';
import fc from 'fast-check';
import { CreateCheckoutBody } from '../dto/create-checkout.body.js';
import { canonicalCheckout } from './canonical-checkout.js';
import { claimOf } from '../../changes/index.js';

const SCOPE = TenantScope.of('5f0000000000000000000001', false);
const SITE = '5f0000000000000000000002';
const pipe = createValidationPipe();

/** The way of a body through the service: JSON, validation, canonical form. */
async function intake(body: unknown) {
  const json: unknown = typeof body === 'string' ? JSON.parse(body) : JSON.parse(JSON.stringify(body));
  const dto = (await pipe.transform(json, { type: 'body', metatype: CreateCheckoutBody })) as CreateCheckoutBody;
  return canonicalCheckout(SCOPE, SITE, dto);
}

async function refusal(body: unknown): Promise<DomainError> {
  return intake(body).then(
    () => Promise.reject(new Error('the body was taken')),
    (error: unknown) => (error instanceof DomainError ? error : Promise.reject(error instanceof Error ? error : new Error(String(error)))),
  );
}

const minimal = { amount: 4900, currency: 'EUR', externalReference: 'order_1' };
const line = { name: 'Plan', quantity: 1, unitPrice: 4900, itemType: 'goods' };

describe('what is taken', () => {
  it('fills in the defaults', async () => {
    expect(await intake(minimal)).toEqual({
      organizationId: SCOPE.organizationId,
      livemode: false,
      siteId: SITE,
      amount: 4900,
      currency: 'EUR',
      externalReference: 'order_1',
      items: [],
      expireInHours: 24,
    });
  });

  it('takes the documented example', async () => {
    const command = await intake({
      amount: 4900,
      currency: 'EUR',
      email: 'buyer@example.com',
      returnUrl: 'https://yourapp.com/success?txId={transactionId}',
      cancelUrl: 'https://yourapp.com/cancel',
      ipnUrl: 'https://yourapp.com/webhooks/payment-ipn',
      externalReference: 'order_12345',
      invoiceNumber: 'INV-2026-0001',
      clientId: '507f1f77bcf86cd799439014',
      items: [
        {
          name: 'Professional Plan — Monthly',
          description: 'Professional Plan — Monthly',
          quantity: 1,
          unitPrice: 4900,
          vatRate: 19,
          itemType: 'virtual',
        },
      ],
    });
    expect(command.items).toEqual([
      {
        name: 'Professional Plan — Monthly',
        description: 'Professional Plan — Monthly',
        quantity: 1,
        unitPrice: 4900,
        vatRate: 19,
        itemType: 'digital_service',
      },
    ]);
    expect(command.returnUrl).toBe('https://yourapp.com/success?txId={transactionId}');
  });

  it('takes the order of a shop plugin: floats, escapes, empty fields, zero and negative lines, a tax line', async () => {
    const command = await intake(
      String.raw`{"amount":4900.0,"currency":"JPY","email":"","returnUrl":"https:\/\/shop.example\/ok","cancelUrl":"https:\/\/shop.example\/cancel?a=1&amp;b=2",
      "ipnUrl":"https:\/\/shop.example\/?wc-api=ipn&key=x","externalReference":"caf\u00e9-1","invoiceNumber":"","clientId":null,
      "billingAddress":{"firstName":"","lastName":"","address1":"","address2":"","city":"","postcode":null,"country":"","phone":""},
      "shippingAddress":[],"metadata":[],"locale":"de_DE","expireInHours":"",
      "items":[{"description":"Only described","quantity":2.0,"unitPrice":2500.0,"itemType":"physical","vatRate":null},
      {"name":"Gift","description":"","quantity":1,"unitPrice":0,"itemType":"goods"},
      {"name":"Voucher","quantity":1,"unitPrice":-1000,"itemType":"discount"},{"name":"Nothing off","quantity":1,"unitPrice":-0},
      {"name":"Tax","quantity":1,"unitPrice":900,"itemType":"tax"},{"name":"Wrapping","quantity":1,"unitPrice":0,"itemType":"wrap_it"}]}`,
    );
    expect(command).toMatchObject({ amount: 4900, currency: 'JPY', externalReference: 'café-1', locale: 'de-DE', expireInHours: 24 });
    expect(command.cancelUrl).toBe('https://shop.example/cancel?a=1&amp;b=2');
    expect(command.metadata).toEqual({});
    for (const absent of ['email', 'invoiceNumber', 'clientId', 'billingAddress', 'shippingAddress'] as const) {
      expect(command[absent]).toBeUndefined();
    }
    expect(command.items.map(({ name, unitPrice, itemType }) => [name, unitPrice, itemType])).toEqual([
      ['Only described', 2500, 'goods'],
      ['Gift', 0, 'goods'],
      ['Voucher', -1000, 'discount'],
      ['Nothing off', 0, 'goods'],
      ['Tax', 900, 'tax'],
      ['Wrapping', 0, 'wrap_it'],
    ]);
    expect(Object.is(command.items[3]?.unitPrice, 0)).toBe(true);
  });

  it.each([
    ['physical', 4900, 'goods'],
    ['virtual', 4900, 'digital_service'],
    ['shipping', 4900, 'shipping'],
    ['gift_card', 4900, 'gift_card'],
    [undefined, 4900, 'goods'],
    ['', 4900, 'goods'],
  ])('item type %p of a line of %d is kept as %s', async (itemType, unitPrice, expected) => {
    const command = await intake({ ...minimal, items: [{ ...line, unitPrice, itemType }] });
    expect(command.items[0]?.itemType).toBe(expected);
  });

  it('keeps the parts of an address that are there, with the country in upper case', async () => {
    const command = await intake({ ...minimal, billingAddress: { firstName: 'Ada', postcode: '10115', country: 'de', state: null } });
    expect(command.billingAddress).toEqual({ firstName: 'Ada', postcode: '10115', country: 'DE' });
  });

  it.each([1, Number.MAX_SAFE_INTEGER])('takes an amount of %d', async (amount) => {
    expect((await intake({ ...minimal, amount })).amount).toBe(amount);
  });

  it('takes exactly the sums that match, whatever the lines', async () => {
    const lines = fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 1000 }), unitPrice: fc.integer({ min: -10_000, max: 1_000_000 }) }),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: -3, max: 3 }), async (items, off) => {
        const sum = items.reduce((total, item) => total + item.quantity * item.unitPrice, 0);
        fc.pre(sum + off >= 1);
        const body = { ...minimal, amount: sum + off, items: items.map((item) => ({ ...item, name: 'x' })) };
        if (off === 0) expect((await intake(body)).items).toHaveLength(items.length);
        else expect((await refusal(body)).code).toBe('items_sum_mismatch');
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is refused', () => {
  const operator = { $gt: '' };
  it.each<[string, object, string]>([
    ['amount 0', { amount: 0 }, 'amount'],
    ['a negative amount', { amount: -1 }, 'amount'],
    ['a fractional amount', { amount: 10.5 }, 'amount'],
    ['an amount of 2^53', { amount: 2 ** 53 }, 'amount'],
    ['an amount as text', { amount: '4900' }, 'amount'],
    ['no amount', { amount: undefined }, 'amount'],
    ['an unknown currency', { currency: 'XXQ' }, 'currency'],
    ['a currency in lower case', { currency: 'eur' }, 'currency'],
    ['no reference', { externalReference: undefined }, 'externalReference'],
    ['an empty reference', { externalReference: '' }, 'externalReference'],
    ['a long reference', { externalReference: 'x'.repeat(65) }, 'externalReference'],
    ['a numeric reference', { externalReference: 7 }, 'externalReference'],
    ['a long invoice number', { invoiceNumber: 'x'.repeat(65) }, 'invoiceNumber'],
    ['a NUL in a reference', { externalReference: 'a\u0000b' }, 'externalReference'],
    ['a bad e-mail', { email: 'nobody' }, 'email'],
    ['a javascript return URL', { returnUrl: 'javascript:alert(1)' }, 'returnUrl'],
    ['an ftp cancel URL', { cancelUrl: 'ftp://shop.example' }, 'cancelUrl'],
    ['an IPN URL with credentials', { ipnUrl: 'https://u:p@shop.example' }, 'ipnUrl'],
    ['a bad client id', { clientId: 'c-1' }, 'clientId'],
    ['a bad locale', { locale: 'not a locale' }, 'locale'],
    ['0 hours', { expireInHours: 0 }, 'expireInHours'],
    ['3121 hours', { expireInHours: 3121 }, 'expireInHours'],
    ['half an hour', { expireInHours: 0.5 }, 'expireInHours'],
    ['an unknown field', { amonut: 1 }, 'amonut'],
    ['an unknown nested field', { items: [{ ...line, colour: 'red' }] }, 'items[0].colour'],
    ['items as object', { items: { 0: line } }, 'items'],
    ['a list in the items', { items: [[]] }, 'items'],
    ['null in the items', { items: [null] }, 'items'],
    ['501 items', { items: Array.from({ length: 501 }, () => ({ ...line, unitPrice: 0 })) }, 'items'],
    ['a line without a name', { items: [{ ...line, name: undefined }] }, 'items[0].name'],
    ['quantity 0', { items: [{ ...line, quantity: 0 }] }, 'items[0].quantity'],
    ['half a quantity', { items: [{ ...line, quantity: 0.5 }] }, 'items[0].quantity'],
    ['a fractional price', { items: [{ ...line, unitPrice: 0.5 }] }, 'items[0].unitPrice'],
    ['a VAT rate of 101', { items: [{ ...line, vatRate: 101 }] }, 'items[0].vatRate'],
    ['an unknown amount type', { items: [{ ...line, amountType: 'both' }] }, 'items[0].amountType'],
    ['a list as address', { billingAddress: [{ city: 'Berlin' }] }, 'billingAddress'],
    ['text as address', { shippingAddress: 'Berlin' }, 'shippingAddress'],
    ['a country name', { billingAddress: { country: 'Germany' } }, 'billingAddress.country'],
    ['a nested metadata value', { metadata: { a: { b: 1 } } }, 'metadata'],
    ['an operator as metadata', { metadata: operator }, 'metadata'],
    ['a metadata key that would get lost', { metadata: { toString: 'x' } }, 'metadata'],
    ...['currency', 'email', 'returnUrl', 'cancelUrl', 'ipnUrl', 'externalReference', 'invoiceNumber', 'clientId', 'locale'].map(
      (field): [string, object, string] => [`an operator as ${field}`, { [field]: operator }, field],
    ),
    ...['name', 'description', 'itemType', 'amountType'].map((field): [string, object, string] => [
      `an operator as ${field} of a line`,
      { items: [{ ...line, [field]: operator }] },
      `items[0].${field}`,
    ]),
    ...['firstName', 'lastName', 'company', 'address1', 'address2', 'city', 'postcode', 'state', 'country', 'phone', 'vatId'].map(
      (field): [string, object, string] => [
        `an operator as ${field} of an address`,
        { billingAddress: { [field]: operator } },
        `billingAddress.${field}`,
      ],
    ),
  ])('%s', async (_name, change, field) => {
    const error = await refusal({ ...minimal, ...change });
    expect(error).toMatchObject({ code: 'validation_failed', status: 400 });
    const problems = error.details as { field: string; message: string; code: string; expected?: string }[];
    expect(problems[0]?.field).toBe(field);
    // What follows, if anything, is about the parts of the same field.
    expect(problems.filter((problem) => !problem.field.startsWith(field))).toEqual([]);
    expect(error.message).toContain(field);
    // Everything but an unknown field says what would have been right.
    expect(problems[0]?.code === 'unknown_field' || Boolean(problems[0]?.expected)).toBe(true);
  });

  it('names every wrong field at once', async () => {
    const error = await refusal({ amount: 0, currency: '?', externalReference: 'x', ipnUrl: 'x' });
    expect((error.details as { field: string }[]).map(({ field }) => field).sort()).toEqual(['amount', 'currency', 'ipnUrl']);
  });

  it('says both phrases that shops look for when the sum is off', async () => {
    const error = await refusal({ ...minimal, amount: 1000, items: [{ name: 'Third', quantity: 3, unitPrice: 333 }] });
    expect(error).toMatchObject({ code: 'items_sum_mismatch', status: 400, details: [{ field: 'items' }] });
    expect(error.message).toContain('sum of item amounts');
    expect(error.message).toContain('does not match total amount');
  });

  it('does not lose cents in sums beyond 2^53', async () => {
    const items = [{ name: 'Huge', quantity: 1_000_000, unitPrice: Number.MAX_SAFE_INTEGER }];
    expect((await refusal({ ...minimal, items })).message).toContain('9007199254740991000000');
  });
});

describe('Idempotency-Key', () => {
  it.each(['k', 'a b', '~'.repeat(255)])('%s is a key', async (key) => {
    expect(claimOf(key, await intake(minimal))).toEqual({ key, requestHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each(['', 'k'.repeat(256), 'ü', 'a\tb', ['a', 'b']].map((key) => [key]))('%p is refused', async (key) => {
    const command = await intake(minimal);
    expect(() => claimOf(key, command)).toThrow('Idempotency-Key must be 1 to 255 printable ASCII characters.');
  });

  it('hashes what is asked for, not how it is written', async () => {
    const hash = async (body: unknown) => claimOf('k', await intake(body))?.requestHash;
    const first = await hash(minimal);
    expect(await hash('{"externalReference":"order_1","currency":"EUR","amount":4900.0,"email":"","items":[]}')).toBe(first);
    expect(await hash({ ...minimal, amount: 4901 })).not.toBe(first);
    expect(await hash({ ...minimal, metadata: { a: 'b' } })).not.toBe(first);
  });
});
