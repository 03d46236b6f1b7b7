import { describe, expect, it } from '@jest/globals';
import { listTransactions } from '@paygate/messages';
import type { ProviderWord } from '@paygate/payments-domain';
import { eventually } from '@paygate/testing';
import { ApplyProviderResult, GetTransactionStatus } from '../src/transactions/index.js';
import { HOUR_MS, MINUTE_MS, PaymentDesk } from './support/payment-desk.js';

describe('payments', () => {
  const desk = PaymentDesk.open();

  it('is written down first, made at the provider under its own id, then decided', async () => {
    const started = await desk.start();
    expect(started).toMatchObject({ status: -1, next: 'redirect', redirectUrl: `https://fake.example/pay_${started.transactionId}` });
    expect(desk.stack.provider.requests.at(-1)).toMatchObject({
      transactionId: started.transactionId,
      amount: 4900,
      currency: 'EUR',
      returnUrl: `https://pay.example.test/checkout/${desk.checkout.shortCode}/return?transactionId=${started.transactionId}`,
    });
    expect(await desk.checkoutNow()).toMatchObject({ status: 'processing', transactionId: started.transactionId });

    desk.stack.provider.decide(started.transactionId, { word: 'succeeded', method: { type: 'card', brand: 'visa', last4: '4242' } });
    await desk.stack.app.get(GetTransactionStatus).execute({ transactionId: started.transactionId, source: 'return' });
    const paid = await desk.transactionOf(started.transactionId);
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
    expect(await desk.checkoutNow()).toMatchObject({
      status: 'completed',
      transactionId: started.transactionId,
      completedAt: expect.any(String),
    });
    expect(await desk.stack.eventsOf(started.transactionId)).toEqual([
      expect.objectContaining({ status: 'initiated', eventVersion: 1, externalReference: 'order_1' }),
      expect.objectContaining({ status: 'succeeded', previousStatus: 'initiated', eventVersion: 2, amount: 4900, currency: 'EUR' }),
    ]);
    await eventually(async () => {
      expect(await desk.stack.database.collection('outbox').countDocuments({ pending: true })).toBe(0);
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
      const { transactionId } = await desk.start();
      for (const word of words) await desk.say(transactionId, word);
      const transaction = await desk.transactionOf(transactionId);
      expect(transaction.status).toBe(status);
      expect(transaction.eventVersion).toBe(told.length);
      expect((await desk.checkoutNow()).status).toBe(after);
      expect(await desk.statusesTold(transactionId)).toEqual(told);
      expect(transaction.timeline.some(({ type }) => type === 'contradiction')).toBe(contradicted ?? false);
    });

    it.each([
      { case: 'another amount', change: { amount: 49 } },
      { case: 'another currency', change: { currency: 'USD' } },
      { case: 'another payment', change: { reference: 'pay_other' } },
    ])('a success over $case changes nothing and is noted once', async ({ change }) => {
      const { transactionId } = await desk.start();
      const payment = { ...desk.stack.provider.decide(transactionId, { word: 'succeeded' }), ...change };
      const result = {
        scope: desk.merchant.scope,
        providerId: desk.merchant.providerId,
        transactionId,
        payment,
        source: 'webhook',
      } as const;
      for (let time = 0; time < 3; time++) {
        expect((await desk.stack.app.get(ApplyProviderResult).execute(result)).outcome).toBe('contradiction');
      }
      const transaction = await desk.transactionOf(transactionId);
      expect(transaction.status).toBe('initiated');
      expect(transaction.timeline.filter(({ type }) => type === 'contradiction')).toHaveLength(1);
      expect(await desk.statusesTold(transactionId)).toEqual(['initiated']);
    });

    it('a success after the checkout expired still completes it', async () => {
      const { transactionId } = await desk.start();
      desk.stack.clock.advance(25 * HOUR_MS);
      await desk.say(transactionId, 'failed');
      expect((await desk.checkoutNow()).status).toBe('expired');
      await desk.say(transactionId, 'succeeded');
      expect(await desk.checkoutNow()).toMatchObject({ status: 'completed', transactionId });
    });
  });

  it('twelve words at once from every side give one success, told once', async () => {
    const { transactionId } = await desk.start();
    desk.stack.provider.decide(transactionId, { word: 'succeeded' });
    desk.stack.clock.advance(2 * MINUTE_MS);
    const status = desk.stack.app.get(GetTransactionStatus);
    const apply = desk.stack.app.get(ApplyProviderResult);
    const payment = desk.stack.provider.payment(transactionId);
    const results = await Promise.allSettled([
      ...Array.from({ length: 3 }, () => desk.stack.notify(desk.merchant, transactionId)),
      ...Array.from({ length: 3 }, () => status.execute({ transactionId, source: 'poll' })),
      ...Array.from({ length: 3 }, () => desk.reconcile()),
      ...Array.from({ length: 3 }, () =>
        apply.execute({ scope: desk.merchant.scope, providerId: desk.merchant.providerId, transactionId, payment, source: 'return' }),
      ),
    ]);
    expect(results.filter((result) => result.status === 'rejected')).toEqual([]);
    await eventually(async () => {
      const left = await desk.stack.database.collection('provider_events').countDocuments({ dueAt: { $exists: true } });
      expect(left).toBe(0);
    });
    expect(await desk.transactionOf(transactionId)).toMatchObject({ status: 'succeeded', eventVersion: 2 });
    expect(await desk.statusesTold(transactionId)).toEqual(['initiated', 'succeeded']);
    expect(await desk.checkoutNow()).toMatchObject({ status: 'completed', transactionId });
  });

  it('of several starts at once one wins, the others are told which', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => desk.start()));
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason).toMatchObject({ code: 'payment_in_progress', details: { transactionId: won[0]?.transactionId } });
    }
    await expect(desk.start()).rejects.toMatchObject({ code: 'payment_in_progress' });
    expect(await desk.stack.database.collection('transactions').countDocuments({ checkoutId: desk.checkout.id })).toBe(1);
  });

  it('a late success of the first attempt and one of the second: both are recorded, the second is flagged', async () => {
    const first = await desk.start();
    await desk.say(first.transactionId, 'failed');
    const second = await desk.start();
    await desk.say(first.transactionId, 'succeeded');
    expect(await desk.checkoutNow()).toMatchObject({ status: 'completed', transactionId: first.transactionId });
    await desk.say(second.transactionId, 'succeeded');
    const flagged = await desk.transactionOf(second.transactionId);
    expect(flagged.status).toBe('succeeded');
    expect(flagged.timeline.map(({ type }) => type)).toContain('second_success');
    expect(await desk.checkoutNow()).toMatchObject({ status: 'completed', transactionId: first.transactionId });
  });

  it('transactions are listed newest first, with every filter', async () => {
    const started: string[] = [];
    for (const currency of ['EUR', 'JPY', 'EUR']) {
      desk.stack.clock.advance(1_000);
      const of = await desk.stack.createCheckout(desk.merchant, {
        currency,
        externalReference: `list_${currency}`,
        clientId: 'c'.repeat(24),
      });
      started.unshift((await desk.start(of)).transactionId);
    }
    const [newest, second, oldest] = started;
    await desk.say(oldest ?? '', 'succeeded');
    const tenant = { organizationId: desk.merchant.organizationId, livemode: false };
    const list = async (filter: object): Promise<string[]> =>
      (await desk.stack.rpc.request(listTransactions, { ...tenant, page: 1, limit: 50, ...filter })).items.map(({ id }) => id);
    expect(await list({})).toEqual(started);
    expect(await list({ status: 'succeeded' })).toEqual([oldest]);
    expect(await list({ currency: 'EUR' })).toEqual([newest, oldest]);
    expect(await list({ externalReference: 'list_JPY' })).toEqual([second]);
    expect(await list({ siteId: desk.merchant.siteId, providerId: desk.merchant.providerId, clientId: 'c'.repeat(24) })).toEqual(started);
    expect(await list({ providerId: 'f'.repeat(24) })).toEqual([]);
    const { checkoutId, createdAt } = await desk.transactionOf(second ?? '');
    expect(await list({ checkoutId })).toEqual([second]);
    expect(await list({ from: createdAt })).toEqual([newest, second]);
    expect(await list({ to: createdAt })).toEqual([second, oldest]);
  });
});
