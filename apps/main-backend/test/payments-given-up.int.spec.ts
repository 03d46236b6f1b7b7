import { describe, expect, it } from '@jest/globals';
import { eventually } from '@paygate/testing';
import { ExpireCheckouts } from '../src/checkouts/expire-checkouts.js';
import { ApplyProviderResult, CancelTransaction, GetTransactionStatus } from '../src/transactions/index.js';
import { HOUR_MS, PaymentDesk } from './support/payment-desk.js';

describe('payments that are given up or run out of time', () => {
  const desk = PaymentDesk.open();

  describe('cancelling', () => {
    const cancel = (transactionId: string) => desk.stack.app.get(CancelTransaction).execute({ transactionId });

    it('asks the provider, and can be repeated', async () => {
      const { transactionId } = await desk.start();
      expect((await cancel(transactionId)).status).toBe('cancelled');
      expect((await cancel(transactionId)).status).toBe('cancelled');
      expect(desk.stack.provider.payment(transactionId).word).toBe('cancelled');
      expect((await desk.checkoutNow()).status).toBe('open');
      expect(await desk.statusesTold(transactionId)).toEqual(['initiated', 'cancelled']);
    });

    it('a success that came first wins, and the answer says so', async () => {
      const { transactionId } = await desk.start();
      desk.stack.provider.decide(transactionId, { word: 'succeeded' });
      const details = { transactionId, status: 'succeeded' };
      await expect(cancel(transactionId)).rejects.toMatchObject({ code: 'transaction_not_cancellable', details });
      expect((await desk.checkoutNow()).status).toBe('completed');
    });

    it('a bank debit under way is not cancelled', async () => {
      desk.stack.provider.onCreate({ kind: 'answer', word: 'pending' });
      const { transactionId } = await desk.start();
      const details = { transactionId, status: 'pending_provider' };
      await expect(cancel(transactionId)).rejects.toMatchObject({ code: 'transaction_not_cancellable', details });
    });

    it('racing with a success ends in exactly one of the two, the same everywhere', async () => {
      for (let round = 0; round < 5; round++) {
        const of = await desk.stack.createCheckout(desk.merchant);
        const { transactionId } = await desk.start(of);
        const succeed = async (): Promise<void> => {
          if (desk.stack.provider.payment(transactionId).word === 'requires_buyer') await desk.say(transactionId, 'succeeded');
        };
        await Promise.allSettled(round % 2 === 0 ? [cancel(transactionId), succeed()] : [succeed(), cancel(transactionId)]);
        const { status } = await desk.transactionOf(transactionId);
        expect(status).toBe(desk.stack.provider.payment(transactionId).word);
        expect((await desk.checkoutNow(of)).status).toBe(status === 'succeeded' ? 'completed' : 'open');
        expect(await desk.statusesTold(transactionId)).toEqual(['initiated', status]);
      }
    });

    it('one the provider never heard of is given up, but not while it may still be on its way', async () => {
      desk.stack.provider.onCreate({ kind: 'timeout', received: false });
      const { transactionId } = await desk.start();
      await expect(cancel(transactionId)).rejects.toMatchObject({ code: 'payment_in_progress', details: { transactionId } });
      desk.stack.clock.advance(10_000);
      expect((await cancel(transactionId)).status).toBe('cancelled');
      expect((await desk.checkoutNow()).status).toBe('open');
    });

    it('given up while the provider was still at it: what it then makes is withdrawn', async () => {
      const release = desk.stack.provider.hold();
      const starting = desk.start();
      await eventually(async () => {
        expect((await desk.checkoutNow()).transactionId).toBeDefined();
      });
      const transactionId = (await desk.checkoutNow()).transactionId ?? '';
      await desk.stack.app
        .get(ApplyProviderResult)
        .concludeUnreceived({ scope: desk.merchant.scope, transactionId, to: 'cancelled', source: 'operator' });
      release();
      expect(await starting).toMatchObject({ status: -2, next: 'done' });
      expect(desk.stack.provider.payment(transactionId).word).toBe('cancelled');
    });

    it('an unreachable provider is an error, and nothing changes', async () => {
      const { transactionId } = await desk.start();
      desk.stack.provider.reachable = false;
      await expect(cancel(transactionId)).rejects.toMatchObject({ code: 'provider_error' });
      expect((await desk.transactionOf(transactionId)).status).toBe('initiated');
    });
  });

  describe('time', () => {
    it('an open checkout expires, by the clock at once and by the sweep in the database', async () => {
      desk.stack.clock.advance(24 * HOUR_MS);
      expect((await desk.checkoutNow()).status).toBe('expired');
      await expect(desk.start()).rejects.toMatchObject({ code: 'checkout_expired' });
      await desk.stack.app.get(ExpireCheckouts).execute();
      const rows = desk.stack.database.collection<{ _id: string; status: string }>('checkouts');
      expect(await rows.findOne({ _id: desk.checkout.id })).toMatchObject({ status: 'expired' });
      await expect(desk.start()).rejects.toMatchObject({ code: 'checkout_expired' });
    });

    it('one being paid does not expire under the buyer; an abandoned attempt is withdrawn afterwards', async () => {
      const { transactionId } = await desk.start();
      desk.stack.clock.advance(25 * HOUR_MS);
      await desk.stack.app.get(ExpireCheckouts).execute();
      expect((await desk.checkoutNow()).status).toBe('processing');
      await desk.reconcile();
      expect(desk.stack.provider.payment(transactionId).word).toBe('cancelled');
      expect((await desk.transactionOf(transactionId)).status).toBe('cancelled');
      expect((await desk.checkoutNow()).status).toBe('expired');
    });

    it('the page may poll as often as it likes; the provider is asked every few seconds', async () => {
      const { transactionId } = await desk.start();
      const looks = (): number => desk.stack.provider.callsAbout(transactionId).filter((operation) => operation === 'look_up').length;
      for (let time = 0; time < 5; time++) await desk.stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'poll' });
      expect(looks()).toBe(1);
      desk.stack.clock.advance(3_000);
      await desk.stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'poll' });
      expect(looks()).toBe(2);
    });
  });
});
