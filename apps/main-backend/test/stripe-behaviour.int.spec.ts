import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import { freePort } from '@paygate/testing';
import { ProviderHttp, ProviderRefusal } from '../src/providers/index.js';
import type { PaymentRequest, ProviderAccount, ProviderEvent, RefundRequest } from '../src/providers/index.js';
import { StripeAdapter } from '../src/providers/stripe/index.js';
import { FakeStripe, newStripeAccount } from './fakes/stripe/index.js';
import type { StripeAccountState, Trouble } from './fakes/stripe/index.js';

const adapter = new StripeAdapter({ http: new ProviderHttp({ allowPrivateTargets: true }), timeoutMs: 5_000 });
const HOUR_S = 3_600;

let stripe: FakeStripe;
let account: ProviderAccount;
let state: StripeAccountState;

beforeAll(async () => {
  stripe = await FakeStripe.start();
});
afterAll(async () => stripe.stop());
beforeEach(() => {
  account = newStripeAccount(stripe.url);
  state = stripe.register(account.credentials['secretKey'] ?? '');
});

const newId = (): string => randomBytes(12).toString('hex');
const newRequest = (changes: Partial<PaymentRequest> = {}): PaymentRequest => ({
  transactionId: newId(),
  amount: 4900,
  currency: 'EUR',
  description: 'Example Shop order_1',
  returnUrl: 'https://pay.example.test/checkout/abc/return?transactionId=1',
  ...changes,
});
const create = (request = newRequest()) => adapter.createPayment(account, request);
const paid = async (): Promise<RefundRequest> => {
  const { transactionId, amount, currency } = newRequest();
  const { reference } = await create(newRequest({ transactionId }));
  state.confirm(reference, 'pays');
  return { refundId: newId(), transactionId, paymentReference: reference, amount, currency };
};
/** `ok`, `refused: code` or the code of what was thrown. */
const outcome = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof ProviderRefusal) return `refused: ${error.failure.code}`;
    return error instanceof DomainError ? error.code : String(error);
  }
};
const read = async (body: object, secrets = [account.credentials['webhookSecret'] ?? '']): Promise<readonly ProviderEvent[]> => {
  const rawBody = Buffer.from(JSON.stringify(body));
  return adapter.readEvents(account, rawBody, { 'stripe-signature': stripe.sign(rawBody, secrets) });
};
const lastEvent = (type: string) => {
  const event = state.events.findLast((candidate) => candidate.type === type);
  if (!event) throw new Error(`no event ${type}`);
  return event;
};

describe('when Stripe is in trouble', () => {
  const TROUBLES: Trouble[] = ['rate_limited', 'server_error_before', 'server_error_after', 'hangs_up_after', 'proxy_error', 'nonsense'];

  it.each(TROUBLES)('%s: the outcome of a payment is open', async (trouble) => {
    stripe.trouble('POST /v1/payment_intents', trouble);
    expect(await outcome(create())).toBe('provider_error');
  });

  it.each(TROUBLES)('%s: the outcome of a refund is open', async (trouble) => {
    const request = await paid();
    stripe.trouble('POST /v1/refunds', trouble);
    expect(await outcome(adapter.refunds.create(account, request))).toBe('provider_error');
  });

  it.each<Trouble>(['rate_limited', 'proxy_error', 'nonsense'])('%s: the same payment is simply asked for again', async (trouble) => {
    const request = newRequest();
    stripe.trouble('POST /v1/payment_intents', trouble);
    await outcome(create(request));
    expect((await create(request)).transactionId).toBe(request.transactionId);
    expect(state.intents).toHaveLength(1);
  });

  it('hangs up after it made the payment: found by transaction, and asked for again it is the same', async () => {
    const request = newRequest();
    stripe.trouble('POST /v1/payment_intents', 'hangs_up_after');
    expect(await outcome(create(request))).toBe('provider_error');
    const found = await adapter.lookUpPayment(account, { transactionId: request.transactionId });
    expect(found?.handOff?.kind).toBe('stripe_element');
    expect(await create(request)).toEqual(found);
    expect(state.intents).toHaveLength(1);
  });

  it('says 500 although it refunded: the money moves once, and the refund is found', async () => {
    const request = await paid();
    stripe.trouble('POST /v1/refunds', 'server_error_after');
    expect(await outcome(adapter.refunds.create(account, request))).toBe('provider_error');
    // Stripe repeats its 500 for this key for a day.
    expect(await outcome(adapter.refunds.create(account, request))).toBe('provider_error');
    expect(state.refunds).toHaveLength(1);
    expect(await adapter.refunds.lookUp(account, request)).toMatchObject({ refundId: request.refundId, word: 'succeeded', amount: 4900 });
  });

  it('says 500 and did nothing: there is no such payment, and no refund', async () => {
    const request = newRequest();
    stripe.trouble('POST /v1/payment_intents', 'server_error_before');
    await outcome(create(request));
    expect(await adapter.lookUpPayment(account, { transactionId: request.transactionId })).toBeUndefined();
    const refund = await paid();
    stripe.trouble('POST /v1/refunds', 'server_error_before');
    await outcome(adapter.refunds.create(account, refund));
    expect(await adapter.refunds.lookUp(account, refund)).toBeUndefined();
  });

  it('takes a key that belongs to another request for no refusal', async () => {
    const request = newRequest();
    await create(request);
    expect(await outcome(create({ ...request, description: 'The shop has another name now' }))).toBe('provider_error');
    const refund = await paid();
    await adapter.refunds.create(account, { ...refund, amount: 100 });
    expect(await outcome(adapter.refunds.create(account, { ...refund, amount: 200 }))).toBe('provider_error');
  });
});

