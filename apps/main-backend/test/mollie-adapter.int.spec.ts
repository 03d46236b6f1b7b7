import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, newObjectId } from '@paygate/kernel';
import { freePort, IpnReceiver } from '@paygate/testing';
import { ProviderHttp, ProviderRefusal } from '../src/providers/index.js';
import type { PaymentRequest, ProviderAccount, RefundRequest } from '../src/providers/index.js';
import { MollieAdapter } from '../src/providers/mollie/index.js';
import { MollieFake } from './fakes/mollie/mollie-fake.js';
import type { Mishap } from './fakes/mollie/mollie-fake.js';
import { describeProviderAdapter } from './support/provider-adapter.contract.js';
import type { AdapterUnderTest } from './support/provider-adapter.contract.js';

const HOOKS = 'https://hooks.example.test';
const http = new ProviderHttp({ allowPrivateTargets: true });

function accountWith(credentials: Record<string, string>, livemode = false): ProviderAccount {
  return { id: 'provider', organizationId: 'organization', type: 'mollie', livemode, credentials };
}

function hookBody(id: string): Buffer {
  return Buffer.from(new URLSearchParams({ id }).toString());
}

describeProviderAdapter(
  'the Mollie adapter',
  async (): Promise<AdapterUnderTest> => {
    const mollie = await MollieFake.start();
    const silent = await IpnReceiver.start();
    silent.reply({ status: 200, delayMs: 60_000 });
    const { baseUrl } = mollie;
    const apiKey = mollie.newKey();
    const profile = mollie.profile(apiKey);
    const account = accountWith({ apiKey, baseUrl });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return {
      adapter: new MollieAdapter({ http, hooksUrl: HOOKS, timeoutMs: 2_000 }),
      account,
      otherAccount: accountWith({ apiKey: mollie.newKey(), baseUrl }),
      wrongKeyAccount: accountWith({ apiKey: 'test_of_nobody_at_all', baseUrl }),
      silentAccount: accountWith({ apiKey, baseUrl: `${silent.url}/v2` }),
      unreachableAccount: accountWith({ apiKey, baseUrl: `http://127.0.0.1:${await freePort()}/v2` }),
      buyer: (reference, does) => {
        if (does === 'pays') profile.decide(reference, 'paid');
        if (does === 'is_declined') profile.decide(reference, 'failed');
        if (does === 'orders_debit') profile.decideLater(reference, 'paid');
        if (does === 'orders_failing_debit') profile.decideLater(reference, 'failed');
        return Promise.resolve();
      },
      bank: {
        disputes: (reference) => {
          profile.chargeBack(reference);
          return Promise.resolve();
        },
        decides: (reference) => {
          profile.reverse(reference);
          return Promise.resolve();
        },
      },
      notification: (reference, told) => {
        if (told.kind === 'refund') profile.settleRefunds(reference);
        return Promise.resolve({ rawBody: hookBody(reference), headers });
      },
      sign: () => headers,
      stop: async () => {
        await mollie.stop();
        await silent.stop();
      },
    };
  },
  {
    goesOn: 'redirect',
    currencies: ['EUR', 'JPY'],
    buyers: ['pays', 'is_declined', 'orders_debit', 'orders_failing_debit'],
    notifies: 'fetched',
    cancels: true,
    refunds: 'partial',
    disputes: ['won'],
  },
);

