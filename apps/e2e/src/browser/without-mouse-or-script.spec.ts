import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { BrowserTest, START_TIMEOUT_MS } from './browser-test.js';
import { ADA } from './pages/checkout-page.js';
import { SCREENS } from './screens.js';
import { GOOD_CARD } from './test-cards.js';
import { IPN_STATUS } from './test-shop.js';

let test: BrowserTest;

beforeAll(async () => {
  test = await BrowserTest.start();
}, START_TIMEOUT_MS);

afterAll(() => test.stop());

const MOST_STOPS = 40;

/** Presses Tab until the target has the focus, and no other key. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target.toString()} was not reached with ${MOST_STOPS} times Tab`);
}

describe.each(SCREENS)('on a $name', (screen) => {
  it('pays with the keyboard alone', () =>
    test.visit(screen, async ({ page, checkout, sandbox, record }) => {
      const order = await test.shop.order();
      await checkout.open(order.checkout.paymentUrl);
      const { keyboard } = page;
      await keyboard.press('Tab');
      // The first stop leads past everything that is not the payment.
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to payment');
      await keyboard.press('Enter');
      await tabTo(page, checkout.email);
      await keyboard.type(ADA.email);
      await tabTo(page, checkout.name);
      await keyboard.type(ADA.name);
      await tabTo(page, checkout.country);
      await keyboard.type(ADA.country);
      await tabTo(page, checkout.payButton);
      await keyboard.press('Enter');
      await sandbox.shows();
      record.protect(GOOD_CARD);
      await tabTo(page, sandbox.number);
      await keyboard.type(GOOD_CARD.number);
      await tabTo(page, sandbox.expiry);
      await keyboard.type('12 / 39');
      await tabTo(page, sandbox.cvc);
      await keyboard.type(GOOD_CARD.cvc);
      await tabTo(page, sandbox.payButton);
      await keyboard.press('Enter');
      await page.waitForURL((url) => url.origin === test.shop.origin && url.pathname === `/thanks/${order.reference}`);
      expect((await test.shop.notified(order, IPN_STATUS.succeeded)).status).toBe(1);
    }));

  it('pays without JavaScript', () =>
    test.visit(
      screen,
      async (visit) => {
        const order = await test.shop.order();
        await visit.checkout.open(order.checkout.paymentUrl);
        await visit.checkout.fill(ADA);
        await visit.checkout.pay();
        await visit.sandbox.shows();
        await visit.sandbox.payByListedCard('4242 4242 4242 4242: Succeeds');
        await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`);
        expect((await test.shop.notified(order, IPN_STATUS.succeeded)).status).toBe(1);
      },
      { context: { javaScriptEnabled: false } },
    ));

  it('starts one payment without JavaScript when Pay is pressed twice', () =>
    test.visit(
      screen,
      async (visit) => {
        const order = await test.shop.order();
        await visit.checkout.open(order.checkout.paymentUrl);
        await visit.checkout.fill(ADA);
        await visit.checkout.payTwice();
        await visit.checkout.continueIfAsked();
        await visit.sandbox.shows();
        expect(await test.shop.attempts(order)).toEqual(['initiated']);
      },
      { context: { javaScriptEnabled: false } },
    ));
});
