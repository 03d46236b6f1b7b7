import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@paygate/testing';
import { BrowserTest, START_TIMEOUT_MS } from './browser-test.js';
import { ADA } from './pages/checkout-page.js';
import { PHONE } from './screens.js';
import { GOOD_ACCOUNT, GOOD_CARD, REFUSING_ACCOUNT } from './test-cards.js';
import type { Order } from './test-shop.js';
import { IPN_STATUS } from './test-shop.js';
import type { Visit } from './visit.js';

let test: BrowserTest;

beforeAll(async () => {
  // The bank decides when a test says so: a short delay could be over before a slow machine has shown the waiting page.
  // The platform itself asks the provider only after an hour, so what it learns without a page comes by the signed webhook.
  test = await BrowserTest.start({ SANDBOX_DEBIT_DELAY_MS: '3600000', SANDBOX_EVERY_MS: '100', RECONCILE_AFTER_MS: '3600000' });
}, START_TIMEOUT_MS);

afterAll(() => test.stop());

/** @returns the id of the transaction that waits for the bank */
async function orderDebit({ checkout, sandbox }: Visit, order: Order, iban: string): Promise<string> {
  await checkout.open(order.checkout.paymentUrl);
  await checkout.fill(ADA);
  await checkout.pay();
  await sandbox.payByDebit(iban);
  await checkout.shows('Waiting for the payment to be confirmed');
  return (await test.shop.notified(order, IPN_STATUS.pending)).id;
}

// One screen will do: what the screens show differently is looked at while paying by card.
describe.each([PHONE])('paying by bank debit on a $name', (screen) => {
  it('waits on a page that goes on to the shop by itself when the bank confirms', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      const transactionId = await orderDebit(visit, order, GOOD_ACCOUNT);
      expect(await visit.fitsTheScreen()).toBe(true);
      await test.time.decideDebit(transactionId);
      const address = await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`);
      expect(address.searchParams.get('transaction')).toBe(transactionId);
      expect((await test.shop.notified(order, IPN_STATUS.succeeded)).id).toBe(transactionId);
    }));

  it('thanks on the same page when the shop gave no address to return to', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order({ returnUrl: undefined });
      await test.time.decideDebit(await orderDebit(visit, order, GOOD_ACCOUNT));
      await visit.checkout.shows('Payment received');
      await visit.checkout.says('Bank debit, account ending in 3000');
    }));

  it('may close the page: the signed webhook tells the platform, which tells the shop', async () => {
    const order = await test.shop.order();
    let transactionId = '';
    await test.visit(screen, async (visit) => {
      transactionId = await orderDebit(visit, order, GOOD_ACCOUNT);
    });
    await test.time.decideDebit(transactionId);
    expect((await test.shop.notified(order, IPN_STATUS.succeeded)).id).toBe(transactionId);
    expect((await test.shop.readTransaction(transactionId)).status).toBe('succeeded');
  });

  it('is asked again, with everything typed before, when the bank refuses later', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      const transactionId = await orderDebit(visit, order, REFUSING_ACCOUNT);
      await test.time.decideDebit(transactionId);
      await visit.checkout.announces('Your bank did not allow the debit.');
      expect(await visit.checkout.details()).toEqual(ADA);
      expect((await test.shop.notified(order, IPN_STATUS.failed)).id).toBe(transactionId);
      await visit.checkout.pay();
      await visit.sandbox.payByCard(GOOD_CARD);
      await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`);
      await eventually(async () => expect(await test.shop.attempts(order)).toEqual(['succeeded', 'failed']));
    }));
});
