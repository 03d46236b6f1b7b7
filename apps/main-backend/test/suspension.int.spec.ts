import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getCheckout, getTransaction, organizationSnapshot } from '@paygate/messages';
import type { CheckoutView, CreatedCheckout, TransactionView } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { eventually } from '@paygate/testing';
import { Configuration } from '../src/configuration/index.js';
import { StartPayment } from '../src/transactions/index.js';
import { ReconcilePayments } from '../src/transactions/reconcile-payments.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

const MINUTE_MS = 60_000;
const SHOP = { returnUrl: 'https://shop.example/thanks?t={transactionId}', cancelUrl: 'https://shop.example/cart' };

describe('a suspended organization', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);
  afterAll(async () => stack.stop());
  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    merchant = await stack.newMerchant();
    checkout = await stack.createCheckout(merchant, SHOP);
  });

  /** As admin-api announces it. */
  async function setStatus(status: 'active' | 'suspended'): Promise<void> {
    const { organizationId: id } = merchant;
    await stack.app.get(ConfigBucket).put(organizationSnapshot, id, { id, name: 'Example Ltd', status });
    await eventually(() => expect(stack.app.get(Configuration).organization(id)?.status).toBe(status));
  }
  const start = async (): Promise<string> => {
    const { sessionPublicId } = checkout;
    return (await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId })).transactionId;
  };
  const page = (path = ''): Promise<Response> => fetch(`${stack.url}/checkout/${checkout.shortCode}${path}`, { redirect: 'manual' });
  const screen = async (): Promise<string | undefined> => /data-screen="([a-z]+)"/.exec(await (await page()).text())?.[1];
  const tenant = () => ({ organizationId: merchant.organizationId, livemode: false });
  const transactionOf = (transactionId: string): Promise<TransactionView> =>
    stack.rpc.request(getTransaction, { ...tenant(), transactionId });
  const checkoutNow = (): Promise<CheckoutView> => stack.rpc.request(getCheckout, { ...tenant(), checkoutId: checkout.id });
  const statusesTold = async (transactionId: string) => (await stack.eventsOf(transactionId)).map(({ status }) => status);

  it('opens no checkout', async () => {
    await setStatus('suspended');
    await expect(stack.createCheckout(merchant)).rejects.toMatchObject({ code: 'organization_suspended' });
  });

  it('shows a polite page instead of the form, and takes no payment by it', async () => {
    await setStatus('suspended');
    const before = stack.provider.requests.length;
    const answer = await page();
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).toContain('No payment is possible at the moment');
    expect(html).toContain('href="https://shop.example/cart"');
    expect(html).not.toContain('class="payment"');

    const body = new URLSearchParams({ email: 'ada@example.com', name: 'Ada', country: 'DE', provider: merchant.providerId });
    const pay = await fetch(`${stack.url}/checkout/${checkout.shortCode}/pay`, { method: 'POST', redirect: 'manual', body });
    expect([pay.status, pay.headers.get('location')]).toEqual([303, `/checkout/${checkout.shortCode}`]);
    expect(stack.provider.requests.length).toBe(before);
    expect(await checkoutNow()).toMatchObject({ status: 'open' });
  });

  it('is refused by the buyer API', async () => {
    await setStatus('suspended');
    const before = stack.provider.requests.length;
    const { sessionPublicId } = checkout;
    const [read, created] = await Promise.all([
      fetch(`${stack.url}/api/v1/checkouts/${sessionPublicId}`),
      fetch(`${stack.url}/api/v1/transactions/create`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sessionPublicId, providerId: merchant.providerId }),
      }),
    ]);
    for (const answer of [read, created]) {
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'organization_suspended' });
    }
    expect(stack.provider.requests.length).toBe(before);
  });

  it('works again when it is resumed', async () => {
    await setStatus('suspended');
    expect(await screen()).toBe('closed');
    await setStatus('active');
    expect(await screen()).toBe('open');
    expect(await transactionOf(await start())).toMatchObject({ status: 'initiated' });
  });

  describe('with a payment under way', () => {
    it('still hears the notification of the provider, and the merchant is told', async () => {
      const transactionId = await start();
      await setStatus('suspended');
      stack.provider.decide(transactionId, { word: 'succeeded' });
      expect((await stack.notify(merchant, transactionId)).status).toBe(200);
      await eventually(async () => expect(await transactionOf(transactionId)).toMatchObject({ status: 'succeeded' }));
      expect(await checkoutNow()).toMatchObject({ status: 'completed', transactionId });
      expect(await statusesTold(transactionId)).toEqual(['initiated', 'succeeded']);
      expect(await screen()).toBe('paid');
    });

    it('still hears what the provider says when it is asked', async () => {
      stack.provider.onCreate({ kind: 'answer', word: 'pending' });
      const transactionId = await start();
      await setStatus('suspended');
      expect(await screen()).toBe('pending');
      stack.provider.decide(transactionId, { word: 'succeeded' });
      stack.clock.advance(2 * MINUTE_MS);
      await stack.app.get(ReconcilePayments).execute();
      expect(await transactionOf(transactionId)).toMatchObject({ status: 'succeeded' });
      expect(await statusesTold(transactionId)).toEqual(['initiated', 'pending_provider', 'succeeded']);
    });

    it('leads a buyer who comes back from paying to the shop', async () => {
      const transactionId = await start();
      await setStatus('suspended');
      stack.provider.decide(transactionId, { word: 'succeeded' });
      const back = await page(`/return?transactionId=${transactionId}`);
      expect([back.status, back.headers.get('location')]).toEqual([303, `https://shop.example/thanks?t=${transactionId}`]);
    });

    it('takes nobody to the provider any more', async () => {
      const transactionId = await start();
      await setStatus('suspended');
      expect(await screen()).toBe('closed');
      const onward = await page(`/continue?transactionId=${transactionId}`);
      expect([onward.status, onward.headers.get('location')]).toEqual([303, `/checkout/${checkout.shortCode}`]);
    });

    it('makes no payment of an attempt that was lost before the provider, and ends it', async () => {
      stack.provider.onCreate({ kind: 'timeout', received: false });
      const transactionId = await start();
      await setStatus('suspended');
      stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
      stack.clock.advance(MINUTE_MS);
      const status = await fetch(`${stack.url}/api/v1/transactions/${transactionId}/status`);
      expect(await status.json()).toMatchObject({ status: 'initiated' });
      expect(stack.provider.callsAbout(transactionId)).toEqual(['create', 'look_up']);

      stack.clock.advance(15 * MINUTE_MS);
      await stack.app.get(ReconcilePayments).execute();
      expect(await transactionOf(transactionId)).toMatchObject({ status: 'failed', failure: { code: 'provider_never_received' } });
      expect(await statusesTold(transactionId)).toEqual(['initiated', 'failed']);
    });
  });
});
