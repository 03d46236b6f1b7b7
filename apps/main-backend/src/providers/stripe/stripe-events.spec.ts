import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEnvelope, subjectOf } from './stripe-events.js';

const intent = {
  id: 'pi_1',
  object: 'payment_intent',
  status: 'succeeded',
  amount: 4900,
  amount_received: 4900,
  currency: 'eur',
  client_secret: 'pi_1_secret_2',
  metadata: { transactionId: 't1' },
};
const refund = {
  id: 're_1',
  object: 'refund',
  payment_intent: 'pi_1',
  status: 'succeeded',
  amount: 100,
  currency: 'eur',
  created: 1772978000,
};
const dispute = { id: 'du_1', object: 'dispute', payment_intent: 'pi_1', status: 'lost', amount: 4900, currency: 'eur' };
const body = {
  id: 'evt_1',
  object: 'event',
  type: 'payment_intent.succeeded',
  created: 1772978400,
  livemode: true,
  data: { object: intent },
};

const subject = (type: string, object: object) => {
  const event = readEnvelope({ ...body, type, data: { object } });
  return event && subjectOf(event);
};

describe('readEnvelope', () => {
  it('reads an event', () => {
    expect(readEnvelope(body)).toEqual({
      id: 'evt_1',
      type: 'payment_intent.succeeded',
      occurredAt: new Date(1772978400_000),
      object: intent,
      own: true,
      livemode: true,
    });
  });

  it('sees whose event it is', () => expect(readEnvelope({ ...body, account: 'acct_1' })?.own).toBe(false));

  it.each([
    ['nothing', undefined],
    ['a list', [body]],
    ['no id', { ...body, id: '' }],
    ['no type', { ...body, type: 7 }],
    ['no date', { ...body, created: '2026-03-08' }],
    ['no data', { ...body, data: undefined }],
    ['no object', { ...body, data: { object: null } }],
    ['a thin event', { id: 'evt_1', object: 'v2.core.event', type: 'v1.billing.meter.no_meter_found', created: '2026-03-08T14:00:00Z' }],
  ])('%s is none', (_name, given) => expect(readEnvelope(given)).toBeUndefined());
});

describe('subjectOf', () => {
  it.each([
    ['payment_intent.succeeded', intent, 'payment', 'succeeded'],
    ['payment_intent.processing', { ...intent, status: 'processing' }, 'payment', 'pending'],
    ['payment_intent.payment_failed', { ...intent, status: 'requires_payment_method', last_payment_error: {} }, 'payment', 'failed'],
    ['payment_intent.canceled', { ...intent, status: 'canceled' }, 'payment', 'cancelled'],
    ['payment_intent.requires_action', { ...intent, status: 'requires_action' }, 'payment', 'requires_buyer'],
    ['payment_intent.created', { ...intent, status: 'requires_payment_method' }, 'payment', 'requires_buyer'],
    ['payment_intent.something_new', { ...intent, status: 'something_new' }, 'payment', 'pending'],
    ['refund.created', { ...refund, status: 'pending' }, 'refund', 'pending'],
    ['refund.updated', refund, 'refund', 'succeeded'],
    ['refund.failed', { ...refund, status: 'failed' }, 'refund', 'failed'],
    ['charge.refund.updated', { ...refund, status: 'canceled' }, 'refund', 'failed'],
    ['charge.dispute.created', { ...dispute, status: 'warning_needs_response' }, 'dispute', 'open'],
    ['charge.dispute.created', { ...dispute, status: 'needs_response' }, 'dispute', 'open'],
    ['charge.dispute.updated', { ...dispute, status: 'under_review' }, 'dispute', 'under_review'],
    ['charge.dispute.funds_withdrawn', { ...dispute, status: 'needs_response' }, 'dispute', 'open'],
    ['charge.dispute.funds_reinstated', { ...dispute, status: 'won' }, 'dispute', 'won'],
    ['charge.dispute.closed', { ...dispute, status: 'warning_closed' }, 'dispute', 'won'],
    ['charge.dispute.closed', dispute, 'dispute', 'lost'],
  ])('%s %#: %s %s', (type, object, kind, word) => {
    const found = subject(type, object);
    expect(found).toMatchObject({ kind });
    expect(found).toHaveProperty([kind, 'word'], word);
  });

  it('keeps the secret of the payment page out of what is stored', () => {
    expect(JSON.stringify(subject('payment_intent.requires_action', { ...intent, status: 'requires_action' }))).not.toContain('secret');
  });

  it.each([
    ['customer.created', { id: 'cus_1' }],
    ['charge.succeeded', { id: 'ch_1' }],
    ['payment_intent.succeeded', { ...intent, metadata: {} }],
    ['refund.created', { ...refund, payment_intent: null }],
    ['charge.dispute.created', { ...dispute, payment_intent: null }],
  ])('%s %#: nothing of ours', (type, object) => expect(subject(type, object)).toBe('none'));

  it.each([
    ['payment_intent.succeeded', { ...intent, amount_received: 'much' }],
    ['refund.updated', { ...refund, status: null }],
    ['charge.dispute.closed', { ...dispute, amount: null }],
  ])('%s %#: should tell and does not', (type, object) => expect(subject(type, object)).toBe('unreadable'));

  it('never throws', () => {
    const types = fc.constantFrom('payment_intent.succeeded', 'refund.updated', 'charge.dispute.closed', 'charge.refunded', 'x');
    fc.assert(fc.property(types, fc.dictionary(fc.string(), fc.anything()), (type, object) => void subject(type, object)));
  });
});
