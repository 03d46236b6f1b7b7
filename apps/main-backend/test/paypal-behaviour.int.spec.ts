import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import { FixedClock } from '@paygate/testing';
import { ProviderHttp, ProviderRefusal } from '../src/providers/index.js';
import type { PaymentRequest, ProviderAccount, ProviderEvent, ProviderPayment } from '../src/providers/index.js';
import { PaypalAdapter } from '../src/providers/paypal/index.js';
import { FakePaypal } from './fakes/paypal/fake-paypal.js';
import type { VendorMerchant } from './fakes/paypal/merchant.js';

const HOUR_MS = 3_600_000;
const ORDERS = /^\/v2\/checkout\/orders$/;
const CAPTURE = /^\/v2\/checkout\/orders\/[^/]+\/capture$/;
const REFUND = /\/refund$/;
const TOKEN = /^\/v1\/oauth2\/token$/;

describe('the PayPal adapter, when things go wrong', () => {
  let paypal: FakePaypal;
  let account: ProviderAccount;
  let merchant: VendorMerchant;
  let adapter: PaypalAdapter;
  const clock = new FixedClock(new Date());

  beforeAll(async () => {
    paypal = await FakePaypal.start();
  });
  afterAll(async () => paypal.stop());

  beforeEach(() => {
    account = paypal.newAccount();
    merchant = paypal.merchantOf(account);
    paypal.calls.length = 0;
    paypal.sent.length = 0;
    clock.set(new Date());
    adapter = new PaypalAdapter({ http: new ProviderHttp({ allowPrivateTargets: true }), timeoutMs: 30_000, busyDelayMs: 20, clock });
  });

  const request = (changes: Partial<PaymentRequest> = {}): PaymentRequest => ({
    transactionId: randomBytes(12).toString('hex'),
    amount: 4900,
    currency: 'EUR',
    description: 'Example Shop order_1',
    returnUrl: 'https://pay.example.test/return',
    ...changes,
  });
  const create = (changes: Partial<PaymentRequest> = {}): Promise<ProviderPayment> => adapter.createPayment(account, request(changes));
  const complete = ({ transactionId, reference }: ProviderPayment) => adapter.completePayment(account, { transactionId, reference });
  const approved = async (changes: Partial<PaymentRequest> = {}): Promise<ProviderPayment> => {
    const payment = await create(changes);
    merchant.approve(payment.reference);
    return payment;
  };
  const paid = async (): Promise<ProviderPayment> => complete(await approved());
  const refundOf = ({ reference, transactionId }: ProviderPayment, amount = 4900) => ({
    refundId: randomBytes(12).toString('hex'),
    transactionId,
    paymentReference: reference,
    amount,
    currency: 'EUR',
  });
  const capturesOf = ({ reference }: ProviderPayment): number => merchant.order(reference).captures.length;
  const outcome = async (work: Promise<unknown>): Promise<unknown> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ProviderRefusal) return `refused: ${error.failure.code}`;
      return error instanceof DomainError ? error.code : error;
    }
  };

  describe('amounts', () => {
    it.each([
      ['JPY', 1250, '1250'],
      ['HUF', 125_000, '1250'],
      ['TWD', 125_000, '1250'],
      ['EUR', 1250, '12.50'],
    ])('%s: %d is sent as %s, taken and read back', async (currency, amount, value) => {
      const payment = await approved({ currency, amount });
      expect(merchant.order(payment.reference).amount).toEqual({ currency_code: currency, value });
      expect(await complete(payment)).toMatchObject({ word: 'succeeded', currency, amount });
    });

    it('what PayPal cannot express is refused before anything is sent', async () => {
      expect(await outcome(create({ currency: 'HUF', amount: 125_050 }))).toBe('refused: amount_not_supported');
      expect(paypal.calls).toEqual([]);
    });

    it('a currency PayPal does not take is refused with its own word', async () => {
      expect(await outcome(create({ currency: 'KWD', amount: 1250 }))).toBe('refused: currency_not_supported');
    });
  });

  describe('completing', () => {
    it('takes the money once, however often and at the same time it is asked', async () => {
      const payment = await approved();
      const answers = await Promise.all(Array.from({ length: 10 }, () => complete(payment)));
      expect(answers.map(({ word }) => word)).toEqual(Array.from({ length: 10 }, () => 'succeeded'));
      expect(capturesOf(payment)).toBe(1);
    });

    it.each([500, 502, 503, 429])('%d after the money was taken: unknown, and then the one capture is found', async (status) => {
      const payment = await approved();
      paypal.fail({ method: 'POST', path: CAPTURE, status, after: true });
      expect(await outcome(complete(payment))).toBe('provider_error');
      expect(await adapter.lookUpPayment(account, payment)).toMatchObject({ word: 'succeeded' });
      expect(await complete(payment)).toMatchObject({ word: 'succeeded' });
      expect(capturesOf(payment)).toBe(1);
    });

    it.each([500, 429])('%d before it: unknown, still awaited, and taken by the repetition', async (status) => {
      const payment = await approved();
      paypal.fail({ method: 'POST', path: CAPTURE, status });
      expect(await outcome(complete(payment))).toBe('provider_error');
      expect(await adapter.lookUpPayment(account, payment)).toMatchObject({ word: 'requires_buyer', awaitsCompletion: true });
      expect(await complete(payment)).toMatchObject({ word: 'succeeded' });
      expect(capturesOf(payment)).toBe(1);
    });

    it('ORDER_ALREADY_CAPTURED, when PayPal has forgotten the key, leads to the capture there is', async () => {
      const payment = await approved();
      await complete(payment);
      paypal.forgetRequests();
      expect(await complete(payment)).toMatchObject({ word: 'succeeded', reference: payment.reference });
      expect(capturesOf(payment)).toBe(1);
    });

    it('DUPLICATE_INVOICE_ID: a second order of a paid transaction takes nothing and is not called a failure', async () => {
      const { transactionId } = await paid();
      paypal.forgetRequests();
      const second = await approved({ transactionId });
      expect(await outcome(complete(second))).toBe('provider_error');
      expect(capturesOf(second)).toBe(0);
    });

    it('INSTRUMENT_DECLINED is a refusal, and nothing was taken', async () => {
      const payment = await approved();
      merchant.captures = 'instrument_declined';
      expect(await outcome(complete(payment))).toBe('refused: instrument_declined');
      expect(capturesOf(payment)).toBe(0);
    });

    it('what its buyer has not approved is not taken', async () => {
      const payment = await create();
      expect(await outcome(complete(payment))).toBe('refused: order_not_approved');
    });

    it('an order that lapsed is refused', async () => {
      const payment = await approved();
      merchant.orders.delete(payment.reference);
      expect(await outcome(complete(payment))).toBe('refused: invalid_resource_id');
      expect(await adapter.lookUpPayment(account, payment)).toBeUndefined();
    });

    it('looking up and reading notifications take nothing', async () => {
      const payment = await approved();
      await adapter.lookUpPayment(account, payment);
      expect(await eventsOf('CHECKOUT.ORDER.APPROVED')).toMatchObject([
        { subject: { kind: 'payment', payment: { word: 'requires_buyer', awaitsCompletion: true } } },
      ]);
      expect(capturesOf(payment)).toBe(0);
    });
  });

  describe('creating', () => {
    it.each([500, 503])('%d after the order was made: unknown, and the repetition gets the same order', async (status) => {
      const wanted = request();
      paypal.fail({ method: 'POST', path: ORDERS, status, after: true });
      expect(await outcome(adapter.createPayment(account, wanted))).toBe('provider_error');
      const { reference, redirectUrl } = await adapter.createPayment(account, wanted);
      expect([...merchant.orders.keys()]).toEqual([reference]);
      expect(redirectUrl).toContain(reference);
    });

    it.each([
      [400, { name: 'INVALID_REQUEST', details: [{ issue: 'INVALID_PARAMETER_VALUE' }] }, 'refused: invalid_parameter_value'],
      [403, { name: 'NOT_AUTHORIZED', details: [{ issue: 'PERMISSION_DENIED' }] }, 'refused: permission_denied'],
      [422, { name: 'UNPROCESSABLE_ENTITY', details: [{ issue: 'PAYEE_ACCOUNT_RESTRICTED' }] }, 'refused: payee_account_restricted'],
      [422, { name: 'UNPROCESSABLE_ENTITY', details: [{ issue: 'DUPLICATE_INVOICE_ID' }] }, 'provider_error'],
      [409, { name: 'RESOURCE_CONFLICT' }, 'provider_error'],
      [404, {}, 'provider_error'],
      [429, { name: 'RATE_LIMIT_REACHED' }, 'provider_error'],
      [201, { id: 'ORDER1' }, 'provider_error'],
    ])('an answer %d %j → %s', async (status, body, expected) => {
      paypal.fail({ method: 'POST', path: ORDERS, status, body });
      expect(await outcome(create())).toBe(expected);
    });

    it('keeps the debug id of PayPal for the log, and out of what buyers see', async () => {
      paypal.fail({ method: 'POST', path: ORDERS, status: 503 });
      const open: unknown = await create().catch((error: unknown) => error);
      expect(open).toMatchObject({ cause: { message: expect.stringContaining('debug id f0f0f0f0f0f0f') } });
      expect(JSON.stringify(open instanceof DomainError && open.toWire())).not.toContain('f0f0');
      const refused: unknown = await create({ currency: 'KWD' }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ cause: { message: expect.stringContaining('debug id f0f0f0f0f0f0f') } });
    });
  });

  describe('tokens', () => {
    const asked = (): number => paypal.callsTo('POST', TOKEN);

    it('one serves many calls, also those at the same time', async () => {
      await Promise.all(Array.from({ length: 10 }, () => create()));
      expect(asked()).toBe(1);
    });

    it('one that ends soon is replaced before it ends', async () => {
      await create();
      clock.advance(8 * HOUR_MS);
      await create();
      expect(asked()).toBe(1);
      clock.advance(HOUR_MS - 30_000);
      await create();
      expect(asked()).toBe(2);
    });

    it('one that PayPal no longer takes is replaced, and the call made again, once', async () => {
      await create();
      paypal.revokeTokens();
      expect(await Promise.all([create(), create(), create()])).toHaveLength(3);
      expect(asked()).toBe(2);
    });

    it('a changed secret does not get the token of the old one', async () => {
      await create();
      const changed = { ...account, credentials: { ...account.credentials, clientSecret: 'secret-of-nobody' } };
      expect(await outcome(adapter.createPayment(changed, request()))).toBe('refused: provider_credentials');
    });

    it('two merchants never share one', async () => {
      const other = paypal.newAccount();
      await create();
      const theirs = await adapter.createPayment(other, request());
      expect(merchant.orders.has(theirs.reference)).toBe(false);
      expect(asked()).toBe(2);
    });

    it('a failed request for one is not remembered', async () => {
      paypal.fail({ method: 'POST', path: TOKEN, status: 503 });
      expect(await outcome(create())).toBe('provider_error');
      expect(await create()).toMatchObject({ word: 'requires_buyer' });
    });

    it.each([
      [401, { error: 'invalid_client' }, 'refused: provider_credentials'],
      [400, { error: 'invalid_client' }, 'refused: provider_credentials'],
      [400, { error: 'unsupported_grant_type' }, 'provider_error'],
      [200, { access_token: 'x' }, 'provider_error'],
      [429, {}, 'provider_error'],
    ])('asked for one, PayPal answers %d %j → %s', async (status, body, expected) => {
      paypal.fail({ method: 'POST', path: TOKEN, status, body });
      expect(await outcome(create())).toBe(expected);
    });

    it('refused twice, the credentials are wrong', async () => {
      await create();
      for (let call = 0; call < 2; call++) paypal.fail({ method: 'POST', path: ORDERS, status: 401, body: { error: 'invalid_token' } });
      expect(await outcome(create())).toBe('refused: provider_credentials');
    });
  });

  describe('cancelling', () => {
    it('one its buyer has approved is given up without a call that changes anything', async () => {
      const payment = await approved();
      expect(await adapter.cancelPayment(account, payment.reference)).toMatchObject({ word: 'cancelled', redirectUrl: undefined });
      expect(paypal.calls.filter(({ method, path }) => method !== 'GET' && !TOKEN.test(path) && !ORDERS.test(path))).toEqual([]);
    });

    it('one PayPal has forgotten is cancelled, as we recorded it', async () => {
      const { transactionId, amount, currency, reference } = await create();
      merchant.orders.delete(reference);
      const wanted = { transactionId, amount, currency, reference };
      expect(await adapter.cancelPayment(account, reference, wanted)).toEqual({ ...wanted, word: 'cancelled' });
    });
  });

  describe('refunds', () => {
    it('5xx after the refund: unknown, and then the one refund is found', async () => {
      const wanted = refundOf(await paid());
      paypal.fail({ method: 'POST', path: REFUND, status: 500, after: true });
      expect(await outcome(adapter.refunds.create(account, wanted))).toBe('provider_error');
      const found = await adapter.refunds.lookUp(account, wanted);
      expect(found).toMatchObject({ refundId: wanted.refundId, amount: 4900, word: 'succeeded' });
      expect(await adapter.refunds.create(account, wanted)).toMatchObject({ reference: found?.reference });
      expect(merchant.order(wanted.paymentReference).refunds).toHaveLength(1);
    });

    it('asked again when PayPal has forgotten the key: the refund there is, not "nothing left"', async () => {
      const wanted = refundOf(await paid());
      const { reference } = await adapter.refunds.create(account, wanted);
      paypal.forgetRequests();
      expect(await adapter.refunds.create(account, wanted)).toMatchObject({ reference, word: 'succeeded' });
      expect(await outcome(adapter.refunds.create(account, refundOf({ ...(await paid()), reference: wanted.paymentReference })))).toBe(
        'refused: capture_fully_refunded',
      );
    });

    it('one that waits for the bank is pending, then as the bank says', async () => {
      const wanted = refundOf(await paid(), 1900);
      merchant.refundStatus = 'PENDING';
      const { reference, word } = await adapter.refunds.create(account, wanted);
      expect(word).toBe('pending');
      merchant.decideRefund(reference, 'FAILED');
      expect(await adapter.refunds.lookUp(account, { ...wanted, reference })).toMatchObject({ word: 'failed', failure: expect.anything() });
      expect(await eventsOf('PAYMENT.REFUND.FAILED')).toMatchObject([
        { subject: { kind: 'refund', refund: { reference, word: 'failed' } } },
      ]);
    });

    it('a payment that is still pending cannot be refunded', async () => {
      const payment = await approved();
      merchant.captures = 'later';
      await complete(payment);
      expect(await outcome(adapter.refunds.create(account, refundOf(payment)))).toBe('refused: payment_not_captured');
    });

    it('one made at PayPal is told without an id of ours', async () => {
      const payment = await paid();
      const [capture] = merchant.order(payment.reference).captures;
      merchant.refundCapture(capture?.id ?? '', { amount: { currency_code: 'EUR', value: '9.00' } });
      const [event] = await eventsOf('PAYMENT.CAPTURE.REFUNDED');
      expect(event?.subject).toMatchObject({
        kind: 'refund',
        refund: { paymentReference: payment.reference, transactionId: payment.transactionId, amount: 900, word: 'succeeded' },
      });
      expect(event?.subject).not.toHaveProperty('refund.refundId', expect.anything());
    });
  });

  describe('notifications', () => {
    const read = (rawBody: Buffer, headers: Record<string, string | string[] | undefined>) =>
      outcome(adapter.readEvents(account, rawBody, headers));

    it('a payment taken back by a bank counts as a refund, unless a dispute tells of it', async () => {
      const payment = await paid();
      const { id: reference } = merchant.reverse(payment.reference);
      expect(await eventsOf('PAYMENT.CAPTURE.REVERSED')).toMatchObject([
        { subject: { kind: 'refund', refund: { reference, paymentReference: payment.reference, amount: 4900 } } },
      ]);
      merchant.dispute(payment.reference);
      expect((await eventsOf('PAYMENT.CAPTURE.REVERSED')).map(({ subject }) => subject)).toEqual([undefined]);
    });

    it('say how the thing stands, not how it stood', async () => {
      const payment = await approved();
      await complete(payment);
      expect(await eventsOf('CHECKOUT.ORDER.APPROVED')).toMatchObject([{ subject: { payment: { word: 'succeeded' } } }]);
    });

    it('a body with the same checksum is believed in nothing but what it is about', async () => {
      const payment = await approved();
      const event = { id: 'WH-1', event_type: 'PAYMENT.CAPTURE.COMPLETED', create_time: new Date().toISOString() };
      const resource = { id: payment.reference, status: 'COMPLETED', custom_id: payment.transactionId };
      const forged = Buffer.from(JSON.stringify({ ...event, event_type: 'CHECKOUT.ORDER.COMPLETED', resource }));
      expect(await read(forged, paypal.sign(account, forged))).toMatchObject([{ subject: { payment: { word: 'requires_buyer' } } }]);
    });

    it('of other shops, other things and things that are gone are genuine and of no interest', async () => {
      const order = merchant.createOrder({
        purchase_units: [{ amount: { currency_code: 'EUR', value: '1.00' }, custom_id: 'order-of-a-shop' }],
      });
      merchant.approve(order.id);
      merchant.captureOrder(order.id);
      const gone = { event_type: 'CHECKOUT.ORDER.APPROVED', resource: { id: 'GONE' } };
      const other = { event_type: 'BILLING.SUBSCRIPTION.CREATED', resource: { id: 'I-1' } };
      const bodies = [gone, other].map((event) => ({ id: 'WH-1', create_time: new Date().toISOString(), ...event }));
      const sent = bodies
        .map((body) => Buffer.from(JSON.stringify(body)))
        .map((rawBody) => ({ rawBody, headers: paypal.sign(account, rawBody) }));
      for (const { rawBody, headers } of [...paypal.sent, ...sent]) {
        expect(await read(rawBody, headers)).toMatchObject([{ subject: undefined }]);
      }
    });

    it('PayPal cannot be asked: it has to send again', async () => {
      await paid();
      const { rawBody, headers } = paypal.sent.find(({ type }) => type === 'PAYMENT.CAPTURE.COMPLETED') ?? paypal.sent[0]!;
      paypal.fail({ method: 'GET', path: /certs/, status: 503 });
      expect(await read(rawBody, headers)).toBe('provider_error');
      paypal.fail({ method: 'GET', path: /captures/, status: 503 });
      expect(await read(rawBody, headers)).toBe('provider_error');
      expect(await read(rawBody, headers)).toMatchObject([{ subject: { kind: 'payment' } }]);
    });

    it('a certificate is fetched once', async () => {
      await paid();
      for (const { rawBody, headers } of paypal.sent) await read(rawBody, headers);
      expect(paypal.callsTo('GET', /certs/)).toBe(1);
    });

    const body = Buffer.from('{}');
    it.each<[string, Record<string, string | string[] | undefined>]>([
      ['another way of signing', { 'paypal-auth-algo': 'SHA1withRSA' }],
      ['another time', { 'paypal-transmission-time': '2026-01-01T00:00:00Z' }],
      ['another transmission', { 'paypal-transmission-id': 'x' }],
      ['no signature', { 'paypal-transmission-sig': '' }],
      ['two signatures', { 'paypal-transmission-sig': ['a', 'b'] }],
      ['no certificate', { 'paypal-cert-url': undefined }],
      ['an address that is none', { 'paypal-cert-url': 'CERT-current' }],
      ['a certificate of somebody else', { 'paypal-cert-url': 'https://evil.example/v1/notifications/certs/CERT-current' }],
    ])('%s is refused, and nobody is asked', async (_name, changes) => {
      await read(body, paypal.sign(account, body));
      paypal.calls.length = 0;
      expect(await read(body, { ...paypal.sign(account, body), ...changes })).toBe('webhook_signature_invalid');
      expect(paypal.calls).toEqual([]);
    });

    it.each(['CERT-expired', 'CERT-unreadable', 'CERT-unknown'])('%s is refused', async (certificate) => {
      expect(await read(body, paypal.sign(account, body, certificate))).toBe('webhook_signature_invalid');
    });

    it('a certificate is refused when its time is over, although it is remembered', async () => {
      expect(await read(body, paypal.sign(account, body))).toBe('webhook_payload_invalid');
      clock.advance(48 * HOUR_MS);
      expect(await read(body, paypal.sign(account, body))).toBe('webhook_signature_invalid');
    });

    it('without a webhook id everything is refused', async () => {
      const { webhookId: _, ...credentials } = account.credentials;
      expect(await outcome(adapter.readEvents({ ...account, credentials }, body, paypal.sign(account, body)))).toBe(
        'webhook_signature_invalid',
      );
    });
  });

  describe('the connection check', () => {
    const check = (credentials: Record<string, string>) =>
      adapter.checkConnection({ ...account, credentials: { ...account.credentials, ...credentials } }, AbortSignal.timeout(20_000));

    it('asks for a new token, whatever is remembered', async () => {
      await create();
      await check({});
      expect(paypal.callsTo('POST', TOKEN)).toBe(2);
    });

    it('knows when the webhook id is wrong', async () => {
      expect(await check({ webhookId: 'ANOTHERWEBHOOK123' })).toMatchObject({
        code: 'credentials_rejected',
        message: expect.stringContaining('webhook id'),
      });
    });
  });

  async function eventsOf(type: string): Promise<readonly ProviderEvent[]> {
    const sent = paypal.sent.filter((notification) => notification.type === type);
    expect(sent.length).toBeGreaterThan(0);
    const events = await Promise.all(sent.map(({ rawBody, headers }) => adapter.readEvents(account, rawBody, headers)));
    return events.flat();
  }
});