describe('the Mollie adapter against what Mollie documents:', () => {
  let mollie: MollieFake;
  let account: ProviderAccount;
  const adapter = new MollieAdapter({ http, hooksUrl: HOOKS, timeoutMs: 2_000 });

  beforeAll(async () => {
    mollie = await MollieFake.start();
    account = accountWith({ apiKey: mollie.newKey(), baseUrl: mollie.baseUrl });
  });
  afterAll(async () => mollie.stop());

  const profile = () => mollie.profile(account.credentials['apiKey'] ?? '');
  const newRequest = (changes: Partial<PaymentRequest> = {}): PaymentRequest => ({
    transactionId: newObjectId(),
    amount: 4900,
    currency: 'EUR',
    description: 'Example Shop order_1',
    returnUrl: 'https://pay.example.test/return',
    ...changes,
  });
  const paid = async (): Promise<RefundRequest> => {
    const { transactionId, amount, currency } = newRequest();
    const { reference } = await adapter.createPayment(account, newRequest({ transactionId }));
    profile().decide(reference, 'paid');
    return { refundId: newObjectId(), transactionId, paymentReference: reference, amount, currency };
  };
  const outcome = async (work: Promise<unknown>): Promise<unknown> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ProviderRefusal) return `refused: ${error.failure.code}`;
      return error instanceof DomainError ? error.code : error;
    }
  };

  it.each<[Mishap, boolean]>([
    ['rate_limited', false],
    ['unavailable_before', false],
    ['in_progress', false],
    ['unavailable_after', true],
    ['silent_after', true],
    ['garbage_after', true],
  ])('a payment that met %s is open, and a look tells whether there is one: %p', async (mishap, made) => {
    const request = newRequest();
    mollie.onNextCreation(mishap);
    expect(await outcome(adapter.createPayment(account, request))).toBe('provider_error');
    const found = await adapter.lookUpPayment(account, { transactionId: request.transactionId });
    expect(found !== undefined).toBe(made);
    const repeated = await adapter.createPayment(account, request);
    if (found) expect(repeated.reference).toBe(found.reference);
    expect(repeated.word).toBe('requires_buyer');
  });

  it.each<Mishap>(['unavailable_after', 'silent_after', 'garbage_after'])(
    'money that went back behind %s went once, also when asked again after Mollie forgot the key',
    async (mishap) => {
      const request = { ...(await paid()), amount: 1900 };
      mollie.onNextCreation(mishap);
      expect(await outcome(adapter.refunds.create(account, request))).toBe('provider_error');
      const found = await adapter.refunds.lookUp(account, request);
      expect(found).toMatchObject({ refundId: request.refundId, transactionId: request.transactionId, amount: 1900 });
      profile().forgetKeys();
      expect((await adapter.refunds.create(account, request)).reference).toBe(found?.reference);
      const rest = { ...request, refundId: newObjectId(), amount: 3000 };
      expect((await adapter.refunds.create(account, rest)).amount).toBe(3000);
    },
  );

  it.each<Mishap>(['rate_limited', 'unavailable_before', 'in_progress'])('a refund that met %s was not made', async (mishap) => {
    const request = await paid();
    mollie.onNextCreation(mishap);
    expect(await outcome(adapter.refunds.create(account, request))).toBe('provider_error');
    expect(await adapter.refunds.lookUp(account, request)).toBeUndefined();
  });

  it('sends two equal parts back, which Mollie would take for a mistake if they looked alike', async () => {
    const request = { ...(await paid()), amount: 1000, reason: 'broken' };
    const first = await adapter.refunds.create(account, request);
    const second = await adapter.refunds.create(account, { ...request, refundId: newObjectId() });
    expect(second.reference).not.toBe(first.reference);
  });

  it.each([
    ['failed', 'failed'],
    ['canceled', 'canceled'],
  ] as const)('a refund that ended %s is failed', async (status, code) => {
    const request = await paid();
    await adapter.refunds.create(account, request);
    profile().settleRefunds(request.paymentReference, status);
    expect(await adapter.refunds.lookUp(account, request)).toMatchObject({ word: 'failed', failure: { code } });
  });

  it.each([
    ['expired', 'cancelled'],
    ['canceled', 'cancelled'],
    ['authorized', 'pending'],
    ['pending', 'pending'],
  ] as const)('a payment that is %s is %s', async (status, word) => {
    const { reference, transactionId } = await adapter.createPayment(account, newRequest());
    profile().decide(reference, status);
    expect(await adapter.lookUpPayment(account, { transactionId, reference })).toMatchObject({ word, failure: undefined });
  });

  it('leaves a payment alone that cannot be cancelled', async () => {
    const { reference } = await adapter.createPayment(account, newRequest());
    profile().fixed(reference);
    expect(await adapter.cancelPayment(account, reference)).toMatchObject({ reference, word: 'requires_buyer' });
  });

  it('says which field Mollie did not take, and makes nothing', async () => {
    const request = newRequest({ currency: 'KWD' });
    expect(await outcome(adapter.createPayment(account, request))).toBe('refused: refused_amount_currency');
    expect(await adapter.lookUpPayment(account, request)).toBeUndefined();
  });

  it('finds a payment behind more others than Mollie lists at once', async () => {
    const own = accountWith({ apiKey: mollie.newKey(), baseUrl: mollie.baseUrl });
    const request = newRequest();
    const { reference } = await adapter.createPayment(own, request);
    const { apiKey = '' } = own.credentials;
    const body = { amount: { value: '1.00', currency: 'EUR' }, description: 'x', redirectUrl: 'https://a.example' };
    for (let i = 0; i < 260; i++) mollie.profile(apiKey).createPayment(body);
    expect(await adapter.lookUpPayment(own, { transactionId: request.transactionId })).toMatchObject({ reference });
    // A payment made elsewhere is not ours, whoever asks for it.
    expect(await adapter.lookUpPayment(own, { transactionId: newObjectId() })).toBeUndefined();
  });

  describe('a notification', () => {
    const read = (id: string, of = account) => adapter.readEvents(of, hookBody(id));

    it('brings payment, refunds and chargebacks at once, every state under an id of its own', async () => {
      const request = await paid();
      await adapter.refunds.create(account, { ...request, amount: 1000 });
      profile().settleRefunds(request.paymentReference);
      profile().chargeBack(request.paymentReference);
      const events = await read(request.paymentReference);
      expect(events.map(({ type }) => type)).toEqual(['payment.paid', 'refund.refunded', 'chargeback.received']);
      expect(await read(request.paymentReference)).toEqual(events);
      profile().reverse(request.paymentReference);
      const later = await read(request.paymentReference);
      expect(later.filter(({ id }) => !events.some((event) => event.id === id)).map(({ type }) => type)).toEqual(['chargeback.reversed']);
    });

    it('of a payment the merchant made elsewhere is of no interest', async () => {
      const { id } = profile().createPayment({
        amount: { value: '10.00', currency: 'EUR' },
        description: 'by hand',
        redirectUrl: 'https://shop.example.test',
        metadata: { order_id: 12 },
      }) as { id: string };
      expect(await read(id)).toEqual([]);
    });

    it("of another merchant's payment is refused", async () => {
      const other = accountWith({ apiKey: mollie.newKey(), baseUrl: mollie.baseUrl });
      const { paymentReference } = await paid();
      expect(await outcome(read(paymentReference, other))).toBe('webhook_payload_invalid');
    });

    it('is refused without asking when it names no payment', async () => {
      const before = mollie.requests.length;
      for (const id of ['', '../profiles/me', 'tr_x/refunds', 'ord_123', 'tr_']) {
        expect(await outcome(read(id))).toBe('webhook_payload_invalid');
      }
      expect(mollie.requests.length).toBe(before);
    });

    it('is to be sent again while Mollie cannot be asked', async () => {
      const dead = accountWith({ ...account.credentials, baseUrl: `http://127.0.0.1:${await freePort()}/v2` });
      expect(await outcome(read('tr_abc', dead))).toBe('provider_error');
    });
  });

  it('takes no test payment for a real one', async () => {
    const { paymentReference, transactionId } = await paid();
    const live = accountWith(account.credentials, true);
    expect(await outcome(adapter.lookUpPayment(live, { transactionId, reference: paymentReference }))).toBe('provider_error');
    expect(await outcome(adapter.readEvents(live, hookBody(paymentReference)))).toBe('provider_error');
    const signal = AbortSignal.timeout(5_000);
    expect(await adapter.checkConnection(live, signal)).toMatchObject({ code: 'credentials_rejected' });
  });

  it('says when the key is of another profile', async () => {
    const wrong = accountWith({ ...account.credentials, profileId: 'pfl_someoneElse' });
    expect(await adapter.checkConnection(wrong, AbortSignal.timeout(5_000))).toMatchObject({ code: 'credentials_rejected' });
  });

  it('asks under the transaction, names our hooks, and no hooks Mollie could not reach', async () => {
    const request = newRequest({ amount: 1250, currency: 'JPY', locale: 'de' });
    mollie.requests.length = 0;
    await adapter.createPayment(account, request);
    expect(mollie.requests[0]).toMatchObject({
      url: '/v2/payments',
      headers: { 'idempotency-key': request.transactionId },
      body: {
        amount: { currency: 'JPY', value: '1250' },
        webhookUrl: `${HOOKS}/hooks/mollie/provider`,
        metadata: { transactionId: request.transactionId },
        locale: 'de_DE',
      },
    });
    const local = new MollieAdapter({ http, hooksUrl: 'http://localhost:8082' });
    expect((await local.createPayment(account, newRequest())).word).toBe('requires_buyer');
    expect((mollie.requests.at(-2)?.body as { webhookUrl?: string }).webhookUrl).toBeUndefined();
  });

  it('sends nothing into the private network, and says that nothing happened', async () => {
    const guarded = new MollieAdapter({ http: new ProviderHttp({ allowPrivateTargets: false }), hooksUrl: HOOKS });
    const before = mollie.requests.length;
    const refund: RefundRequest = { refundId: 'r1', transactionId: 't1', paymentReference: 'tr_1', amount: 1, currency: 'EUR' };
    expect(await outcome(guarded.createPayment(account, newRequest()))).toBe('refused: provider_credentials');
    expect(await outcome(guarded.refunds.create(account, refund))).toBe('refused: provider_credentials');
    expect(await outcome(guarded.lookUpPayment(account, { transactionId: 't1' }))).toBe('provider_error');
    expect(mollie.requests.length).toBe(before);
  });

  it.each<Record<string, string>>([{}, { apiKey: 'test_x', baseUrl: 'nonsense' }])(
    'with incomplete credentials %j nothing is sent, so nothing is open',
    async (credentials) => {
      const incomplete = accountWith(credentials);
      expect(await outcome(adapter.createPayment(incomplete, newRequest()))).toBe('refused: provider_credentials');
      expect(await outcome(adapter.lookUpPayment(incomplete, { transactionId: 't1' }))).toBe('provider_error');
      expect(await adapter.checkConnection(incomplete, AbortSignal.timeout(5_000))).toMatchObject({ code: 'credentials_rejected' });
    },
  );
});
