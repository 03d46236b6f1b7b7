import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, newObjectId } from '@paygate/kernel';
import { freePort, IpnReceiver } from '@paygate/testing';
import { GoCardlessAdapter } from '../src/providers/gocardless/index.js';
import { ProviderHttp, ProviderRefusal } from '../src/providers/index.js';
import type { PaymentRequest, ProviderAccount, ProviderEvent, RefundRequest } from '../src/providers/index.js';
import { GoCardlessFake, signatureOf, webhookOf } from './fakes/gocardless/gocardless-fake.js';
import type { Mishap } from './fakes/gocardless/gocardless-fake.js';
import type { GoCardlessOrganisation, Kind, StoredEvent } from './fakes/gocardless/gocardless-organisation.js';
import { describeProviderAdapter } from './support/provider-adapter.contract.js';
import type { AdapterUnderTest, Told } from './support/provider-adapter.contract.js';

const http = new ProviderHttp({ allowPrivateTargets: true });
const POOR = { origin: 'bank', cause: 'insufficient_funds', description: 'The account had too little money.', reason_code: 'AM04' };

function accountWith(credentials: Record<string, string>): ProviderAccount {
  return { id: 'provider', organizationId: 'organization', type: 'gocardless', livemode: false, credentials };
}

/** What our server does when the buyer comes back from the page: it collects. @returns the id of the collection */
async function agreed(
  adapter: GoCardlessAdapter,
  account: ProviderAccount,
  organisation: GoCardlessOrganisation,
  reference: string,
): Promise<string> {
  organisation.fulfil(reference);
  const payment = await adapter.lookUpPayment(account, { transactionId: 'unused', reference });
  await adapter.completePayment(account, { transactionId: payment?.transactionId ?? '', reference });
  return organisation.paymentOf(reference);
}

/** The newest event about this payment, or a refund of it, in a batch with one of no interest. */
function batchWith(organisation: GoCardlessOrganisation, payment: string, action: string): StoredEvent[] {
  const about = [payment, ...organisation.refundsOf(payment)];
  const event = organisation.events.findLast(
    (candidate) => candidate.action === action && Object.values(candidate.links).some((id) => about.includes(id)),
  );
  const mandate = organisation.events.find(({ resource_type }) => resource_type === 'billing_requests');
  if (!event || !mandate) throw new Error(`no event ${action} of ${payment}`);
  return [event, { ...mandate, id: `${event.id}M`, resource_type: 'mandates', action: 'active', links: { mandate: 'MD1' } }];
}

function actionOf(told: Told): string {
  if (told.kind === 'refund') return 'paid';
  if (told.kind === 'payment') return told.word === 'succeeded' ? 'confirmed' : 'failed';
  return { open: 'charged_back', won: 'chargeback_cancelled', lost: 'chargeback_settled' }[told.word as 'open' | 'won' | 'lost'];
}

describeProviderAdapter(
  'the GoCardless adapter',
  async (): Promise<AdapterUnderTest> => {
    const gocardless = await GoCardlessFake.start();
    const silent = await IpnReceiver.start();
    silent.reply({ status: 200, delayMs: 60_000 });
    const { baseUrl } = gocardless;
    const accessToken = gocardless.newToken();
    const organisation = gocardless.organisation(accessToken);
    const webhookSecret = 'secret-of-the-endpoint';
    const account = accountWith({ accessToken, webhookSecret, baseUrl });
    const adapter = new GoCardlessAdapter({ http, timeoutMs: 2_000 });
    return {
      adapter,
      account,
      otherAccount: accountWith({ accessToken: gocardless.newToken(), webhookSecret: 'secret-of-another', baseUrl }),
      wrongKeyAccount: accountWith({ accessToken: 'sandbox_of_nobody_at_all', webhookSecret, baseUrl }),
      silentAccount: accountWith({ accessToken, webhookSecret, baseUrl: silent.url }),
      unreachableAccount: accountWith({ accessToken, webhookSecret, baseUrl: `http://127.0.0.1:${await freePort()}` }),
      buyer: async (reference, does) => {
        const payment = await agreed(adapter, account, organisation, reference);
        if (does === 'pays') organisation.move('payments', payment, 'confirmed', 'confirmed');
        if (does === 'is_declined') organisation.move('payments', payment, 'failed', 'failed', POOR);
        if (does === 'orders_debit') organisation.moveLater(payment, 'confirmed', 'confirmed');
        if (does === 'orders_failing_debit') organisation.moveLater(payment, 'failed', 'failed', POOR);
      },
      bank: {
        disputes: (reference) => {
          organisation.move('payments', organisation.paymentOf(reference), 'charged_back', 'charged_back', POOR);
          return Promise.resolve();
        },
        decides: (reference, word) => {
          const payment = organisation.paymentOf(reference);
          if (word === 'won') organisation.move('payments', payment, 'paid_out', 'chargeback_cancelled');
          else organisation.tell('payments', payment, 'chargeback_settled');
          return Promise.resolve();
        },
      },
      notification: (reference, told) => {
        const payment = organisation.paymentOf(reference);
        if (told.kind === 'refund')
          for (const refund of organisation.refundsOf(payment)) organisation.move('refunds', refund, 'paid', 'paid');
        return Promise.resolve(webhookOf(batchWith(organisation, payment, actionOf(told)), webhookSecret));
      },
      sign: ({ credentials }, rawBody) => ({ 'webhook-signature': signatureOf(rawBody, credentials['webhookSecret'] ?? '') }),
      stop: async () => {
        await gocardless.stop();
        await silent.stop();
      },
    };
  },
  {
    goesOn: 'redirect',
    linksOnce: true,
    currencies: ['EUR', 'GBP'],
    buyers: ['pays', 'is_declined', 'orders_debit', 'orders_failing_debit'],
    notifies: 'signed',
    cancels: true,
    refunds: 'partial',
    disputes: true,
  },
);

