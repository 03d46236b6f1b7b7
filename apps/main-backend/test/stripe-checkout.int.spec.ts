import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Frame, Page } from 'playwright-core';
import { accessibilityProblems, eventually } from '@paygate/testing';
import { ProviderHttp } from '../src/providers/index.js';
import { StripeAdapter } from '../src/providers/stripe/index.js';
import { FakeStripe, newStripeAccount } from './fakes/stripe/index.js';
import type { StripeAccountState } from './fakes/stripe/index.js';
import { FakeStripeJs } from './fakes/stripe/stripe-js.js';
import { launchChromium } from './support/launch-chromium.js';
import { MainStack } from './support/main-stack.js';

// A browser takes its time where others compute beside it.
jest.setTimeout(120_000);

const BUYER = { email: 'ada@example.com', name: 'Ada Lovelace', country: 'DE' };

/** The whole way of a buyer through our page and Stripe's Payment Element, in a browser that enforces our content policy. */
describe("paying in Stripe's element", () => {
  let browser: Browser;
  let stripe: FakeStripe;
  let stack: MainStack;
  let page: Page;
  let state: StripeAccountState;
  let stripeJs: FakeStripeJs;
  let shortCode: string;
  let webhookSecret: string;
  let hook: string;
  let providerId: string;
  /** What the content policy did not let in, and what broke a script. */
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    stripe = await FakeStripe.start();
    const adapter = new StripeAdapter({ http: new ProviderHttp({ allowPrivateTargets: true }) });
    stack = await MainStack.start({}, { adapters: [adapter] });
  });
  afterAll(async () => {
    await stack.stop();
    await stripe.stop();
    await browser.close();
  });

  beforeEach(async () => {
    const { credentials } = newStripeAccount(stripe.url);
    const merchant = await stack.newMerchant({ provider: { type: 'stripe' }, credentials });
    state = stripe.register(credentials['secretKey'] ?? '');
    stripeJs = new FakeStripeJs(state, credentials['publishableKey'] ?? '');
    webhookSecret = credentials['webhookSecret'] ?? '';
    ({ providerId } = merchant);
    hook = `${stack.url}/hooks/stripe/${providerId}`;
    ({ shortCode } = await stack.createCheckout(merchant, { locale: 'en' }));
    complaints = [];
    page = await browser.newPage({ colorScheme: 'light' });
    page.setDefaultTimeout(100_000);
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await stripeJs.serve(page);
  });
  afterEach(async () => page.close());

  const screen = async (): Promise<string | null> => page.locator('body').getAttribute('data-screen');
  const reaches = async (kind: string): Promise<void> => page.locator(`body[data-screen="${kind}"]`).waitFor();
  /** Presses "Pay" and returns where the buyer goes on. */
  const started = async (): Promise<string> => {
    const body = new URLSearchParams({ ...BUYER, provider: providerId });
    const answer = await fetch(`${stack.url}/checkout/${shortCode}/pay`, { method: 'POST', redirect: 'manual', body });
    expect(answer.status).toBe(303);
    return new URL(answer.headers.get('location') ?? '', stack.url).href;
  };
  const start = async (): Promise<void> => {
    await page.goto(await started());
  };
  const ready = async (): Promise<void> => page.locator('#provider-fields button:not([disabled])').waitFor();
  const pay = async (): Promise<void> => page.locator('#provider-fields button[type="submit"]:not([disabled])').click();
  const only = <T>(things: readonly T[]): T => {
    expect(things).toHaveLength(1);
    return things[0]!;
  };

  it('leads from the form to the element and, paid, to the receipt', async () => {
    stripeJs.buyer('pays');
    await page.goto(`${stack.url}/checkout/${shortCode}`);
    await page.locator('[name="email"]').fill(BUYER.email);
    await page.locator('[name="name"]').fill(BUYER.name);
    await page.locator('[name="country"]').selectOption(BUYER.country);
    await page.locator('button.pay').click();
    await ready();
    const intent = only(state.intents);
    const record = await stripeJs.record(page);
    expect(record).toMatchObject({
      options: { locale: 'en' },
      elements: { clientSecret: intent.client_secret, appearance: { theme: 'stripe' } },
      payment: { defaultValues: { billingDetails: { name: 'Ada Lovelace', email: 'ada@example.com', address: { country: 'DE' } } } },
    });
    expect(record.elements.appearance.variables).toMatchObject({ colorPrimary: expect.stringMatching(/^#[0-9a-f]{6}$/i) });
    await pay();
    await reaches('paid');
    expect(state.charges).toHaveLength(1);
    expect(await page.locator('main').innerText()).toMatch(/Visa.*4242/);
    expect(complaints).toEqual([]);
  });

  it('asks for a card once more when it was declined, as a new payment', async () => {
    await start();
    stripeJs.buyer('is_declined', 'pays');
    await pay();
    await reaches('open');
    expect(await page.locator('[name="email"]').inputValue()).toBe('ada@example.com');
    expect(await page.locator('.notice').first().isVisible()).toBe(true);
    await page.locator('button.pay').click();
    await pay();
    await reaches('paid');
    expect(state.intents.map(({ status }) => status)).toEqual(['requires_payment_method', 'succeeded']);
  });

  it('lets the bank ask for 3-D Secure', async () => {
    await start();
    stripeJs.buyer('meets_3d_secure', 'passes_3d_secure');
    await pay();
    await reaches('paid');
    expect(complaints).toEqual([]);
  });

  it('waits for a debit', async () => {
    await start();
    stripeJs.buyer('orders_debit');
    await pay();
    await reaches('pending');
    // It comes in while the page waits and asks now and then.
    stack.clock.advance(60_000);
    await reaches('paid');
  });

  it('keeps the fields when Stripe could not be reached, and can be tried again', async () => {
    await start();
    stripeJs.buyer('is_unreachable', 'pays');
    await pay();
    await page.getByText('Stripe cannot be reached.').waitFor();
    expect(await screen()).toBe('fields');
    await pay();
    await reaches('paid');
    expect(state.intents).toHaveLength(1);
  });

  it('finds out when the payment was decided in another tab', async () => {
    await start();
    await ready();
    state.confirm(only(state.intents).id, 'pays');
    stripeJs.buyer('pays');
    await pay();
    await reaches('paid');
    expect(state.charges).toHaveLength(1);
  });

  it('says so when Stripe does not load, and offers another way', async () => {
    await page.route('https://js.stripe.com/*/stripe.js', (route) => route.abort());
    await start();
    await page.locator('[role="alert"][data-problem]:visible').waitFor();
    expect(await page.locator('#provider-fields button').isDisabled()).toBe(true);
    await page.locator('form[action$="/cancel"] button').click();
    await reaches('open');
    expect(only(state.intents).status).toBe('canceled');
  });

  it('shows the element again after a reload, and stores its secret nowhere', async () => {
    await start();
    const { client_secret } = only(state.intents);
    await page.reload();
    await ready();
    expect((await stripeJs.record(page)).elements.clientSecret).toBe(client_secret);
    expect(state.intents).toHaveLength(1);
    const collections = await stack.database.db?.collections();
    for (const collection of collections ?? []) {
      expect(JSON.stringify(await collection.find().toArray())).not.toContain(client_secret);
    }
  });

  it('follows the colours the buyer prefers', async () => {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await start();
    await ready();
    const { elements } = await stripeJs.record(page);
    expect(elements.appearance).toMatchObject({ theme: 'night', disableAnimations: true });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.waitForFunction(() => (window as unknown as { stripeJsRecord: { updates: object[] } }).stripeJsRecord.updates.length > 0);
    expect((await stripeJs.record(page)).updates.at(-1)).toMatchObject({ appearance: { theme: 'stripe' } });
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('is told by Stripe of a buyer who closed the page', async () => {
    await started();
    const { id, metadata } = only(state.intents);
    state.confirm(id, 'pays');
    const body = Buffer.from(JSON.stringify(state.events.findLast(({ type }) => type === 'payment_intent.succeeded')));
    const headers = { 'content-type': 'application/json', 'stripe-signature': stripe.sign(body, [webhookSecret]) };
    expect((await fetch(hook, { method: 'POST', headers, body })).status).toBe(200);
    const told = async () => (await stack.eventsOf(metadata['transactionId'] ?? '')).at(-1)?.status;
    await eventually(async () => expect(await told()).toBe('succeeded'));
  });

  it('lets the element open the wallet of the device, and no other page', async () => {
    const mayPay = (frame: Frame | undefined): Promise<boolean> | undefined =>
      frame?.evaluate(() =>
        (document as unknown as { featurePolicy: { allowsFeature(name: string): boolean } }).featurePolicy.allowsFeature('payment'),
      );
    await page.goto(`${stack.url}/checkout/${shortCode}`);
    expect(await mayPay(page.mainFrame())).toBe(false);
    await start();
    await ready();
    expect((await stripeJs.record(page)).payment.wallets).toEqual({ applePay: 'auto', googlePay: 'auto' });
    expect(await mayPay(page.frames().find((frame) => frame.url().startsWith('https://js.stripe.com/')))).toBe(true);
    // Apple's is opened by the page itself.
    expect(await mayPay(page.mainFrame())).toBe(true);
  });

  it('lets in nobody but Stripe, and only where the buyer pays', async () => {
    const policy = async (path: string) =>
      (await fetch(`${stack.url}/checkout/${shortCode}${path}`)).headers.get('content-security-policy');
    expect(await policy('')).not.toContain('stripe');
    const allowed = (await fetch(await started())).headers.get('content-security-policy') ?? '';
    expect(allowed.match(/https:\/\/[^\s;]+/g)?.every((origin) => /^https:\/\/((\*\.)?js|api|hooks)\.stripe\.com$/.test(origin))).toBe(
      true,
    );
    expect(allowed).toMatch(/script-src [^;]*https:\/\/js\.stripe\.com/);
    expect(allowed).not.toContain('unsafe');
  });
});
