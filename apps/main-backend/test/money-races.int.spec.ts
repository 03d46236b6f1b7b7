import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Transactions } from '@paygate/data-kit';
import { getTransaction, listRefunds, recalculateTransactionTax } from '@paygate/messages';
import type { RefundView, TransactionView } from '@paygate/messages';
import { calculateGivenTax, reverseTax } from '@paygate/tax';
import { ApplyDispute } from '../src/chargebacks/index.js';
import { ProviderGateway } from '../src/providers/index.js';
import { CreateRefund } from '../src/refunds/create-refund.js';
import { ReconcileRefunds } from '../src/refunds/reconcile-refunds.js';
import { ReconcilePayments } from '../src/transactions/reconcile-payments.js';
import { ApplyProviderResult, StartPayment } from '../src/transactions/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { taxMerchant, toldTax } from './support/tax.js';

const MINUTE_MS = 60_000;
const CALCULATION = calculateGivenTax({ amount: 4900, items: [{ quantity: 1, unitPrice: 4900, vatRate: 19, itemType: 'goods' }] });

/** Where a crash ends the work: before a step begins, or when it has had its effect and its answer is lost. */
const STEPS = ['first transaction', 'provider call', 'second transaction'] as const;
const MOMENTS = STEPS.flatMap((step) => (['before', 'after'] as const).map((when) => ({ step, when })));

describe('money under crashes and races', () => {
  let stack: MainStack;
  let merchant: Merchant;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
  });

  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    stack.provider.onRefund({ kind: 'answer', word: 'succeeded' });
    merchant = await stack.newMerchant();
    await taxMerchant(stack, merchant);
  });

  const tenant = () => ({ organizationId: merchant.organizationId, livemode: false });
  const transactionNow = (transactionId: string): Promise<TransactionView> =>
    stack.rpc.request(getTransaction, { ...tenant(), transactionId });
  const refundsOf = async (transactionId: string): Promise<RefundView[]> =>
    (await stack.rpc.request(listRefunds, { ...tenant(), transactionId, page: 1, limit: 50 })).items;
  async function paid(): Promise<string> {
    const { sessionPublicId } = await stack.createCheckout(merchant, { billingAddress: { country: 'DE' } });
    const { transactionId } = await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId });
    const payment = stack.provider.decide(transactionId, { word: 'succeeded' });
    const { scope, providerId } = merchant;
    await stack.app.get(ApplyProviderResult).execute({ scope, providerId, transactionId, payment, source: 'webhook' });
    return transactionId;
  }

  it('50 pays of one checkout at once make one charge', async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'succeeded' });
    const { sessionPublicId, id: checkoutId } = await stack.createCheckout(merchant);
    const start = () => stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId });
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, start));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const charges = stack.provider.calls.filter(({ operation, accountId }) => operation === 'create' && accountId === merchant.providerId);
    expect(charges).toHaveLength(1);
    expect(await stack.database.collection('transactions').countDocuments({ checkoutId })).toBe(1);
  }, 60_000);

  it('a timeout after the money was taken is one charge, reconciled', async () => {
    stack.provider.onCreate({ kind: 'timeout', received: true, word: 'succeeded' });
    const { sessionPublicId } = await stack.createCheckout(merchant);
    const { transactionId } = await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId });
    expect((await transactionNow(transactionId)).status).toBe('initiated');
    stack.clock.advance(MINUTE_MS);
    await stack.app.get(ReconcilePayments).execute();
    expect((await transactionNow(transactionId)).status).toBe('succeeded');
    expect(stack.provider.callsAbout(transactionId)).toEqual(['create', 'look_up']);
  });

  it.each(MOMENTS)('a crash $when the $step of a refund sends the money back once, or not at all', async ({ step, when }) => {
    const transactionId = await paid();
    const crash = crashing(stack, step, when);
    const refund = () => stack.app.get(CreateRefund).execute({ ...tenant(), transactionId, amount: 1900 });
    await crash.during(refund).catch(() => undefined);
    crash.restore();
    stack.clock.advance(MINUTE_MS);
    await stack.app.get(ReconcileRefunds).execute();
    const recorded = !(step === 'first transaction' && when === 'before');
    const amount = recorded ? 1900 : 0;
    expect(stack.provider.sentBack(transactionId)).toBe(amount);
    expect((await refundsOf(transactionId)).map(({ status }) => status)).toEqual(recorded ? ['succeeded'] : []);
    expect(await transactionNow(transactionId)).toMatchObject({
      status: 'succeeded',
      refundedAmount: amount,
      pendingRefundAmount: 0,
      refundableAmount: 4900 - amount,
    });
    const tax = await toldTax(stack, transactionId);
    expect(tax.told.map(({ sourceKind }) => sourceKind)).toEqual(recorded ? ['transaction', 'refund'] : ['transaction']);
    expect(tax.sums).toEqual(
      recorded ? { 'DE_STANDARD net': 2521, 'DE_STANDARD tax': 479 } : { 'DE_STANDARD net': 4118, 'DE_STANDARD tax': 782 },
    );
  });

  it('refunds, a dispute and a recalculation at once give back exactly the tax of what is gone', async () => {
    const transactionId = await paid();
    const refund = (amount: number) => stack.app.get(CreateRefund).execute({ ...tenant(), transactionId, amount });
    const amounts = [333, 701, 1, 1249, 87];
    const { scope, providerId } = merchant;
    const dispute = stack.provider.dispute(transactionId, 'open');
    const recalculate = () => stack.rpc.request(recalculateTransactionTax, { ...tenant(), transactionId });
    await Promise.allSettled([
      ...amounts.map(refund),
      stack.app.get(ApplyDispute).execute({ scope, providerId, dispute, source: 'webhook' }),
      recalculate(),
    ]);
    stack.clock.advance(MINUTE_MS);
    await stack.app.get(ReconcileRefunds).execute();
    // What met the others is told again by the provider.
    await stack.app.get(ApplyDispute).execute({ scope, providerId, dispute, source: 'webhook' });
    const back = (await refundsOf(transactionId))
      .filter(({ status }) => status === 'succeeded')
      .reduce((sum, { amount }) => sum + amount, 0);
    const disputed = await toldTax(stack, transactionId);
    expect(disputed.sums).toEqual(back === 0 ? {} : { untaxed: -back });
    expect(new Set(disputed.told.map(({ id }) => id)).size).toBe(disputed.told.length);

    await stack.app
      .get(ApplyDispute)
      .execute({ scope, providerId, dispute: stack.provider.dispute(transactionId, 'won'), source: 'webhook' });
    const won = await toldTax(stack, transactionId);
    const { breakdown } = reverseTax(CALCULATION, 0, Math.max(1, back));
    const [reversed] = back === 0 ? [] : breakdown;
    expect(won.sums).toEqual({
      'DE_STANDARD net': 4118 + (reversed?.taxableBase ?? 0),
      'DE_STANDARD tax': 782 + (reversed?.taxAmount ?? 0),
    });
  });
});