describe('what Stripe refuses', () => {
  it.each<[string, Partial<PaymentRequest>, string]>([
    ['a currency it does not take', { currency: 'IRR' }, 'refused: invalid_currency'],
    ['too little', { amount: 49 }, 'refused: amount_too_small'],
    ['too much', { amount: 100_000_000 }, 'refused: amount_too_large'],
    ['a third decimal', { amount: 1255, currency: 'KWD' }, 'refused: amount_not_payable'],
    ['a part of an ariary', { amount: 4950, currency: 'MGA' }, 'refused: amount_not_payable'],
  ])('%s', async (_name, changes, expected) => {
    expect(await outcome(create(newRequest(changes)))).toBe(expected);
    expect(state.intents).toHaveLength(0);
  });

  it.each<[number, string, number]>([
    [5000, 'JPY', 5000],
    [500, 'ISK', 50_000],
    [50_000, 'MGA', 500],
    [1250, 'KWD', 1250],
    [1045, 'HUF', 1045],
  ])('%p minor units of %s are %p there', async (amount, currency, there) => {
    const { reference } = await create(newRequest({ amount, currency }));
    expect(state.intent(reference)).toMatchObject({ amount: there, currency: currency.toLowerCase() });
    expect(await adapter.lookUpPayment(account, { transactionId: 'unused', reference })).toMatchObject({ amount, currency });
  });

  it('a refund of a disputed payment', async () => {
    const request = await paid();
    state.dispute(request.paymentReference);
    expect(await outcome(adapter.refunds.create(account, request))).toBe('refused: charge_disputed');
  });

  it('a second refund of everything', async () => {
    const request = await paid();
    await adapter.refunds.create(account, request);
    expect(await outcome(adapter.refunds.create(account, { ...request, refundId: newId() }))).toBe('refused: charge_already_refunded');
  });

  it('an account that is not complete, without asking', async () => {
    const { publishableKey: _, ...credentials } = account.credentials;
    account = { ...account, credentials };
    expect(await outcome(create())).toBe('refused: provider_credentials');
    expect((await adapter.checkConnection(account, AbortSignal.timeout(1_000))).code).toBe('credentials_rejected');
    expect(await outcome(adapter.lookUpPayment(account, { transactionId: 't' }))).toBe('provider_error');
  });

  it('an address that may not be used, without asking', async () => {
    const guarded = new StripeAdapter({ http: new ProviderHttp({ allowPrivateTargets: false }) });
    const asked = stripe.requests.length;
    expect(await outcome(guarded.createPayment(account, newRequest()))).toBe('refused: provider_credentials');
    expect(await outcome(guarded.lookUpPayment(account, { transactionId: 't', reference: 'pi_1' }))).toBe('provider_error');
    expect(stripe.requests).toHaveLength(asked);
  });

  it('a restricted key that may not do this', async () => {
    const secretKey = `rk_test_${newId()}`;
    stripe.register(secretKey, /^(POST|GET) \/v1\/payment_intents$/);
    account = { ...account, credentials: { ...account.credentials, secretKey } };
    expect(await outcome(create())).toBe('refused: provider_credentials');
    const check = await adapter.checkConnection(account, AbortSignal.timeout(1_000));
    expect(check).toEqual({ code: 'credentials_rejected', message: expect.stringContaining('permission') });
  });
});

