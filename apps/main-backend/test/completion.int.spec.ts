import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getCheckout, getTransaction } from '@paygate/messages';
import type { CheckoutView, CreatedCheckout, TransactionView } from '@paygate/messages';
import { eventually } from '@paygate/testing';
import { ProcessProviderEvents } from '../src/hooks/process-provider-events.js';
import { CancelTransaction, GetTransactionStatus, StartPayment } from '../src/transactions/index.js';
import { ReconcilePayments } from '../src/transactions/reconcile-payments.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

const HOUR_MS = 3_600_000;

describe('payments that we complete', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;
  let transactionId: string;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
  });

  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    stack.provider.completesPayments();
    stack.provider.reachable = true;
    stack.provider.forgetsUnpaidAfterMs = undefined;
    merchant = await stack.newMerchant();
    checkout = await stack.createCheckout(merchant);
    transactionId = await start();
  });

  const start = async (): Promise<string> => {
    const { sessionPublicId } = checkout;
    return (await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId })).transactionId;
  };
  const transaction = (): Promise<TransactionView> =>
    stack.rpc.request(getTransaction, { organizationId: merchant.organizationId, livemode: false, transactionId });
  const checkoutNow = (): Promise<CheckoutView> =>
    stack.rpc.request(getCheckout, { organizationId: merchant.organizationId, livemode: false, checkoutId: checkout.id });
  const comeBack = () => stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'return' });
  const cancel = () => stack.app.get(CancelTransaction).execute({ transactionId, sessionPublicId: checkout.sessionPublicId });
  const reconcile = (): Promise<number> => {
    stack.clock.advance(HOUR_MS);
    return stack.app.get(ReconcilePayments).execute();
  };
  const timesTaken = () => stack.provider.taken.filter((id) => id === transactionId).length;

  it('looking at one its buyer has not agreed to takes nothing', async () => {
    expect((await comeBack()).status).toBe('initiated');
    expect(stack.provider.callsAbout(transactionId)).not.toContain('complete');
  });

  it('is completed when the buyer comes back', async () => {
    stack.provider.agree(transactionId);
    expect((await comeBack()).status).toBe('succeeded');
    expect(timesTaken()).toBe(1);
    expect(await checkoutNow()).toMatchObject({ status: 'completed', transactionId });
    const told = (await stack.eventsOf(transactionId)).map(({ status }) => status);
    expect(told).toEqual(['initiated', 'pending_provider', 'succeeded']);
  });

  it('is completed when the provider tells, for a buyer who closed the page', async () => {
    stack.provider.agree(transactionId);
    expect((await stack.notify(merchant, transactionId)).status).toBe(200);
    await stack.app.get(ProcessProviderEvents).execute();
    await eventually(async () => expect((await transaction()).status).toBe('succeeded'));
    expect(timesTaken()).toBe(1);
  });

  it('is completed by the reconcile sweep when nobody told us', async () => {
    stack.provider.agree(transactionId);
    await reconcile();
    expect((await transaction()).status).toBe('succeeded');
    expect(timesTaken()).toBe(1);
  });

  it('is taken once when the return, the notification and the sweep come at the same time', async () => {
    stack.provider.agree(transactionId);
    stack.clock.advance(HOUR_MS);
    await Promise.all([
      ...Array.from({ length: 5 }, comeBack),
      ...Array.from({ length: 5 }, () => stack.notify(merchant, transactionId)),
      stack.app.get(ReconcilePayments).execute(),
    ]);
    await stack.app.get(ProcessProviderEvents).execute();
    await eventually(async () => expect((await transaction()).status).toBe('succeeded'));
    expect(timesTaken()).toBe(1);
    expect((await transaction()).timeline.filter(({ type }) => type === 'contradiction')).toEqual([]);
  });

  it.each([
    ['after the money was taken', true],
    ['before the money was taken', false],
  ])('an answer lost %s leaves it pending, and it is taken once in the end', async (_name, taken) => {
    stack.provider.agree(transactionId);
    stack.provider.completesPayments({ kind: 'timeout', taken });
    expect((await comeBack()).status).toBe('pending_provider');
    expect(timesTaken()).toBe(taken ? 1 : 0);
    stack.provider.completesPayments();
    await reconcile();
    expect((await transaction()).status).toBe('succeeded');
    expect(timesTaken()).toBe(1);
  });

  it('one that cannot be paid fails, and the buyer may try again', async () => {
    stack.provider.agree(transactionId);
    stack.provider.completesPayments({ kind: 'refuse', code: 'instrument_declined' });
    expect(await comeBack()).toMatchObject({ status: 'failed', failure: { code: 'instrument_declined' } });
    expect((await checkoutNow()).status).toBe('open');
    expect(await start()).not.toBe(transactionId);
  });

  it('no money is taken for a cancelled one, although its buyer agrees afterwards', async () => {
    expect((await cancel()).status).toBe('cancelled');
    stack.provider.agree(transactionId);
    expect((await comeBack()).status).toBe('cancelled');
    await stack.notify(merchant, transactionId);
    await stack.app.get(ProcessProviderEvents).execute();
    await reconcile();
    expect(timesTaken()).toBe(0);
    expect((await transaction()).timeline.filter(({ type }) => type === 'contradiction')).toEqual([]);
  });

  it('one whose money is being taken can no longer be cancelled', async () => {
    stack.provider.agree(transactionId);
    stack.provider.completesPayments({ kind: 'timeout', taken: false });
    await comeBack();
    await expect(cancel()).rejects.toMatchObject({ code: 'transaction_not_cancellable' });
    expect((await transaction()).status).toBe('pending_provider');
  });

  it('cancelling and coming back at the same time ends in one of the two, never in money for a cancelled one', async () => {
    for (let round = 0; round < 10; round++) {
      stack.provider.agree(transactionId);
      await Promise.allSettled([comeBack(), cancel()]);
      const { status } = await transaction();
      expect([status, timesTaken()]).toEqual(status === 'cancelled' ? ['cancelled', 0] : ['succeeded', 1]);
      checkout = await stack.createCheckout(merchant);
      transactionId = await start();
    }
  });

  it('nothing is taken when the provider speaks of another amount', async () => {
    stack.provider.decide(transactionId, { word: 'requires_buyer', awaitsCompletion: true, amount: 1 });
    expect((await comeBack()).status).toBe('initiated');
    expect(timesTaken()).toBe(0);
  });

  it('one the provider has forgotten fails when it is old enough', async () => {
    stack.provider.forgetsUnpaidAfterMs = 6 * HOUR_MS;
    stack.provider.forget(transactionId);
    await reconcile();
    expect((await transaction()).status).toBe('initiated');
    stack.clock.advance(6 * HOUR_MS);
    await reconcile();
    expect(await transaction()).toMatchObject({ status: 'failed', failure: { code: 'provider_lapsed' } });
  });
});
