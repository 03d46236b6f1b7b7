import { describe, expect, it } from '@jest/globals';
import { GetTransactionStatus, MarkPending } from '../src/transactions/index.js';
import { MINUTE_MS, PaymentDesk } from './support/payment-desk.js';

describe('payments the provider leaves undecided or refuses', () => {
  const desk = PaymentDesk.open();

  describe('when the provider does not answer', () => {
    it('the outcome is unknown: the buyer waits, reconcile finds the success', async () => {
      desk.stack.provider.onCreate({ kind: 'timeout', received: true, word: 'succeeded' });
      const started = await desk.start();
      expect(started).toEqual({ transactionId: started.transactionId, status: -1, next: 'wait' });
      expect((await desk.checkoutNow()).status).toBe('processing');
      await desk.reconcile();
      expect((await desk.transactionOf(started.transactionId)).status).toBe('initiated');
      desk.stack.clock.advance(MINUTE_MS);
      await desk.reconcile();
      expect((await desk.transactionOf(started.transactionId)).status).toBe('succeeded');
      expect((await desk.checkoutNow()).status).toBe('completed');
      expect(await desk.statusesTold(started.transactionId)).toEqual(['initiated', 'succeeded']);
    });

    it('a payment it never received fails after 15 minutes and the buyer may pay again', async () => {
      desk.stack.provider.onCreate({ kind: 'timeout', received: false });
      const { transactionId } = await desk.start();
      for (let minute = 0; minute < 14; minute++) {
        desk.stack.clock.advance(MINUTE_MS);
        await desk.reconcile();
      }
      expect((await desk.transactionOf(transactionId)).status).toBe('initiated');
      desk.stack.clock.advance(10 * MINUTE_MS);
      await desk.reconcile();
      expect(await desk.transactionOf(transactionId)).toMatchObject({ status: 'failed', failure: { code: 'provider_never_received' } });
      expect((await desk.checkoutNow()).status).toBe('open');
      desk.stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
      expect((await desk.start()).next).toBe('redirect');
    });

    it('a waiting buyer gets on: what never reached the provider is submitted again, once, under the same key', async () => {
      desk.stack.provider.onCreate({ kind: 'timeout', received: false });
      const { transactionId, next } = await desk.start();
      expect(next).toBe('wait');
      desk.stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
      const poll = () => desk.stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'poll' });
      expect((await poll()).redirectUrl).toBeUndefined();
      desk.stack.clock.advance(10_000);
      expect((await poll()).redirectUrl).toBeDefined();
      desk.stack.clock.advance(10_000);
      await poll();
      expect(desk.stack.provider.callsAbout(transactionId)).toEqual(['create', 'look_up', 'look_up', 'create', 'look_up']);
      expect(desk.stack.provider.payment(transactionId).transactionId).toBe(transactionId);
    });

    it('a provider that is down is asked again later, less and less often', async () => {
      const { transactionId } = await desk.start();
      desk.stack.provider.reachable = false;
      desk.stack.clock.advance(MINUTE_MS);
      await desk.reconcile();
      await desk.reconcile();
      expect(desk.stack.provider.callsAbout(transactionId)).toEqual(['create', 'look_up']);
      desk.stack.provider.reachable = true;
      desk.stack.provider.decide(transactionId, { word: 'succeeded' });
      desk.stack.clock.advance(MINUTE_MS);
      await desk.reconcile();
      expect((await desk.transactionOf(transactionId)).status).toBe('succeeded');
    });
  });

  it('a payment the provider refuses fails at once and leaves the checkout open', async () => {
    desk.stack.provider.onCreate({ kind: 'refuse', code: 'currency_not_supported' });
    const started = await desk.start();
    expect(started).toMatchObject({ status: 2, next: 'done', failure: { code: 'currency_not_supported' } });
    expect((await desk.checkoutNow()).status).toBe('open');
  });

  describe('marking as pending', () => {
    it.each([
      { word: 'pending', status: 'pending_provider' },
      { word: 'requires_buyer', status: 'initiated' },
      { word: 'succeeded', status: 'succeeded' },
    ] as const)('takes the word of the provider: $word → $status', async ({ word, status }) => {
      const { transactionId } = await desk.start();
      desk.stack.provider.decide(transactionId, { word });
      expect((await desk.stack.app.get(MarkPending).execute({ transactionId })).status).toBe(status);
    });
  });
});
