import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserTest, START_TIMEOUT_MS } from './browser-test.js';
import { ADA } from './pages/checkout-page.js';
import { SCREENS } from './screens.js';
import { CARD_WITH_3DS, DECLINED_CARD, EXPIRED_CARD, GOOD_CARD, POOR_CARD } from './test-cards.js';
import type { Order } from './test-shop.js';
import { IPN_STATUS } from './test-shop.js';
import type { Visit } from './visit.js';

let test: BrowserTest;

beforeAll(async () => {
  test = await BrowserTest.start();
}, START_TIMEOUT_MS);

afterAll(() => test.stop());

/** The buyer is back at the shop, which knows by address, by notification and by asking that the order is paid. */
async function expectPaid(visit: Visit, order: Order): Promise<void> {
  const address = await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`);
  const transactionId = address.searchParams.get('transaction');
  const notification = await test.shop.notified(order, IPN_STATUS.succeeded);
  expect(notification).toMatchObject({ id: transactionId, externalReference: order.reference, status: 1 });
  expect(await test.shop.readTransaction(notification.id)).toMatchObject({ status: 'succeeded', amount: 4900, currency: 'EUR' });
}

async function goToProvider({ checkout, sandbox }: Visit, order: Order): Promise<void> {
  await checkout.open(order.checkout.paymentUrl);
  await checkout.fill(ADA);
  await checkout.pay();
  await sandbox.shows();
}

/** What the form of the provider's page sent. */
function paymentsSent({ record }: Visit): (string | null)[] {
  const payments = record.requests.filter((request) => request.method() === 'POST' && request.url().includes('/sandbox/pay/'));
  return payments.map((request) => request.postData());
}

describe.each(SCREENS)('paying by card on a $name', (screen) => {
  it('opens the page with little to load, nothing of it from elsewhere', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.page.waitForLoadState('networkidle');
      const sizes = await Promise.all(visit.record.requests.map((request) => request.sizes()));
      const bytes = sizes.map(({ responseHeadersSize, responseBodySize }) => responseHeadersSize + responseBodySize);
      // The document, the style sheet and the script, at least.
      expect(bytes.length).toBeGreaterThanOrEqual(3);
      expect(Math.min(...bytes)).toBeGreaterThan(0);
      expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(60_000);
      expect(new Set(visit.record.requests.map((request) => new URL(request.url()).origin))).toEqual(new Set([test.stack.checkoutUrl]));
    }));

  it('pays with a good card and comes back to the shop, which is notified', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.says('Professional plan');
      expect(await visit.fitsTheScreen()).toBe(true);
      await visit.checkout.fill(ADA);
      await visit.checkout.pay();
      await visit.sandbox.shows();
      expect(await visit.fitsTheScreen()).toBe(true);
      await visit.sandbox.payByCard(GOOD_CARD);
      await expectPaid(visit, order);
      expect(await test.shop.attempts(order)).toEqual(['succeeded']);
      // The record sees what forms send: the provider got the name of the test card instead of its number.
      expect(paymentsSent(visit)).toEqual([expect.stringMatching(/^instrument=tok_success\b/)]);
    }));

  it('is told why a card was declined, finds everything typed before, and pays with another', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await goToProvider(visit, order);
      await visit.sandbox.payByCard(DECLINED_CARD);
      await visit.checkout.announces('Your bank declined the card.');
      await visit.checkout.announces('You have not been charged.');
      expect(await visit.checkout.details()).toEqual(ADA);
      expect((await test.shop.notified(order, IPN_STATUS.failed)).externalReference).toBe(order.reference);
      await visit.checkout.pay();
      await visit.sandbox.payByCard(GOOD_CARD);
      await expectPaid(visit, order);
      expect(await test.shop.attempts(order)).toEqual(['succeeded', 'failed']);
    }));

  it.each([
    { card: POOR_CARD, what: 'has no money', reason: 'There is not enough money on the card or account.' },
    { card: EXPIRED_CARD, what: 'has expired', reason: 'The card has expired.' },
  ])('says so when the card $what', ({ card, reason }) =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await goToProvider(visit, order);
      await visit.sandbox.payByCard(card);
      await visit.checkout.announces(reason);
      await visit.checkout.payButton.waitFor();
      expect(await test.shop.attempts(order)).toEqual(['failed']);
    }),
  );

  it('passes 3-D Secure', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await goToProvider(visit, order);
      await visit.sandbox.payByCard(CARD_WITH_3DS);
      await visit.challenge.shows();
      await visit.challenge.pass();
      await expectPaid(visit, order);
    }));

  it('fails 3-D Secure and passes it on the next try', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await goToProvider(visit, order);
      await visit.sandbox.payByCard(CARD_WITH_3DS);
      await visit.challenge.shows();
      await visit.challenge.fail();
      await visit.checkout.announces('The bank could not confirm that it was you.');
      await visit.checkout.pay();
      await visit.sandbox.payByCard(CARD_WITH_3DS);
      await visit.challenge.shows();
      await visit.challenge.pass();
      await expectPaid(visit, order);
      expect(await test.shop.attempts(order)).toEqual(['succeeded', 'failed']);
    }));

  it('is asked for a test card when the number is not one, and nothing is sent', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await goToProvider(visit, order);
      await visit.sandbox.payByCard({ number: '5555 5555 5555 4444', cvc: GOOD_CARD.cvc });
      await visit.checkout.announces('Use one of the test cards above. Real cards do not work here.');
      expect(paymentsSent(visit)).toEqual([]);
    }));
});
