import { describe, expect, it } from '@jest/globals';
import { StartPayment } from '../src/transactions/index.js';
import { PaymentDesk } from './support/payment-desk.js';

describe('payments that are not possible', () => {
  const desk = PaymentDesk.open();

  describe('what cannot be paid', () => {
    it.each([
      { case: 'an unknown session', session: () => 'nobody', code: 'checkout_not_found' },
      { case: 'an unknown provider', provider: () => 'f'.repeat(24), code: 'provider_not_available' },
    ])('$case → $code', async ({ session, provider, code }) => {
      const input = {
        sessionPublicId: session?.() ?? desk.checkout.sessionPublicId,
        providerId: provider?.() ?? desk.merchant.providerId,
      };
      await expect(desk.stack.app.get(StartPayment).execute(input)).rejects.toMatchObject({ code });
    });

    it('a completed checkout', async () => {
      const { transactionId } = await desk.start();
      await desk.say(transactionId, 'succeeded');
      await expect(desk.start()).rejects.toMatchObject({ code: 'checkout_not_open', details: { status: 'completed', transactionId } });
    });

    it.each([
      { case: 'disabled', provider: { enabled: false } },
      { case: 'of the other mode', provider: { livemode: true } },
      { case: 'without an adapter', provider: { type: 'unheard_of' } },
      { case: 'of another organization', provider: { organizationId: 'a'.repeat(24) } },
    ])('a provider that is $case', async ({ provider }) => {
      desk.merchant = await desk.stack.newMerchant({ provider });
      const of = await desk.stack.createCheckout(desk.merchant);
      await expect(desk.start(of)).rejects.toMatchObject({ code: 'provider_not_available' });
    });

    it('a provider whose credentials cannot be read; the checkout stays open', async () => {
      desk.merchant = await desk.stack.newMerchant({ provider: { credentials: 'v1.lost.AAAA.AAAA' } });
      const of = await desk.stack.createCheckout(desk.merchant);
      await expect(desk.start(of)).rejects.toMatchObject({ code: 'provider_not_available' });
      expect((await desk.checkoutNow(of)).status).toBe('open');
    });

    it('a live checkout with a provider that moves no real money', async () => {
      desk.merchant = await desk.stack.newMerchant({ provider: { livemode: true } });
      const live = await desk.stack.createCheckout(desk.merchant, { livemode: true });
      await expect(desk.start(live)).rejects.toMatchObject({ code: 'provider_not_available' });
    });
  });
});
