import { describe, expect, it } from '@jest/globals';
import * as messages from '@paygate/messages';
import type { MessageClass } from '@paygate/messages';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { quickCheckOf } from './quick-check.js';

/** Every class of the contracts that can be checked the quick way. */
const classes = Object.values(messages).filter(
  (value): value is MessageClass<object> =>
    typeof value === 'function' && /^class\s/.test(value.toString()) && quickCheckOf(value as MessageClass<object>) !== null,
);

const plausible = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    '',
    0,
    1,
    -1,
    1.5,
    true,
    'EUR',
    'succeeded',
    2 ** 53,
    '2026-03-01T12:00:00.000Z',
    '65f1c0ffee0123456789abcd',
  ),
  fc.string(),
  fc.integer(),
  fc.constant([]),
  fc.constant({}),
);

const aStatusChange = {
  organizationId: '65f1c0ffee0123456789abcd',
  livemode: true,
  transactionId: '65f1c0ffee0123456789abcd',
  checkoutId: '65f1c0ffee0123456789abcd',
  siteId: '65f1c0ffee0123456789abcd',
  providerId: '65f1c0ffee0123456789abcd',
  sessionPublicId: 'cs_1',
  status: 'succeeded',
  eventVersion: 2,
  amount: 4_900,
  currency: 'EUR',
  occurredAt: '2026-03-01T12:00:00.000Z',
};

describe('quickCheckOf', () => {
  it('covers the messages that come most often', () => {
    expect(classes).toEqual(
      expect.arrayContaining([messages.TransactionStatusChanged, messages.ListDeliveriesRequest, messages.TransactionRequest]),
    );
  });

  it('leaves classes with parts of their own to class-validator', () => {
    expect(quickCheckOf(messages.CreateCheckoutCommand)).toBeNull();
    expect(quickCheckOf(messages.CreateRefundCommand)).toBeNull();
    expect(quickCheckOf(messages.SiteSnapshot)).toBeNull();
    expect(quickCheckOf(Date)).toBeNull();
  });

  it('accepts what is right and drops what is unknown', () => {
    const value = plainToInstance(messages.TransactionStatusChanged, { ...aStatusChange, newerField: 1 });
    expect(quickCheckOf(messages.TransactionStatusChanged)?.(value)).toBe(true);
    expect(Object.fromEntries(Object.entries(value))).toEqual(aStatusChange);
  });

  it.each(classes.map((type) => [type.name, type] as const))('judges %s as class-validator does', (_, type) => {
    const check = quickCheckOf(type);
    const fields = Object.keys(aStatusChange).concat(
      'page',
      'limit',
      'cursor',
      'status',
      'deliveryId',
      'externalReference',
      'ipnUrl',
      'toString',
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), plausible), fc.boolean(), (drawn, onRight) => {
        const received = onRight ? { ...aStatusChange, page: 1, limit: 10, deliveryId: 'dlv_1', ...drawn } : drawn;
        const quick = plainToInstance(type, received);
        const slow = plainToInstance(type, received);
        const errors = validateSync(slow, { whitelist: true, forbidUnknownValues: false });
        expect(check?.(quick)).toBe(errors.length === 0);
        expect(Object.keys(quick)).toEqual(Object.keys(slow));
      }),
    );
  });
});
