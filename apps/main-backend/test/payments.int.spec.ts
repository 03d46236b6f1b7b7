import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getCheckout, getTransaction, listTransactions } from '@paygate/messages';
import type { CheckoutView, CreatedCheckout, TransactionView } from '@paygate/messages';
import type { ProviderWord } from '@paygate/payments-domain';
import { eventually } from '@paygate/testing';
import { ExpireCheckouts } from '../src/checkouts/expire-checkouts.js';
import { ApplyProviderResult, CancelTransaction, GetTransactionStatus, MarkPending, StartPayment } from '../src/transactions/index.js';
import { ReconcilePayments } from '../src/transactions/reconcile-payments.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('payments', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
  });

  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    stack.provider.reachable = true;
    merchant = await stack.newMerchant();
    checkout = await stack.createCheckout(merchant, { externalReference: 'order_1' });
  });

  const start = (of: CreatedCheckout = checkout) =>
    stack.app.get(StartPayment).execute({ sessionPublicId: of.sessionPublicId, providerId: merchant.providerId });
  const transactionOf = (id: string): Promise<TransactionView> =>
    stack.rpc.request(getTransaction, { organizationId: merchant.organizationId, livemode: false, transactionId: id });
  const checkoutNow = (of: CreatedCheckout = checkout): Promise<CheckoutView> =>
    stack.rpc.request(getCheckout, { organizationId: merchant.organizationId, livemode: false, checkoutId: of.id });
  const say = (transactionId: string, word: ProviderWord) =>
    stack.app.get(ApplyProviderResult).execute({
      scope: merchant.scope,
      providerId: merchant.providerId,
      transactionId,
      payment: stack.provider.decide(transactionId, { word }),
      source: 'webhook',
    });
  const statusesTold = async (transactionId: string) => (await stack.eventsOf(transactionId)).map((event) => event.status);
  const reconcile = (): Promise<number> => stack.app.get(ReconcilePayments).execute();

  it('is written down first, made at the provider under its own id, then decided', async () => {
    const started = await start();
    expect(started).toMatchObject({ status: -1, next: 'redirect', redirectUrl: `https://fake.example/pay_${started.transactionId}` });
    expect(stack.provider.requests.at(-1)).toMatchObject({
      transactionId: started.transactionId,
      amount: 4900,
      currency: 'EUR',
      returnUrl: `https://pay.example.test/checkout/${checkout.shortCode}/return?transactionId=${started.transactionId}`,
    });
    expect(await checkoutNow()).toMatchObject({ status: 'processing', transactionId: started.transactionId });

    stack.provider.decide(started.transactionId, { word: 'succeeded', method: { type: 'card', brand: 'visa', last4: '4242' } });
    await stack.app.get(GetTransactionStatus).execute({ transactionId: started.transactionId, source: 'return' });
    const paid = await transactionOf(started.transactionId);
    expect(paid).toMatchObject({
      status: 'succeeded',
      eventVersion: 2,
      providerReference: `pay_${started.transactionId}`,
      paymentMethod: { type: 'card', brand: 'visa', last4: '4242' },
      externalReference: 'order_1',
    });
    expect(paid).not.toHaveProperty('redirectUrl');
    expect(paid.timeline.map(({ type, status, source }) => ({ type, status, source }))).toEqual([
      { type: 'created', status: 'initiated', source: 'buyer' },
      { type: 'provider_result', status: 'succeeded', source: 'return' },
    ]);
    expect(await checkoutNow()).toMatchObject({
      status: 'completed',
      transactionId: started.transactionId,
      completedAt: expect.any(String),
    });
    expect(await stack.eventsOf(started.transactionId)).toEqual([
      expect.objectContaining({ status: 'initiated', eventVersion: 1, externalReference: 'order_1' }),
      expect.objectContaining({ status: 'succeeded', previousStatus: 'initiated', eventVersion: 2, amount: 4900, currency: 'EUR' }),
    ]);
    await eventually(async () => {
      expect(await stack.database.collection('outbox').countDocuments({ pending: true })).toBe(0);
    });
  });

  describe('words in any order', () => {
    const DONE = { status: 'succeeded', checkout: 'completed' } as const;
    it.each<{ words: ProviderWord[]; status: string; checkout: string; told: string[]; contradicted?: boolean }>([
      { words: ['succeeded', 'succeeded'], ...DONE, told: ['initiated', 'succeeded'] },
      { words: ['succeeded', 'pending', 'requires_buyer'], ...DONE, told: ['initiated', 'succeeded'] },
      { words: ['pending', 'succeeded'], ...DONE, told: ['initiated', 'pending_provider', 'succeeded'] },
      { words: ['failed', 'succeeded'], ...DONE, told: ['initiated', 'failed', 'succeeded'] },
      { words: ['succeeded', 'failed'], ...DONE, told: ['initiated', 'succeeded'], contradicted: true },
      { words: ['failed', 'failed'], status: 'failed', checkout: 'open', told: ['initiated', 'failed'] },
      { words: ['cancelled', 'failed'], status: 'cancelled', checkout: 'open', told: ['initiated', 'cancelled'] },
      { words: ['cancelled', 'succeeded'], status: 'cancelled', checkout: 'open', told: ['initiated', 'cancelled'], contradicted: true },
    ])('$words → $status', async ({ words, status, checkout: after, told, contradicted }) => {
      const { transactionId } = await start();
      for (const word of words) await say(transactionId, word);
      const transaction = await transactionOf(transactionId);
      expect(transaction.status).toBe(status);
      expect(transaction.eventVersion).toBe(told.length);
      expect((await checkoutNow()).status).toBe(after);
      expect(await statusesTold(transactionId)).toEqual(told);
      expect(transaction.timeline.some(({ type }) => type === 'contradiction')).toBe(contradicted ?? false);
    });

    it.each([
      { case: 'another amount', change: { amount: 49 } },
      { case: 'another currency', change: { currency: 'USD' } },
      { case: 'another payment', change: { reference: 'pay_other' } },
    ])('a success over $case changes nothing and is noted once', async ({ change }) => {
      const { transactionId } = await start();
      const payment = { ...stack.provider.decide(transactionId, { word: 'succeeded' }), ...change };
      const result = { scope: merchant.scope, providerId: merchant.providerId, transactionId, payment, source: 'webhook' } as const;
      for (let time = 0; time < 3; time++) {
        expect((await stack.app.get(ApplyProviderResult).execute(result)).outcome).toBe('contradiction');
      }
      const transaction = await transactionOf(transactionId);
      expect(transaction.status).toBe('initiated');
      expect(transaction.timeline.filter(({ type }) => type === 'contradiction')).toHaveLength(1);
      expect(await statusesTold(transactionId)).toEqual(['initiated']);
    });

    it('a success after the checkout expired still completes it', async () => {
      const { transactionId } = await start();
      stack.clock.advance(25 * HOUR_MS);
      await say(transactionId, 'failed');
      expect((await checkoutNow()).status).toBe('expired');
      await say(transactionId, 'succeeded');
      expect(await checkoutNow()).toMatchObject({ status: 'completed', transactionId });
    });
  });

  it('twelve words at once from every side give one success, told once', async () => {
    const { transactionId } = await start();
    stack.provider.decide(transactionId, { word: 'succeeded' });
    stack.clock.advance(2 * MINUTE_MS);
    const status = stack.app.get(GetTransactionStatus);
    const apply = stack.app.get(ApplyProviderResult);
    const payment = stack.provider.payment(transactionId);
    const results = await Promise.allSettled([
      ...Array.from({ length: 3 }, () => stack.notify(merchant, transactionId)),
      ...Array.from({ length: 3 }, () => status.execute({ transactionId, source: 'poll' })),
      ...Array.from({ length: 3 }, () => reconcile()),
      ...Array.from({ length: 3 }, () =>
        apply.execute({ scope: merchant.scope, providerId: merchant.providerId, transactionId, payment, source: 'return' }),
      ),
    ]);
    expect(results.filter((result) => result.status === 'rejected')).toEqual([]);
    await eventually(async () => {
      const left = await stack.database.collection('provider_events').countDocuments({ dueAt: { $exists: true } });
      expect(left).toBe(0);
    });
    expect(await transactionOf(transactionId)).toMatchObject({ status: 'succeeded', eventVersion: 2 });
    expect(await statusesTold(transactionId)).toEqual(['initiated', 'succeeded']);
    expect(await checkoutNow()).toMatchObject({ status: 'completed', transactionId });
  });

  it('of several starts at once one wins, the others are told which', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => start()));
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason).toMatchObject({ code: 'payment_in_progress', details: { transactionId: won[0]?.transactionId } });
    }
    await expect(start()).rejects.toMatchObject({ code: 'payment_in_progress' });
    expect(await stack.database.collection('transactions').countDocuments({ checkoutId: checkout.id })).toBe(1);
  });

  it('a late success of the first attempt and one of the second: both are recorded, the second is flagged', async () => {
    const first = await start();
    await say(first.transactionId, 'failed');
    const second = await start();
    await say(first.transactionId, 'succeeded');
    expect(await checkoutNow()).toMatchObject({ status: 'completed', transactionId: first.transactionId });
    await say(second.transactionId, 'succeeded');
    const flagged = await transactionOf(second.transactionId);
    expect(flagged.status).toBe('succeeded');
    expect(flagged.timeline.map(({ type }) => type)).toContain('second_success');
    expect(await checkoutNow()).toMatchObject({ status: 'completed', transactionId: first.transactionId });
  });

  describe('when the provider does not answer', () => {
    it('the outcome is unknown: the buyer waits, reconcile finds the success', async () => {
      stack.provider.onCreate({ kind: 'timeout', received: true, word: 'succeeded' });
      const started = await start();
      expect(started).toEqual({ transactionId: started.transactionId, status: -1, next: 'wait' });
      expect((await checkoutNow()).status).toBe('processing');
      await reconcile();
      expect((await transactionOf(started.transactionId)).status).toBe('initiated');
      stack.clock.advance(MINUTE_MS);
      await reconcile();
      expect((await transactionOf(started.transactionId)).status).toBe('succeeded');
      expect((await checkoutNow()).status).toBe('completed');
      expect(await statusesTold(started.transactionId)).toEqual(['initiated', 'succeeded']);
    });

    it('a payment it never received fails after 15 minutes and the buyer may pay again', async () => {
      stack.provider.onCreate({ kind: 'timeout', received: false });
      const { transactionId } = await start();
      for (let minute = 0; minute < 14; minute++) {
        stack.clock.advance(MINUTE_MS);
        await reconcile();
      }
      expect((await transactionOf(transactionId)).status).toBe('initiated');
      stack.clock.advance(10 * MINUTE_MS);
      await reconcile();
      expect(await transactionOf(transactionId)).toMatchObject({ status: 'failed', failure: { code: 'provider_never_received' } });
      expect((await checkoutNow()).status).toBe('open');
      stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
      expect((await start()).next).toBe('redirect');
    });

    it('a waiting buyer gets on: what never reached the provider is submitted again, once, under the same key', async () => {
      stack.provider.onCreate({ kind: 'timeout', received: false });
      const { transactionId, next } = await start();
      expect(next).toBe('wait');
      stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
      const poll = () => stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'poll' });
      expect((await poll()).redirectUrl).toBeUndefined();
      stack.clock.advance(10_000);
      expect((await poll()).redirectUrl).toBeDefined();
      stack.clock.advance(10_000);
      await poll();
      expect(stack.provider.callsAbout(transactionId)).toEqual(['create', 'look_up', 'look_up', 'create', 'look_up']);
      expect(stack.provider.payment(transactionId).transactionId).toBe(transactionId);
    });

    it('a provider that is down is asked again later, less and less often', async () => {
      const { transactionId } = await start();
      stack.provider.reachable = false;
      stack.clock.advance(MINUTE_MS);
      await reconcile();
      await reconcile();
      expect(stack.provider.callsAbout(transactionId)).toEqual(['create', 'look_up']);
      stack.provider.reachable = true;
      stack.provider.decide(transactionId, { word: 'succeeded' });
      stack.clock.advance(MINUTE_MS);
      await reconcile();
      expect((await transactionOf(transactionId)).status).toBe('succeeded');
    });
  });

  it('a payment the provider refuses fails at once and leaves the checkout open', async () => {
    stack.provider.onCreate({ kind: 'refuse', code: 'currency_not_supported' });
    const started = await start();
    expect(started).toMatchObject({ status: 2, next: 'done', failure: { code: 'currency_not_supported' } });
    expect((await checkoutNow()).status).toBe('open');
  });

  describe('cancelling', () => {
    const cancel = (transactionId: string) => stack.app.get(CancelTransaction).execute({ transactionId });

    it('asks the provider, and can be repeated', async () => {
      const { transactionId } = await start();
      expect((await cancel(transactionId)).status).toBe('cancelled');
      expect((await cancel(transactionId)).status).toBe('cancelled');
      expect(stack.provider.payment(transactionId).word).toBe('cancelled');
      expect((await checkoutNow()).status).toBe('open');
      expect(await statusesTold(transactionId)).toEqual(['initiated', 'cancelled']);
    });

    it('a success that came first wins, and the answer says so', async () => {
      const { transactionId } = await start();
      stack.provider.decide(transactionId, { word: 'succeeded' });
      const details = { transactionId, status: 'succeeded' };
      await expect(cancel(transactionId)).rejects.toMatchObject({ code: 'transaction_not_cancellable', details });
      expect((await checkoutNow()).status).toBe('completed');
    });

    it('a bank debit under way is not cancelled', async () => {
      stack.provider.onCreate({ kind: 'answer', word: 'pending' });
      const { transactionId } = await start();
      const details = { transactionId, status: 'pending_provider' };
      await expect(cancel(transactionId)).rejects.toMatchObject({ code: 'transaction_not_cancellable', details });
    });

    it('racing with a success ends in exactly one of the two, the same everywhere', async () => {
      for (let round = 0; round < 5; round++) {
        const of = await stack.createCheckout(merchant);
        const { transactionId } = await start(of);
        const succeed = async (): Promise<void> => {
          if (stack.provider.payment(transactionId).word === 'requires_buyer') await say(transactionId, 'succeeded');
        };
        await Promise.allSettled(round % 2 === 0 ? [cancel(transactionId), succeed()] : [succeed(), cancel(transactionId)]);
        const { status } = await transactionOf(transactionId);
        expect(status).toBe(stack.provider.payment(transactionId).word);
        expect((await checkoutNow(of)).status).toBe(status === 'succeeded' ? 'completed' : 'open');
        expect(await statusesTold(transactionId)).toEqual(['initiated', status]);
      }
    });

    it('one the provider never heard of is given up, but not while it may still be on its way', async () => {
      stack.provider.onCreate({ kind: 'timeout', received: false });
      const { transactionId } = await start();
      await expect(cancel(transactionId)).rejects.toMatchObject({ code: 'payment_in_progress', details: { transactionId } });
      stack.clock.advance(10_000);
      expect((await cancel(transactionId)).status).toBe('cancelled');
      expect((await checkoutNow()).status).toBe('open');
    });

    it('given up while the provider was still at it: what it then makes is withdrawn', async () => {
      const release = stack.provider.hold();
      const starting = start();
      await eventually(async () => {
        expect((await checkoutNow()).transactionId).toBeDefined();
      });
      const transactionId = (await checkoutNow()).transactionId ?? '';
      await stack.app
        .get(ApplyProviderResult)
        .concludeUnreceived({ scope: merchant.scope, transactionId, to: 'cancelled', source: 'operator' });
      release();
      expect(await starting).toMatchObject({ status: -2, next: 'done' });
      expect(stack.provider.payment(transactionId).word).toBe('cancelled');
    });

    it('an unreachable provider is an error, and nothing changes', async () => {
      const { transactionId } = await start();
      stack.provider.reachable = false;
      await expect(cancel(transactionId)).rejects.toMatchObject({ code: 'provider_error' });
      expect((await transactionOf(transactionId)).status).toBe('initiated');
    });
  });

  describe('marking as pending', () => {
    it.each([
      { word: 'pending', status: 'pending_provider' },
      { word: 'requires_buyer', status: 'initiated' },
      { word: 'succeeded', status: 'succeeded' },
    ] as const)('takes the word of the provider: $word → $status', async ({ word, status }) => {
      const { transactionId } = await start();
      stack.provider.decide(transactionId, { word });
      expect((await stack.app.get(MarkPending).execute({ transactionId })).status).toBe(status);
    });
  });

  describe('time', () => {
    it('an open checkout expires, by the clock at once and by the sweep in the database', async () => {
      stack.clock.advance(24 * HOUR_MS);
      expect((await checkoutNow()).status).toBe('expired');
      await expect(start()).rejects.toMatchObject({ code: 'checkout_expired' });
      await stack.app.get(ExpireCheckouts).execute();
      const rows = stack.database.collection<{ _id: string; status: string }>('checkouts');
      expect(await rows.findOne({ _id: checkout.id })).toMatchObject({ status: 'expired' });
      await expect(start()).rejects.toMatchObject({ code: 'checkout_expired' });
    });

    it('one being paid does not expire under the buyer; an abandoned attempt is withdrawn afterwards', async () => {
      const { transactionId } = await start();
      stack.clock.advance(25 * HOUR_MS);
      await stack.app.get(ExpireCheckouts).execute();
      expect((await checkoutNow()).status).toBe('processing');
      await reconcile();
      expect(stack.provider.payment(transactionId).word).toBe('cancelled');
      expect((await transactionOf(transactionId)).status).toBe('cancelled');
      expect((await checkoutNow()).status).toBe('expired');
    });

    it('the page may poll as often as it likes; the provider is asked every few seconds', async () => {
      const { transactionId } = await start();
      const looks = (): number => stack.provider.callsAbout(transactionId).filter((operation) => operation === 'look_up').length;
      for (let time = 0; time < 5; time++) await stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'poll' });
      expect(looks()).toBe(1);
      stack.clock.advance(3_000);
      await stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'poll' });
      expect(looks()).toBe(2);
    });
  });

  it('transactions are listed newest first, with every filter', async () => {
    const started: string[] = [];
    for (const currency of ['EUR', 'JPY', 'EUR']) {
      stack.clock.advance(1_000);
      const of = await stack.createCheckout(merchant, { currency, externalReference: `list_${currency}`, clientId: 'c'.repeat(24) });
      started.unshift((await start(of)).transactionId);
    }
    const [newest, second, oldest] = started;
    await say(oldest ?? '', 'succeeded');
    const tenant = { organizationId: merchant.organizationId, livemode: false };
    const list = async (filter: object): Promise<string[]> =>
      (await stack.rpc.request(listTransactions, { ...tenant, page: 1, limit: 50, ...filter })).items.map(({ id }) => id);
    expect(await list({})).toEqual(started);
    expect(await list({ status: 'succeeded' })).toEqual([oldest]);
    expect(await list({ currency: 'EUR' })).toEqual([newest, oldest]);
    expect(await list({ externalReference: 'list_JPY' })).toEqual([second]);
    expect(await list({ siteId: merchant.siteId, providerId: merchant.providerId, clientId: 'c'.repeat(24) })).toEqual(started);
    expect(await list({ providerId: 'f'.repeat(24) })).toEqual([]);
    const { checkoutId, createdAt } = await transactionOf(second ?? '');
    expect(await list({ checkoutId })).toEqual([second]);
    expect(await list({ from: createdAt })).toEqual([newest, second]);
    expect(await list({ to: createdAt })).toEqual([second, oldest]);
  });

  describe('what cannot be paid', () => {
    it.each([
      { case: 'an unknown session', session: () => 'nobody', code: 'checkout_not_found' },
      { case: 'an unknown provider', provider: () => 'f'.repeat(24), code: 'provider_not_available' },
    ])('$case → $code', async ({ session, provider, code }) => {
      const input = {
        sessionPublicId: session?.() ?? checkout.sessionPublicId,
        providerId: provider?.() ?? merchant.providerId,
      };
      await expect(stack.app.get(StartPayment).execute(input)).rejects.toMatchObject({ code });
    });

    it('a completed checkout', async () => {
      const { transactionId } = await start();
      await say(transactionId, 'succeeded');
      await expect(start()).rejects.toMatchObject({ code: 'checkout_not_open', details: { status: 'completed', transactionId } });
    });

    it.each([
      { case: 'disabled', provider: { enabled: false } },
      { case: 'of the other mode', provider: { livemode: true } },
      { case: 'without an adapter', provider: { type: 'unheard_of' } },
      { case: 'of another organization', provider: { organizationId: 'a'.repeat(24) } },
    ])('a provider that is $case', async ({ provider }) => {
      merchant = await stack.newMerchant({ provider });
      const of = await stack.createCheckout(merchant);
      await expect(start(of)).rejects.toMatchObject({ code: 'provider_not_available' });
    });

    it('a provider whose credentials cannot be read; the checkout stays open', async () => {
      merchant = await stack.newMerchant({ provider: { credentials: 'v1.lost.AAAA.AAAA' } });
      const of = await stack.createCheckout(merchant);
      await expect(start(of)).rejects.toMatchObject({ code: 'provider_not_available' });
      expect((await checkoutNow(of)).status).toBe('open');
    });

    it('a live checkout with a provider that moves no real money', async () => {
      merchant = await stack.newMerchant({ provider: { livemode: true } });
      const live = await stack.createCheckout(merchant, { livemode: true });
      await expect(start(live)).rejects.toMatchObject({ code: 'provider_not_available' });
    });
  });
});