describe('3-D Secure', () => {
  it('keeps the payment with the buyer until it is passed', async () => {
    const { reference } = await create();
    const lookUp = () => adapter.lookUpPayment(account, { transactionId: 'unused', reference });
    state.confirm(reference, 'meets_3d_secure');
    expect(await lookUp()).toMatchObject({ word: 'requires_buyer', handOff: { kind: 'stripe_element' } });
    state.confirm(reference, 'passes_3d_secure');
    expect(await lookUp()).toMatchObject({ word: 'succeeded', method: { type: 'card', brand: 'Visa', last4: '4242' } });
  });

  it('fails the payment when it is not', async () => {
    const { reference } = await create();
    state.confirm(reference, 'meets_3d_secure');
    state.confirm(reference, 'fails_3d_secure');
    expect(await adapter.lookUpPayment(account, { transactionId: 'unused', reference })).toMatchObject({
      word: 'failed',
      failure: { code: 'payment_intent_authentication_failure' },
    });
  });

  it('can be cancelled meanwhile, and a debit on its way cannot', async () => {
    const { reference } = await create();
    state.confirm(reference, 'meets_3d_secure');
    expect((await adapter.cancelPayment(account, reference)).word).toBe('cancelled');
    const debit = await create();
    state.confirm(debit.reference, 'orders_debit');
    expect((await adapter.cancelPayment(account, debit.reference)).word).toBe('pending');
  });
});

describe('looking up by transaction', () => {
  const found = async (transactionId: string) => (await adapter.lookUpPayment(account, { transactionId }))?.transactionId;

  it('finds what search does not know yet', async () => {
    const { transactionId } = await create();
    expect(await found(transactionId)).toBe(transactionId);
  });

  it('finds what is older than the newest payments by searching', async () => {
    const { transactionId, reference } = await create();
    state.intent(reference).created -= 2 * HOUR_S;
    expect(await found(transactionId)).toBeUndefined();
    state.index();
    expect(await found(transactionId)).toBe(transactionId);
  });

  it('reads on when there are more payments than one page', async () => {
    const { transactionId } = await create();
    for (let count = 0; count < 220; count++) state.createIntent({ amount: '4900', currency: 'eur', metadata: { transactionId: newId() } });
    const before = stripe.requests.length;
    expect(await found(transactionId)).toBe(transactionId);
    expect(stripe.requests.slice(before).filter((request) => request === 'GET /v1/payment_intents')).toHaveLength(3);
  });

  it('reads the whole list where searching is not possible', async () => {
    const secretKey = `rk_test_${newId()}`;
    state = stripe.register(secretKey, /search$/);
    account = { ...account, credentials: { ...account.credentials, secretKey } };
    const { transactionId, reference } = await create();
    state.intent(reference).created -= 200 * HOUR_S;
    expect(await found(transactionId)).toBe(transactionId);
    expect(await found(newId())).toBeUndefined();
  });

  it('leaves payments of others alone', async () => {
    const { id } = state.createIntent({ amount: '4900', currency: 'eur', metadata: { orderId: newId() } });
    expect(await outcome(adapter.lookUpPayment(account, { transactionId: 'unused', reference: id }))).toBe('provider_error');
  });
});

describe('refunds', () => {
  it('of a debit come through later, or not', async () => {
    const request = await paid();
    const { reference } = await create();
    state.confirm(reference, 'orders_debit');
    await adapter.lookUpPayment(account, { transactionId: 'unused', reference });
    await adapter.lookUpPayment(account, { transactionId: 'unused', reference });
    const refund = { ...request, paymentReference: reference };
    const made = await adapter.refunds.create(account, refund);
    expect(made.word).toBe('pending');
    state.endRefund(made.reference, 'failed');
    const failure = { code: 'expired_or_canceled_card', message: expect.any(String) };
    expect(await adapter.refunds.lookUp(account, refund)).toMatchObject({ word: 'failed', failure });
    const [event] = await read(lastEvent('refund.failed'));
    expect(event?.subject).toMatchObject({ kind: 'refund', refund: { refundId: request.refundId, word: 'failed', failure } });
  });

  it('repeats a refund with how it stands by now, not with the first answer', async () => {
    const request = await paid();
    const { reference } = await adapter.refunds.create(account, request);
    state.endRefund(reference, 'failed');
    expect(await adapter.refunds.create(account, request)).toMatchObject({ reference, word: 'failed' });
  });

  it('are found on a later page, too', async () => {
    const request = await paid();
    await adapter.refunds.create(account, { ...request, amount: 10 });
    for (let count = 0; count < 120; count++) state.createRefund({ payment_intent: request.paymentReference, amount: '1' });
    expect(await adapter.refunds.lookUp(account, request)).toMatchObject({ refundId: request.refundId, amount: 10 });
  });

  it('are asked for when the event of their charge does not name them', async () => {
    const request = await paid();
    const made = await adapter.refunds.create(account, { ...request, amount: 1000 });
    const byHand = state.createRefund({ payment_intent: request.paymentReference, amount: '500' });
    const event = lastEvent('charge.refunded');
    const events = await read(event);
    expect(events.map(({ id }) => id).sort()).toEqual([`${event.id}/${byHand.id}`, `${event.id}/${made.reference}`].sort());
    expect(events.map(({ subject }) => subject?.kind === 'refund' && subject.refund.refundId)).toEqual([undefined, request.refundId]);
    const unreachable = { ...account, credentials: { ...account.credentials, baseUrl: `http://127.0.0.1:${await freePort()}` } };
    const rawBody = Buffer.from(JSON.stringify(event));
    const headers = { 'stripe-signature': stripe.sign(rawBody, [account.credentials['webhookSecret'] ?? '']) };
    expect(await outcome(adapter.readEvents(unreachable, rawBody, headers))).toBe('provider_error');
  });

  it('are read from the event of their charge where an old API version names them', async () => {
    const request = await paid();
    await adapter.refunds.create(account, request);
    const event = lastEvent('charge.refunded');
    const data = structuredClone(state.refunds);
    const asked = stripe.requests.length;
    const [read1] = await read({
      ...event,
      data: { object: { ...event.data.object, refunds: { object: 'list', data, has_more: false } } },
    });
    expect(read1?.subject).toMatchObject({ kind: 'refund', refund: { refundId: request.refundId } });
    expect(stripe.requests).toHaveLength(asked);
  });
});

