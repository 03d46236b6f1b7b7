import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessibilityProblems } from '@paygate/testing';
import { BrowserTest, START_TIMEOUT_MS } from './browser-test.js';
import { ADA } from './pages/checkout-page.js';
import { SCREENS } from './screens.js';
import { GOOD_CARD } from './test-cards.js';
import type { Visit } from './visit.js';

let test: BrowserTest;

beforeAll(async () => {
  test = await BrowserTest.start();
}, START_TIMEOUT_MS);

afterAll(() => test.stop());

const LINES = [
  { name: 'Professional plan', description: 'Twelve months', quantity: 2, unitPrice: 2200, itemType: 'digital_service', vatRate: 19 },
  { name: 'Shipping', quantity: 1, unitPrice: 900, itemType: 'shipping', vatRate: 19 },
  { name: 'Welcome discount', quantity: 1, unitPrice: -400, itemType: 'discount' },
];

/** Colours do not depend on the direction of writing, so each is looked at once. */
const LOOKS = [
  { colorScheme: 'light', direction: 'ltr' },
  { colorScheme: 'dark', direction: 'rtl' },
] as const;

/** The page as it is now, by day and by night, written from the left and from the right. */
async function suitsEverybody(visit: Visit): Promise<void> {
  const { page } = visit;
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.evaluate((dir) => (document.documentElement.dir = dir), look.direction);
    const problems = { accessibility: await accessibilityProblems(page), fits: await visit.fitsTheScreen() };
    expect({ url: page.url(), ...look, ...problems }).toEqual({ url: page.url(), ...look, accessibility: [], fits: true });
  }
}

describe.each(SCREENS)('on a $name, light and dark, from the left and from the right', (screen) => {
  it('the form, also with everything open and something wrong', () =>
    test.visit(
      screen,
      async (visit) => {
        const order = await test.shop.order({ items: LINES });
        await visit.checkout.open(order.checkout.paymentUrl);
        await suitsEverybody(visit);
        await visit.checkout.open(order.checkout.paymentUrl);
        await visit.checkout.fill({ ...ADA, email: 'ada', postcode: '1' });
        await visit.checkout.buyForBusiness({ company: 'Analytical Engines' });
        await visit.checkout.pay();
        await visit.checkout.announces('2 things need your attention');
        // An address with a list in it.
        await visit.checkout.country.selectOption({ label: 'United States' });
        await visit.checkout.says('ZIP code');
        await suitsEverybody(visit);
      },
      { expectedErrors: [/status of 422/] },
    ));

  it('a payment in progress, the payment received, its receipt', () =>
    test.visit(screen, async (visit) => {
      const order = await test.shop.order({ items: LINES });
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.fill(ADA);
      await visit.checkout.pay();
      await visit.sandbox.shows();
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.shows('A payment is in progress');
      await suitsEverybody(visit);
      await visit.checkout.continuePayment();
      await visit.sandbox.payByCard(GOOD_CARD);
      await visit.landsAt(test.shop.origin, `/thanks/${order.reference}`);
      await visit.checkout.open(order.checkout.paymentUrl);
      await visit.checkout.shows('Payment received');
      await suitsEverybody(visit);
      await visit.checkout.openReceipt();
      await suitsEverybody(visit);
    }));

  it('an order whose time is over, and a link that leads nowhere', () =>
    test.visit(
      screen,
      async (visit) => {
        const order = await test.shop.order();
        await test.time.expire(order.checkout.shortCode);
        await visit.checkout.open(order.checkout.paymentUrl);
        await visit.checkout.shows('This payment link has expired');
        await suitsEverybody(visit);
        await visit.checkout.open(`${order.checkout.paymentUrl}x`);
        await visit.checkout.shows('There is no payment page here');
        await suitsEverybody(visit);
      },
      { expectedErrors: [/status of 404/] },
    ));
});