describe('the GoCardless adapter against what GoCardless documents:', () => {
  const webhookSecret = 'secret-of-the-endpoint';
  const adapter = new GoCardlessAdapter({ http, timeoutMs: 2_000 });
  let gocardless: GoCardlessFake;
  let account: ProviderAccount;
  let organisation: GoCardlessOrganisation;

  beforeAll(async () => {
    gocardless = await GoCardlessFake.start();
    const accessToken = gocardless.newToken();
    organisation = gocardless.organisation(accessToken);
    account = accountWith({ accessToken, webhookSecret, baseUrl: gocardless.baseUrl });
  });
  afterAll(async () => gocardless.stop());

  const newRequest = (changes: Partial<PaymentRequest> = {}): PaymentRequest => ({
    transactionId: newObjectId(),
    amount: 4900,
    currency: 'EUR',
    description: 'Example Shop order_1',
    returnUrl: 'https://pay.example.test/return',
    ...changes,
  });
  const fulfilled = async () => {
    const { reference, transactionId } = await adapter.createPayment(account, newRequest());
    organisation.fulfil(reference);
    return { reference, transactionId };
  };
  const paid = async (): Promise<RefundRequest & { payment: string }> => {
    const { reference, transactionId } = await adapter.createPayment(account, newRequest());
    const payment = await agreed(adapter, account, organisation, reference);
    organisation.move('payments', payment, 'confirmed', 'confirmed');
    return { refundId: newObjectId(), transactionId, paymentReference: reference, amount: 4900, currency: 'EUR', payment };
  };
  const look = (reference: string) => adapter.lookUpPayment(account, { transactionId: 'unused', reference });
  const read = (events: readonly object[]): Promise<readonly ProviderEvent[]> => {
    const { rawBody, headers } = webhookOf(events as StoredEvent[], webhookSecret);
    return adapter.readEvents(account, rawBody, headers);
  };
  const outcome = async (work: Promise<unknown>): Promise<unknown> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ProviderRefusal) return `refused: ${error.failure.code}`;
      return error instanceof DomainError ? error.code : error;
    }
  };
  const MADE: readonly [Mishap, boolean][] = [
    ['rate_limited', false],
    ['unavailable_before', false],
    ['unavailable_after', true],
    ['silent_after', true],
    ['garbage_after', true],
  ];

  it.each(MADE)('a billing request that met %s is open, and a look tells whether there is one: %p', async (mishap, made) => {
    const request = newRequest();
    gocardless.onNextCreation('billing_requests', mishap);
    expect(await outcome(adapter.createPayment(account, request))).toBe('provider_error');
    const found = await adapter.lookUpPayment(account, { transactionId: request.transactionId });
    expect(found !== undefined).toBe(made);
    const repeated = await adapter.createPayment(account, request);
    if (found) expect(repeated.reference).toBe(found.reference);
    expect(repeated).toMatchObject({ word: 'requires_buyer', redirectUrl: expect.stringContaining('https://') });
  });

  it.each(MADE)('money taken behind %s is taken once', async (mishap) => {
    const at = await fulfilled();
    expect(await look(at.reference)).toMatchObject({ word: 'requires_buyer', awaitsCompletion: true });
    const before = organisation.count('payments');
    gocardless.onNextCreation('payments', mishap);
    expect(await outcome(adapter.completePayment(account, at))).toBe('provider_error');
    expect(await adapter.completePayment(account, at)).toMatchObject({ word: 'pending', amount: 4900, reference: at.reference });
    expect(organisation.count('payments')).toBe(before + 1);
  });

  it('looking takes no money, and taking it ten times at once takes it once', async () => {
    const at = await fulfilled();
    const before = organisation.count('payments');
    await look(at.reference);
    expect(organisation.count('payments')).toBe(before);
    const taken = await Promise.all(Array.from({ length: 10 }, () => adapter.completePayment(account, at)));
    expect(new Set(taken.map(({ word }) => word))).toEqual(new Set(['pending']));
    expect(organisation.count('payments')).toBe(before + 1);
  });

  it('takes no money for another transaction', async () => {
    const { reference } = await fulfilled();
    expect(await outcome(adapter.completePayment(account, { transactionId: newObjectId(), reference }))).toBe('provider_error');
  });

  it.each([
    ['cancelled', 'cancelled'],
    ['failed', 'failed'],
    ['blocked', 'failed'],
  ])('a mandate that is %s before anything was collected: %s', async (status, word) => {
    const { reference, transactionId } = await adapter.createPayment(account, newRequest());
    organisation.move('mandates', organisation.fulfil(reference), status, status);
    expect(await look(reference)).toMatchObject({ word, awaitsCompletion: undefined });
    expect(await adapter.completePayment(account, { transactionId, reference })).toMatchObject({ word });
  });

  it.each<[string, (at: { reference: string; transactionId: string }) => Promise<unknown>, string]>([
    ['while the buyer has not agreed', () => Promise.resolve(), 'cancelled'],
    ['after the buyer agreed', ({ reference }) => Promise.resolve(organisation.fulfil(reference)), 'cancelled'],
    ['before the debit goes to the bank', ({ reference }) => agreed(adapter, account, organisation, reference), 'cancelled'],
    [
      'when the debit is at the bank',
      async ({ reference }) =>
        organisation.move('payments', await agreed(adapter, account, organisation, reference), 'submitted', 'submitted'),
      'pending',
    ],
  ])('cancelled %s', async (_when, happens, word) => {
    const at = await adapter.createPayment(account, newRequest());
    await happens(at);
    expect(await adapter.cancelPayment(account, at.reference)).toMatchObject({ word });
    if (word === 'cancelled') expect(await adapter.completePayment(account, at)).toMatchObject({ word: 'cancelled' });
  });

  it.each<[Kind, Mishap]>([
    ['billing_request_flows', 'rate_limited'],
    ['billing_request_flows', 'unavailable_before'],
  ])('a page that met trouble is asked for again', async (kind, mishap) => {
    gocardless.onNextCreation(kind, mishap);
    expect((await adapter.createPayment(account, newRequest())).redirectUrl).toMatch(/^https:/);
  });

  it('a detail of the buyer that GoCardless does not take costs no payment', async () => {
    const payment = await adapter.createPayment(account, newRequest({ email: 'nobody' }));
    expect(payment.redirectUrl).toMatch(/^https:/);
  });

  it('refuses a currency GoCardless does not collect', async () => {
    const request = newRequest({ currency: 'JPY' });
    expect(await outcome(adapter.createPayment(account, request))).toBe('refused: validation_failed');
    expect(await adapter.lookUpPayment(account, request)).toBeUndefined();
  });

  it('finds a payment behind more others than GoCardless lists at once', async () => {
    const accessToken = gocardless.newToken();
    const own = accountWith({ ...account.credentials, accessToken });
    const { reference, transactionId } = await adapter.createPayment(own, newRequest());
    const fields = { mandate_request: { currency: 'GBP' } };
    for (let i = 0; i < 510; i++) gocardless.organisation(accessToken).create('billing_requests', fields, undefined);
    expect(await adapter.lookUpPayment(own, { transactionId })).toMatchObject({ reference });
    expect(await adapter.lookUpPayment(own, { transactionId: newObjectId() })).toBeUndefined();
  });

  describe('refunds', () => {
    it.each(MADE)('money that went back behind %s went once, also after GoCardless forgot the key', async (mishap, made) => {
      const request = { ...(await paid()), amount: 1900 };
      gocardless.onNextCreation('refunds', mishap);
      expect(await outcome(adapter.refunds.create(account, request))).toBe('provider_error');
      const found = await adapter.refunds.lookUp(account, request);
      expect(found !== undefined).toBe(made);
      organisation.forgetKeys();
      const again = await adapter.refunds.create(account, request);
      if (found) expect(again.reference).toBe(found.reference);
      expect(organisation.refundsOf(request.payment)).toHaveLength(1);
    });

    it('that meet agree on the total', async () => {
      const request = { ...(await paid()), amount: 1000 };
      const all = [1, 2, 3].map(() => adapter.refunds.create(account, { ...request, refundId: newObjectId() }));
      expect((await Promise.all(all)).map(({ amount }) => amount)).toEqual([1000, 1000, 1000]);
      expect(organisation.refundsOf(request.payment)).toHaveLength(3);
    });

    it('of one payment are five at most', async () => {
      const request = { ...(await paid()), amount: 100 };
      for (let i = 0; i < 5; i++) await adapter.refunds.create(account, { ...request, refundId: newObjectId() });
      expect(await outcome(adapter.refunds.create(account, { ...request, refundId: newObjectId() }))).toBe(
        'refused: number_of_refunds_exceeded',
      );
    });

    it.each([
      ['bounced', 'failed'],
      ['funds_returned', 'failed'],
      ['paid', 'succeeded'],
      ['submitted', 'pending'],
    ])('that are %s are %s', async (status, word) => {
      const request = await paid();
      const { reference } = await adapter.refunds.create(account, request);
      organisation.move('refunds', reference, status, status);
      expect((await adapter.refunds.lookUp(account, request))?.word).toBe(word);
    });

    it('are told by what the event says, not by how the refund stands by now', async () => {
      const request = await paid();
      const { reference } = await adapter.refunds.create(account, request);
      organisation.move('refunds', reference, 'paid', 'paid');
      organisation.move('refunds', reference, 'bounced', 'refund_returned');
      organisation.tell('refunds', reference, 'refund_settled');
      const events = await read(organisation.events.filter(({ links }) => links['refund'] === reference));
      const words = events.map(({ subject }) => (subject?.kind === 'refund' ? subject.refund.word : undefined));
      expect(words).toEqual(['pending', 'succeeded', 'failed', undefined]);
    });
  });

  describe('notifications', () => {
    it('a batch brings every event, also of what is not ours', async () => {
      const { payment, paymentReference, transactionId } = await paid();
      organisation.move('payments', payment, 'paid_out', 'paid_out');
      const foreign = organisation.create('billing_requests', { mandate_request: { currency: 'GBP' } }, undefined) as {
        billing_requests: { id: string };
      };
      organisation.fulfil(foreign.billing_requests.id);
      const mine = organisation.events.filter(({ links }) => [payment, paymentReference].includes(Object.values(links)[0] ?? ''));
      const theirs = organisation.events.filter(({ links }) => links['billing_request'] === foreign.billing_requests.id);
      const unknown = { ...theirs[0], id: 'EV1', resource_type: 'payments', action: 'confirmed', links: { payment: 'PM0' } };
      const events = await read([...mine, ...theirs, unknown]);
      expect(events.map(({ type }) => type)).toEqual([
        'billing_requests.fulfilled',
        'payments.created',
        'payments.confirmed',
        'payments.paid_out',
        'billing_requests.fulfilled',
        'payments.confirmed',
      ]);
      for (const { subject } of events.slice(0, 4)) {
        expect(subject).toMatchObject({ kind: 'payment', payment: { reference: paymentReference, transactionId, word: 'succeeded' } });
      }
      expect(events.slice(4).map(({ subject }) => subject)).toEqual([undefined, undefined]);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    });

    it('250 events about one payment ask for it once', async () => {
      const { payment } = await paid();
      const [event] = batchWith(organisation, payment, 'confirmed');
      const before = gocardless.requests.length;
      const events = await read(Array.from({ length: 250 }, (_, i) => ({ ...event, id: `EV${i}` })));
      expect(events).toHaveLength(250);
      expect(gocardless.requests.length).toBe(before + 1);
    });

    it('a mandate given is told as one that waits for us to collect', async () => {
      const { reference } = await fulfilled();
      const [event] = await read(organisation.events.filter(({ links }) => links['billing_request'] === reference));
      expect(event?.subject).toMatchObject({ kind: 'payment', payment: { reference, word: 'requires_buyer', awaitsCompletion: true } });
    });

    it('a debit the bank takes back after it was confirmed is a lost dispute, whichever way it is told', async () => {
      const { payment, paymentReference } = await paid();
      organisation.move('payments', payment, 'failed', 'failed', POOR);
      organisation.tell('payments', payment, 'late_failure_settled');
      const events = await read(organisation.events.filter(({ links }) => links['payment'] === payment));
      expect(events.map(({ subject }) => subject?.kind)).toEqual(['payment', 'payment', 'dispute', 'dispute']);
      const disputes = events.flatMap(({ subject }) => (subject?.kind === 'dispute' ? [subject.dispute] : []));
      expect(disputes[0]).toMatchObject({
        reference: `late_failure_${payment}`,
        paymentReference,
        word: 'lost',
        amount: 4900,
        reason: 'AM04',
      });
      expect(disputes[1]).toMatchObject({ reference: `late_failure_${payment}`, word: 'lost' });
      // It did succeed: what came later does not make an older "confirmed" untrue.
      expect(await look(paymentReference)).toMatchObject({ word: 'succeeded' });
      expect(events[0]?.subject).toMatchObject({ payment: { word: 'succeeded' } });
    });

    it('a debit that failed without having been confirmed has failed, with the reason of the bank', async () => {
      const { reference } = await adapter.createPayment(account, newRequest());
      const payment = await agreed(adapter, account, organisation, reference);
      organisation.move('payments', payment, 'failed', 'failed', POOR);
      const [event] = await read(batchWith(organisation, payment, 'failed'));
      const failure = { code: 'insufficient_funds', message: 'The account had too little money.' };
      expect(event?.subject).toMatchObject({ kind: 'payment', payment: { word: 'failed', failure } });
      expect(await look(reference)).toMatchObject({ word: 'failed', failure });
    });

    it('are to be sent again while GoCardless cannot be asked', async () => {
      const { payment } = await paid();
      const { rawBody, headers } = webhookOf(batchWith(organisation, payment, 'confirmed'), webhookSecret);
      const dead = accountWith({ ...account.credentials, baseUrl: `http://127.0.0.1:${await freePort()}` });
      expect(await outcome(adapter.readEvents(dead, rawBody, headers))).toBe('provider_error');
    });

    it('are refused without a secret to verify them by', async () => {
      const { webhookSecret: _secret, ...credentials } = account.credentials;
      const rawBody = Buffer.from('{"events":[]}');
      const headers = { 'webhook-signature': signatureOf(rawBody, '') };
      expect(await outcome(adapter.readEvents(accountWith(credentials), rawBody, headers))).toBe('webhook_signature_invalid');
      expect(await read([])).toEqual([]);
    });
  });

  it('asks under its keys and with the version of the API', async () => {
    gocardless.requests.length = 0;
    const request = newRequest({ locale: 'de-DE', email: 'ada@example.com' });
    const { reference } = await adapter.createPayment(account, request);
    await agreed(adapter, account, organisation, reference);
    const posts = gocardless.requests.filter(({ method }) => method === 'POST');
    expect(posts.map(({ url, headers }) => [url, headers['idempotency-key'], headers['gocardless-version']])).toEqual([
      ['/billing_requests', request.transactionId, '2015-07-06'],
      ['/billing_request_flows', undefined, '2015-07-06'],
      ['/payments', `collect-${request.transactionId}`, '2015-07-06'],
    ]);
    expect(posts[1]?.body).toMatchObject({
      billing_request_flows: { redirect_uri: request.returnUrl, language: 'de', prefilled_customer: { email: 'ada@example.com' } },
    });
  });

  it('sends nothing into the private network, and says that nothing happened', async () => {
    const guarded = new GoCardlessAdapter({ http: new ProviderHttp({ allowPrivateTargets: false }) });
    const before = gocardless.requests.length;
    const refund: RefundRequest = { refundId: 'r1', transactionId: 't1', paymentReference: 'BRQ1', amount: 1, currency: 'EUR' };
    expect(await outcome(guarded.createPayment(account, newRequest()))).toBe('refused: provider_credentials');
    expect(await outcome(guarded.refunds.create(account, refund))).toBe('refused: provider_credentials');
    expect(await outcome(guarded.lookUpPayment(account, { transactionId: 't1' }))).toBe('provider_error');
    expect(gocardless.requests.length).toBe(before);
  });

  it.each<Record<string, string>>([{}, { accessToken: 'sandbox_x', baseUrl: 'nonsense' }])(
    'with incomplete credentials %j nothing is sent, so nothing is open',
    async (credentials) => {
      const incomplete = accountWith(credentials);
      expect(await outcome(adapter.createPayment(incomplete, newRequest()))).toBe('refused: provider_credentials');
      expect(await outcome(adapter.lookUpPayment(incomplete, { transactionId: 't1' }))).toBe('provider_error');
      expect(await adapter.checkConnection(incomplete, AbortSignal.timeout(5_000))).toMatchObject({ code: 'credentials_rejected' });
    },
  );
});
