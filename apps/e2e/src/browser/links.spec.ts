import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserTest, START_TIMEOUT_MS } from './browser-test.js';
import { ADA } from './pages/checkout-page.js';
import { DESKTOP } from './screens.js';
import { GOOD_CARD } from './test-cards.js';

let test: BrowserTest;

beforeAll(async () => {
  test = await BrowserTest.start();
}, START_TIMEOUT_MS);

afterAll(() => test.stop());

// One screen will do: what the screens show differently is looked at while paying by card.
describe.each([DESKTOP])('a link that cannot be paid, opened on a $name', (screen) => {
  it('says that it has expired, and leads back to the shop', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await test.time.expire(order.checkout.shortCode);
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.shows('This payment link has expired');
      await visit.checkout.says('Nothing was charged.');
      expect(await visit.checkout.payButton.count()).toBe(0);
      expect(await visit.fitsTheScreen()).toBe(true);
      await visit.checkout.returnToShop();
      await visit.landsAt(test.shop.origin, `/basket/${order.reference}`);
    }));

  it('says so, too, when it expires while the form is being filled in', () =>
    test.visit(
      screen,
      async (visit) => {
        const order = await test.shop.order();
        await visit.checkout.open(order.checkout.paymentUrl);
        await visit.checkout.fill(ADA);
        await test.time.expire(order.checkout.shortCode);
        await visit.checkout.pay();
        await visit.checkout.shows('This payment link has expired');
        expect(await test.shop.attempts(order)).toEqual([]);
      },
      // The tax may be asked for at the very moment the time is over.
      { expectedErrors: [/status of 409 .*tax-preview/] },
    ));

  it('says that it is paid, with the receipt, also after going back from the shop', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order();
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.fill(ADA);
      await visit.checkout.pay();
      await visit.sandbox.payByCard(GOOD_CARD);
      const { href } = await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`);
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.shows('Payment received');
      await visit.checkout.says('Thank you. Your payment of €49.00 is complete.');
      await visit.checkout.says('Visa ending in 4242');
      expect(await visit.checkout.payButton.count()).toBe(0);
      await visit.checkout.returnToShop();
      expect((await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`)).href).toBe(href);
      await visit.page.goBack();
      await visit.checkout.shows('Payment received');
    }));

  it('says that a newer one took its place, and leads there', () =>
    test.visit(screen, async (visit) => {
      const older = await test.shop.order();
      const newer = await test.shop.order({ externalReference: older.reference });
      await visit.checkout.open(older.checkout.paymentUrl);
      await visit.checkout.shows('This link was replaced by a newer one');
      expect(await visit.checkout.payButton.count()).toBe(0);
      await visit.checkout.openNewer();
      await visit.checkout.payButton.waitFor();
      expect(visit.page.url()).toBe(newer.checkout.paymentUrl);
    }));

  it('says that it is unknown, with status 404', () =>
    test.visit(
      screen,
      async (visit) => {
        const answer = await visit.page.goto(`${test.stack.checkoutUrl}/checkout/NoSuchCode`);
        expect(answer?.status()).toBe(404);
        await visit.checkout.shows('There is no payment page here');
        await visit.checkout.says('The link may be incomplete.');
      },
      { expectedErrors: [/status of 404/] },
    ));
});
