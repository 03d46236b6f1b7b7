import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserTest, START_TIMEOUT_MS } from './browser-test.js';
import { ADA } from './pages/checkout-page.js';
import { PHONE } from './screens.js';
import { GOOD_CARD } from './test-cards.js';
import type { Order } from './test-shop.js';
import type { Visit } from './visit.js';

let test: BrowserTest;

beforeAll(async () => {
  test = await BrowserTest.start();
}, START_TIMEOUT_MS);

afterAll(() => test.stop());

async function openFilled({ checkout }: Visit, order: Order): Promise<void> {
  await checkout.open(order.checkout.paymentUrl);
  await checkout.fill(ADA);
}

// One screen will do: what the screens show differently is looked at while paying by card.
describe.each([PHONE])('a buyer who hesitates, on a $name', (screen) => {
  it('cancels on the page of the provider, then pays after all', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await openFilled(visit, order);
      await visit.checkout.pay();
      await visit.sandbox.shows();
      await visit.sandbox.cancel();
      await visit.checkout.announces('The payment was cancelled');
      expect(await visit.checkout.details()).toEqual(ADA);
      await visit.checkout.pay();
      await visit.sandbox.payByCard(GOOD_CARD);
      await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`);
      expect(await test.shop.attempts(order)).toEqual(['succeeded', 'cancelled']);
    }));

  it('cancels on our page and lands where the shop wants, and may come back', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.cancelAndReturn();
      await visit.landsAt(test.shop.origin, `/basket/${order.reference}`);
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.payButton.waitFor();
      expect(await test.shop.attempts(order)).toEqual([]);
    }));

  it('is told what happened when the shop gave no address for cancelling', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order({ cancelUrl: undefined });
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.cancelAndReturn();
      await visit.checkout.shows('You left without paying');
    }));

  it('starts one payment when Pay is pressed twice', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await openFilled(visit, order);
      // The server takes its time: nothing is answered before the second press.
      let answer: () => void = () => undefined;
      const secondPress = new Promise<void>((resolve) => (answer = resolve));
      await visit.page.route('**/pay', async (route) => {
        await secondPress;
        await route.continue();
      });
      await visit.checkout.payTwice();
      answer();
      await visit.sandbox.shows();
      expect(visit.record.sentTo('POST', '/pay')).toHaveLength(1);
      expect(await test.shop.attempts(order)).toEqual(['initiated']);
    }));

  it('goes back from the page of the provider and continues there', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await openFilled(visit, order);
      await visit.checkout.pay();
      await visit.sandbox.shows();
      await visit.page.goBack();
      await visit.checkout.shows('A payment is in progress');
      expect(await visit.fitsTheScreen()).toBe(true);
      await visit.checkout.continuePayment();
      await visit.sandbox.payByCard(GOOD_CARD);
      await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`);
      expect(await test.shop.attempts(order)).toEqual(['succeeded']);
    }));

  it('goes back from the page of the provider and chooses again', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await openFilled(visit, order);
      await visit.checkout.pay();
      await visit.sandbox.shows();
      await visit.page.goBack();
      await visit.checkout.shows('A payment is in progress');
      await visit.checkout.chooseAnother();
      await visit.checkout.announces('The payment was cancelled');
      expect(await visit.checkout.details()).toEqual(ADA);
      await visit.checkout.pay();
      await visit.sandbox.payByCard(GOOD_CARD);
      await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`);
      expect(await test.shop.attempts(order)).toEqual(['succeeded', 'cancelled']);
    }));

  it('is told what is missing, at once and at each field, and keeps the rest', () =>
    test.visit(
      screen,
      async (visit) => {
        const order = await test.shop.order();
        await visit.checkout.open(order.checkout.paymentUrl);
        await visit.checkout.fill({ ...ADA, email: 'ada', name: '' });
        await visit.checkout.pay();
        await visit.checkout.announces('2 things need your attention');
        await visit.checkout.announces('Full name is missing.');
        await visit.checkout.announces('Enter an email address like name@example.com.');
        expect(await visit.checkout.details()).toEqual({ ...ADA, email: 'ada', name: '' });
        expect(await test.shop.attempts(order)).toEqual([]);
      },
      // A refused form is answered with 422, which the console of the browser mentions.
      { expectedErrors: [/status of 422/] },
    ));
});