interface Crash {
  /** What is to end early; nothing else is touched. */
  during<T>(work: () => Promise<T>): Promise<T>;
  restore(): void;
}

/** Ends the work at a chosen moment, by an error nobody expects. */
function crashing(stack: MainStack, step: (typeof STEPS)[number], when: 'before' | 'after'): Crash {
  const crash = async <T>(work: () => Promise<T>): Promise<T> => {
    if (when === 'after') await work();
    throw new Error('the process was killed');
  };
  // Sweeps in the background open transactions, too.
  const isMine = new AsyncLocalStorage<true>();
  const during: Crash['during'] = (work) => isMine.run(true, work);
  if (step === 'provider call') {
    const gateway = stack.app.get(ProviderGateway);
    const real = gateway.createRefund.bind(gateway);
    const spy = jest.spyOn(gateway, 'createRefund').mockImplementation((...args) => crash(() => real(...args)));
    return { during, restore: () => spy.mockRestore() };
  }
  const database = stack.app.get(Transactions);
  const real = database.run.bind(database);
  const wanted = step === 'first transaction' ? 1 : 2;
  let runs = 0;
  const spy = jest.spyOn(database, 'run').mockImplementation((work) => {
    const isWanted = isMine.getStore() === true && ++runs === wanted;
    return isWanted ? crash(() => real(work)) : real(work);
  });
  return { during, restore: () => spy.mockRestore() };
}