describe('disputes', () => {
  const word = async (type: string) => {
    const [event] = await read(lastEvent(type));
    return event?.subject?.kind === 'dispute' ? event.subject.dispute.word : undefined;
  };

  it('begin as an inquiry that may be closed without harm', async () => {
    const { paymentReference } = await paid();
    const { id } = state.dispute(paymentReference, { inquiry: true });
    expect(await word('charge.dispute.created')).toBe('open');
    state.moveDispute(id, 'warning_under_review');
    expect(await word('charge.dispute.updated')).toBe('under_review');
    state.moveDispute(id, 'warning_closed');
    expect(await word('charge.dispute.closed')).toBe('won');
  });

  it('may be about a part, and name a deadline', async () => {
    const { paymentReference } = await paid();
    state.dispute(paymentReference, { amount: 1500 });
    const [event] = await read(lastEvent('charge.dispute.funds_withdrawn'));
    expect(event?.subject).toMatchObject({
      kind: 'dispute',
      dispute: { amount: 1500, word: 'open', reason: 'fraudulent', evidenceDueBy: expect.any(Date) },
    });
  });

  it('that were prevented have cost the money when it is gone', async () => {
    const { paymentReference } = await paid();
    const { id } = state.dispute(paymentReference);
    state.moveDispute(id, 'prevented');
    expect(await word('charge.dispute.closed')).toBe('accepted');
  });
});

describe('notifications', () => {
  it('are accepted while the secret is rolled', async () => {
    const { reference } = await create();
    state.confirm(reference, 'pays');
    const event = lastEvent('payment_intent.succeeded');
    expect(await read(event, ['whsec_the_old_one', account.credentials['webhookSecret'] ?? ''])).toHaveLength(1);
    expect(await outcome(read(event, ['whsec_the_old_one']))).toBe('webhook_signature_invalid');
  });

  it('tell nothing when they are about the other mode, a connected account, or payments of others', async () => {
    const { reference } = await create();
    state.confirm(reference, 'pays');
    const event = lastEvent('payment_intent.succeeded');
    const foreign = { ...event, data: { object: { ...event.data.object, metadata: {} } } };
    for (const body of [{ ...event, livemode: true }, { ...event, account: 'acct_1' }, foreign, lastEvent('charge.succeeded')]) {
      const [read1, ...more] = await read(body);
      expect(more).toEqual([]);
      expect(read1).toMatchObject({ id: body.id });
      expect(read1).not.toHaveProperty('subject');
    }
  });

  it('that should tell of our payment and cannot be read are refused, so that they come again', async () => {
    const { reference } = await create();
    state.confirm(reference, 'pays');
    const event = lastEvent('payment_intent.succeeded');
    const broken = { ...event, data: { object: { ...event.data.object, amount_received: null } } };
    expect(await outcome(read(broken))).toBe('webhook_payload_invalid');
  });

  it('never carry the secret of the payment page on', async () => {
    const { reference } = await create();
    state.confirm(reference, 'meets_3d_secure');
    expect(JSON.stringify(await read(lastEvent('payment_intent.requires_action')))).not.toContain('_secret_');
  });
});
