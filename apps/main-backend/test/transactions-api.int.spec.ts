import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import {
  cancelTransaction,
  createManualTransaction,
  deleteTransaction,
  getCheckout,
  getTransaction,
  listTransactions,
  transactionFigures,
  updateTransactionMetadata,
} from '@paygate/messages';
import type { CreateManualTransactionCommand, ListTransactionsRequest } from '@paygate/messages';
import type { ProviderWord } from '@paygate/payments-domain';
import { FoldTallies, TalliesOfAllTenants } from '../src/transaction-tallies/index.js';
import { ApplyProviderResult, StartPayment } from '../src/transactions/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

describe('what merchants do with transactions', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let other: Merchant;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);
  afterAll(async () => stack.stop());
  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    stack.provider.reachable = true;
    [merchant, other] = [await stack.newMerchant(), await stack.newMerchant()];
  });

  const tenant = ({ organizationId } = merchant) => ({ organizationId, livemode: false });
  const one = (transactionId: string, of = merchant) => ({ ...tenant(of), transactionId });
  const begin = async (changes: Parameters<MainStack['createCheckout']>[1] = {}): Promise<string> => {
    const { sessionPublicId } = await stack.createCheckout(merchant, changes);
    return (await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId })).transactionId;
  };
  const say = (transactionId: string, word: ProviderWord) =>
    stack.app.get(ApplyProviderResult).execute({
      scope: merchant.scope,
      providerId: merchant.providerId,
      transactionId,
      payment: stack.provider.decide(transactionId, { word }),
      source: 'webhook',
    });
  const list = (filter: Partial<ListTransactionsRequest> = {}) =>
    stack.rpc.request(listTransactions, { ...tenant(), page: 1, limit: 50, ...filter });
  const manual = (changes: Partial<CreateManualTransactionCommand> = {}) =>
    stack.rpc.request(createManualTransaction, {
      ...tenant(),
      siteId: merchant.siteId,
      amount: 1190,
      currency: 'EUR',
      method: 'cash',
      ...changes,
    });
  const stored = (id: string) => stack.database.collection<{ _id: string; deletedAt?: Date }>('transactions').findOne({ _id: id });

  describe('reading one', () => {
    it('shows the tax its checkout names', async () => {
      const items = [{ name: 'Shirt', quantity: 1, unitPrice: 4900, vatRate: 19, itemType: 'goods' }];
      const found = await stack.rpc.request(getTransaction, one(await begin({ items })));
      expect(found.tax).toEqual({
        taxIncluded: true,
        totalNet: 4118,
        totalTax: 782,
        totalGross: 4900,
        taxBreakdown: [{ taxRate: 19, taxRateCode: 'MANUAL', taxableBase: 4118, taxAmount: 782 }],
      });
    });

    it('says nothing of tax where the checkout does not', async () => {
      expect(await stack.rpc.request(getTransaction, one(await begin()))).not.toHaveProperty('tax');
    });
  });

  describe('metadata', () => {
    it('is replaced, also of a payment that is decided', async () => {
      const id = await begin({ metadata: { a: '1' } });
      await say(id, 'succeeded');
      const metadata = { b: '2', 'dotted.key': '3' };
      expect(await stack.rpc.request(updateTransactionMetadata, { ...one(id), metadata })).toMatchObject({ id, metadata });
      expect(await stack.rpc.request(getTransaction, one(id))).toMatchObject({ metadata, status: 'succeeded', eventVersion: 2 });
    });

    it('of a stranger’s transaction is not', async () => {
      const id = await begin({ metadata: { a: '1' } });
      await expect(stack.rpc.request(updateTransactionMetadata, { ...one(id, other), metadata: {} })).rejects.toMatchObject({
        code: 'transaction_not_found',
      });
      expect((await stack.rpc.request(getTransaction, one(id))).metadata).toEqual({ a: '1' });
    });
  });

  describe('cancelling', () => {
    it('asks the provider, and says who did it', async () => {
      const id = await begin();
      const cancelled = await stack.rpc.request(cancelTransaction, one(id));
      expect(cancelled).toMatchObject({ id, status: 'cancelled' });
      expect(cancelled.timeline.at(-1)).toMatchObject({ source: 'operator', status: 'cancelled' });
      expect(await stack.rpc.request(cancelTransaction, one(id))).toMatchObject({ status: 'cancelled' });
    });

    it('is too late for a payment that succeeded', async () => {
      const id = await begin();
      await say(id, 'succeeded');
      await expect(stack.rpc.request(cancelTransaction, one(id))).rejects.toMatchObject({
        code: 'transaction_not_cancellable',
        details: { transactionId: id, status: 'succeeded' },
      });
    });

    it('is for the owner only', async () => {
      const id = await begin();
      await expect(stack.rpc.request(cancelTransaction, one(id, other))).rejects.toMatchObject({ code: 'transaction_not_found' });
      expect((await stack.rpc.request(getTransaction, one(id))).status).toBe('initiated');
    });
  });

  describe('a manual transaction', () => {
    it('is a payment like every other', async () => {
      const paidAt = new Date(stack.clock.now().getTime() - 86_400_000).toISOString();
      const facts = { externalReference: 'order_9', email: 'ada@example.com', ipnUrl: 'https://shop.example/ipn', metadata: { till: '3' } };
      const { transaction, replayed } = await manual({ ...facts, paidAt, note: 'counter', description: 'Workshop', vatRate: 19 });
      expect(replayed).toBe(false);
      expect(transaction).toMatchObject({
        ...facts,
        status: 'succeeded',
        providerType: 'manual',
        paymentMethod: { type: 'cash' },
        succeededAt: paidAt,
        timeline: [{ type: 'recorded', status: 'succeeded', source: 'operator', detail: 'counter' }],
      });
      expect(transaction).not.toHaveProperty('providerId');
      expect(await stack.rpc.request(getTransaction, one(transaction.id))).toMatchObject({ tax: { totalTax: 190 } });
      const checkout = await stack.rpc.request(getCheckout, { ...tenant(), checkoutId: transaction.checkoutId });
      expect(checkout).toMatchObject({
        status: 'completed',
        transactionId: transaction.id,
        items: [{ name: 'Workshop', unitPrice: 1190 }],
      });
      const [event] = await stack.eventsOf(transaction.id);
      expect(event).toMatchObject({ status: 'succeeded', eventVersion: 1, ipnUrl: facts.ipnUrl, externalReference: 'order_9' });
      expect(event).not.toHaveProperty('providerId');
      expect((await list()).items.map(({ id }) => id)).toEqual([transaction.id]);
    });

    it('closes the open checkouts of its order', async () => {
      const open = await stack.createCheckout(merchant, { externalReference: 'order_10' });
      await manual({ externalReference: 'order_10' });
      const { status } = await stack.rpc.request(getCheckout, { ...tenant(), checkoutId: open.id });
      expect(status).toBe('cancelled');
    });

    it('is recorded once per Idempotency-Key, also by ten at once', async () => {
      const idempotency = { key: 'k-1', requestHash: 'a'.repeat(64) };
      const answers = await Promise.all(Array.from({ length: 10 }, () => manual({ idempotency })));
      expect(new Set(answers.map(({ transaction }) => transaction.id)).size).toBe(1);
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect((await list()).total).toBe(1);
      await expect(manual({ idempotency: { key: 'k-1', requestHash: 'b'.repeat(64) } })).rejects.toMatchObject({
        code: 'idempotency_key_reused',
      });
    });

    it.each([
      ['a payment to come', { paidAt: '2999-01-01T00:00:00Z' }, 'validation_failed'],
      ['an unknown site', { siteId: newObjectId() }, 'site_not_found'],
    ])('is refused: %s', async (_name, changes, code) => {
      await expect(manual(changes)).rejects.toMatchObject({ code });
      expect((await list()).total).toBe(0);
    });

    it('of a stranger’s site is refused', async () => {
      await expect(manual({ siteId: other.siteId })).rejects.toMatchObject({ code: 'site_not_found' });
    });
  });

  describe('deleting', () => {
    const gone = (id: string) => stack.rpc.request(deleteTransaction, one(id));

    it.each(['failed', 'cancelled'] as const)('takes a %s payment out of the list, and keeps it', async (word) => {
      const id = await begin();
      await say(id, word);
      expect(await gone(id)).toEqual({ id, status: word });
      expect(await list()).toMatchObject({ items: [], total: 0 });
      await expect(stack.rpc.request(getTransaction, one(id))).rejects.toMatchObject({ code: 'transaction_not_found' });
      await expect(gone(id)).rejects.toMatchObject({ code: 'transaction_not_found' });
      expect((await stored(id))?.deletedAt).toEqual(expect.any(Date));
    });

    it('works for a manual one, which did succeed', async () => {
      const { transaction } = await manual();
      await gone(transaction.id);
      expect((await list()).total).toBe(0);
    });

    it.each([
      ['initiated', undefined],
      ['pending_provider', 'pending'],
      ['succeeded', 'succeeded'],
    ] as const)('refuses an %s payment', async (status, word) => {
      const id = await begin();
      if (word) await say(id, word);
      await expect(gone(id)).rejects.toMatchObject({ code: 'transaction_not_deletable', details: { transactionId: id, status } });
      expect((await list()).total).toBe(1);
    });

    it('is for the owner only', async () => {
      const id = await begin();
      await say(id, 'failed');
      await expect(stack.rpc.request(deleteTransaction, one(id, other))).rejects.toMatchObject({ code: 'transaction_not_found' });
      expect((await list()).total).toBe(1);
    });

    it('is undone by money that comes in after all', async () => {
      const id = await begin();
      await say(id, 'failed');
      await gone(id);
      await say(id, 'succeeded');
      expect(await list()).toMatchObject({ items: [{ id, status: 'succeeded' }], total: 1 });
    });
  });

  describe('totals and figures', () => {
    const today = (): string => stack.clock.now().toISOString().slice(0, 10);
    const inYear = () => ({ from: `${today().slice(0, 4)}-01-01`, to: `${today().slice(0, 4)}-12-31` });

    it('are exact after every change, folded or not, and counted anew', async () => {
      const [paid, failed] = [await begin(), await begin({ currency: 'JPY' })];
      await begin();
      await say(paid, 'succeeded');
      await say(failed, 'failed');
      const { transaction: cash } = await manual();
      const { transaction: mistaken } = await manual();
      await stack.rpc.request(deleteTransaction, one(mistaken.id));
      const expectExact = async (): Promise<void> => {
        expect((await list()).total).toBe(4);
        expect((await list({ status: 'succeeded' })).total).toBe(2);
        expect((await list({ status: 'initiated' })).total).toBe(1);
        expect((await list({ currency: 'JPY' })).total).toBe(1);
        expect((await list({ providerId: merchant.providerId })).total).toBe(3);
        expect((await list({ siteId: merchant.siteId, status: 'succeeded', currency: 'JPY' })).total).toBe(0);
        expect((await list({ from: today(), to: today() })).total).toBe(4);
        expect((await list({ from: cash.createdAt })).total).toBe((await list({ from: cash.createdAt })).items.length);
        const question = { ...tenant(), from: today(), to: today(), withDays: true };
        const figures = await stack.rpc.request(transactionFigures, question);
        expect(await stack.rpc.request(transactionFigures, { ...question, ...inYear() })).toEqual(figures);
        const { byStatus, byProvider, byDay } = figures;
        const sum = { refundedAmount: 0 };
        expect(byStatus).toHaveLength(3);
        expect(byStatus).toEqual(
          expect.arrayContaining([
            { ...sum, currency: 'EUR', status: 'succeeded', count: 2, amount: 6090 },
            { ...sum, currency: 'EUR', status: 'initiated', count: 1, amount: 4900 },
            { ...sum, currency: 'JPY', status: 'failed', count: 1, amount: 4900 },
          ]),
        );
        expect(byProvider).toHaveLength(2);
        expect(byProvider).toEqual(
          expect.arrayContaining([
            { ...sum, providerId: merchant.providerId, providerType: 'fake', currency: 'EUR', count: 1, amount: 4900 },
            { ...sum, providerType: 'manual', currency: 'EUR', count: 1, amount: 1190 },
          ]),
        );
        expect(byDay).toEqual([{ ...sum, day: today(), currency: 'EUR', count: 2, amount: 6090 }]);
      };
      await expectExact();
      await Promise.all([stack.app.get(FoldTallies).execute(), stack.app.get(FoldTallies).execute()]);
      await expectExact();
      expect(await stack.app.get(FoldTallies).execute()).toBe(0);
      await stack.app.get(TalliesOfAllTenants).rebuild('transactions');
      await expectExact();
    });

    it('count many payments at once without one failing', async () => {
      await Promise.all(Array.from({ length: 20 }, () => manual()));
      expect((await list()).total).toBe(20);
    });

    it('are of one tenant only', async () => {
      await manual();
      const strange = await stack.rpc.request(transactionFigures, { ...tenant(other), ...inYear(), withDays: true });
      expect(strange).toEqual({ byStatus: [], byProvider: [], byDay: [] });
      expect((await stack.rpc.request(listTransactions, { ...tenant(other), page: 1, limit: 50 })).total).toBe(0);
    });
  });
});
