import { describe, expect, it } from '@jest/globals';
import { buildPlatformBody } from './platform-body.js';
import type { PlatformFacts, PlatformWebhook } from './platform-body.js';
import { PLATFORM_EVENTS } from './platform-event.js';
import type { PlatformDisputeEvent, PlatformPaymentEvent } from './platform-event.js';

const at = new Date('2026-03-01T12:00:00Z');
const envelope = { merchantId: 'merchant_1', eventId: 'evt_1', occurredAt: at };
const money = { amount: 9900, currency: 'USD', createdAt: at };
const payment = { ...money, paymentId: 'pay_1', amountReceived: 9900 };
const read = (facts: PlatformFacts): PlatformWebhook => JSON.parse(buildPlatformBody(facts)) as PlatformWebhook;

describe('platform webhooks', () => {
  it('have exactly the promised fields, in their order', () => {
    const webhook = read({ ...envelope, event: 'payment_succeeded', payment });
    expect(Object.keys(webhook)).toEqual(['merchant_id', 'event_id', 'event_type', 'content', 'timestamp']);
    expect(Object.keys(webhook.content)).toEqual(['type', 'object']);
  });

  it('know the eighteen events of the family and their test', () => {
    expect(PLATFORM_EVENTS).toHaveLength(19);
    expect(new Set(PLATFORM_EVENTS).size).toBe(19);
  });

  it.each([
    ['payment_succeeded', 'succeeded'],
    ['payment_failed', 'failed'],
    ['payment_processing', 'processing'],
    ['payment_cancelled', 'cancelled'],
    ['payment_authorized', 'requires_capture'],
    ['payment_captured', 'succeeded'],
    ['action_required', 'requires_customer_action'],
  ] as [PlatformPaymentEvent, string][])('%s carries a payment that is %s', (event, status) => {
    expect(read({ ...envelope, event, payment })).toMatchObject({
      event_type: event,
      content: { type: 'payment_details', object: { payment_id: 'pay_1', merchant_id: 'merchant_1', status, amount: 9900 } },
    });
  });

  it.each([
    ['refund_succeeded', 'succeeded'],
    ['refund_failed', 'failed'],
  ] as const)('%s carries a refund that is %s', (event, status) => {
    const refund = { ...money, refundId: 'ref_1', paymentId: 'pay_1' };
    expect(read({ ...envelope, event, refund }).content).toMatchObject({ type: 'refund_details', object: { refund_id: 'ref_1', status } });
  });

  it.each(PLATFORM_EVENTS.filter((event): event is PlatformDisputeEvent => event.startsWith('dispute_')))(
    '%s carries a dispute that says so',
    (event) => {
      const dispute = { ...money, disputeId: 'dp_1', paymentId: 'pay_1' };
      expect(read({ ...envelope, event, dispute }).content).toMatchObject({ type: 'dispute_details', object: { dispute_status: event } });
    },
  );

  it.each([
    ['mandate_active', 'active'],
    ['mandate_revoked', 'revoked'],
  ] as const)('%s carries a mandate that is %s', (event, status) => {
    const mandate = { mandateId: 'man_1', createdAt: at };
    expect(read({ ...envelope, event, mandate }).content).toMatchObject({
      type: 'mandate_details',
      object: { mandate_id: 'man_1', status },
    });
  });

  it('name what is not there as null', () => {
    expect(read({ ...envelope, event: 'payment_succeeded', payment }).content.object).toMatchObject({
      merchant_order_reference_id: null,
      error_code: null,
      error_message: null,
    });
  });

  it.each([
    ['a long merchant id', { merchantId: 'x'.repeat(65) }],
    ['an empty event id', { eventId: '' }],
    ['half a cent', { payment: { ...payment, amount: 0.5 } }],
    ['half a cent received', { payment: { ...payment, amountReceived: 0.5 } }],
    ['an unknown currency', { payment: { ...payment, currency: 'XXX' } }],
  ])('refuse %s', (_, wrong) => {
    expect(() => buildPlatformBody({ ...envelope, event: 'payment_succeeded', payment, ...wrong })).toThrow(RangeError);
  });
});
