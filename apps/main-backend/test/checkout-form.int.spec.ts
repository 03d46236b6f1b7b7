import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessibilityProblems } from '@paygate/testing';
import { ViesFake } from './fakes/vies/vies-fake.js';
import { launchChromium } from './support/launch-chromium.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { taxMerchant, WITH_VIES } from './support/tax.js';

// A browser takes its time where others compute beside it.
jest.setTimeout(120_000);

const ITEM = { name: 'Blue shirt', quantity: 1, unitPrice: 4900, itemType: 'goods', vatRate: 19 } as const;

/** What the page's scripts do for a buyer, in a real browser under the page's own content policy. */
describe('filling in the payment form', () => {
  let browser: Browser;
  let stack: MainStack;
  let vies: ViesFake;
  let merchant: Merchant;
  let shortCode: string;
  let page: Page;
  /** What broke a script, or what the content policy did not let in. */
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    vies = await ViesFake.start();
    stack = await MainStack.start({ VIES_URL: vies.url });
  });
  afterAll(async () => {
    await stack.stop();
    await vies.stop();
    await browser.close();
  });

  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    merchant = await stack.newMerchant();
    complaints = [];
  });
  afterEach(async () => {
    expect(await keptInBrowser()).toEqual([]);
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  /** Cookies, and everything the page's origin has written into the browser. */
  const keptInBrowser = async (): Promise<string[]> => {
    const { cookies, origins } = await page.context().storageState({ indexedDB: true });
    const session = page.url().startsWith(stack.url) ? await page.evaluate(() => Object.keys(sessionStorage)) : [];
    return [...cookies.map(({ name }) => name), ...origins.map(({ origin }) => origin), ...session];
  };
  /** A new visitor, with the page open. */
  const open = async (options: BrowserContextOptions = {}): Promise<void> => {
    ({ shortCode } = await stack.createCheckout(merchant, { items: [ITEM] }));
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(60_000);
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    await page.route('https://fake.example/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><h1>The provider</h1>' }),
    );
    await page.goto(`${stack.url}/checkout/${shortCode}`);
  };
  const chooseCountry = (code: string): Promise<unknown> => page.locator('#country').selectOption(code);
  const typed = (name: string): Promise<string> => page.locator(`[name="${name}"]`).inputValue();
  const fill = async (): Promise<void> => {
    await page.locator('#email').fill('ada@example.com');
    await page.locator('#name').fill('Ada Lovelace');
    await chooseCountry('DE');
  };
  const pay = (): Promise<void> => page.locator('button.pay').click();
  const attempts = (): Promise<number> => stack.database.collection('transactions').countDocuments({ siteId: merchant.siteId });

  describe('in their language', () => {
    it.each([
      ['de-AT', 'de', 'Ihre Angaben', /^€\s?49,00 zahlen$|^49,00\s€ zahlen$/],
      ['pl-PL', 'pl', 'Twoje dane', /49,00\s€/],
      ['ja-JP', 'en', 'Your details', /^Pay €49\.00$/],
    ])('of a browser that prefers %s: %s', async (locale, language, words, button) => {
      await open({ locale });
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      expect(await page.locator('legend').first().innerText()).toBe(words);
      expect(await page.locator('button.pay').innerText()).toMatch(button);
    });

    it('chosen by themselves, with everything typed still there and nothing paid', async () => {
      await open();
      await fill();
      await page.locator('[data-language]').selectOption('fr');
      await page.locator('html[lang="fr"]').waitFor();
      expect([await typed('email'), await typed('name'), await typed('country')]).toEqual(['ada@example.com', 'Ada Lovelace', 'DE']);
      expect(await attempts()).toBe(0);
    });
  });

  describe('as it is done in their country', () => {
    it('asks for the address as it is written there, and keeps what was typed', async () => {
      await open();
      await fill();
      await page.locator('details.address summary').click();
      await page.locator('#city').fill('Portland');
      await page.locator('#postcode').fill('97201');
      await chooseCountry('US');
      await page.locator('select#state').selectOption('OR');
      expect(await page.locator('label[for="postcode"]').innerText()).toContain('ZIP code');
      expect([await typed('city'), await typed('postcode'), await page.locator('#city').isVisible()]).toEqual(['Portland', '97201', true]);
      await chooseCountry('DE');
      await page.locator('select#state').waitFor({ state: 'detached' });
      expect(await page.locator('label[for="postcode"]').innerText()).toContain('Postal code');
      expect(await typed('city')).toBe('Portland');
    });

    it('asks our server for the tax there, and shows what it answers', async () => {
      await open();
      expect(await page.locator('.totals .tax').innerText()).toMatch(/19%[^]*€7\.82/);
      const asked = page.waitForResponse(/\/tax-preview$/);
      await chooseCountry('FR');
      expect([(await asked).status(), (await asked).request().postDataJSON()]).toEqual([200, { billingAddress: { country: 'FR' } }]);
      // What it would be if the shop added the tax of the buyer's country.
      const answer = { taxIncluded: false, totalNet: 4900, totalTax: 1225, totalGross: 6125 };
      const taxBreakdown = [{ taxRate: 25, taxableBase: 4900, taxAmount: 1225 }];
      await page.route(/\/tax-preview$/, (route) => route.fulfill({ json: { ...answer, taxBreakdown } }));
      await chooseCountry('SE');
      await page.getByRole('button', { name: 'Pay €61.25' }).waitFor();
      expect(await page.locator('.totals .tax').innerText()).toMatch(/25%[^]*€12\.25/);
      expect(await page.locator('[data-tax-news]').innerText()).toMatch(/€12\.25[^]*€61\.25/);
    });

    it('offers the ways to pay that the shop has there', async () => {
      const debit = await stack.addProvider(merchant, { label: 'Bank debit' });
      const card = merchant.providerId;
      await stack.changeSite(merchant, {
        routing: [
          { providerId: card, countries: ['DE', 'FR'] },
          { providerId: debit, countries: ['DE'] },
        ],
      });
      await open();
      const offered = (): Promise<string[]> => page.locator('.method-label').allInnerTexts();
      const method = (label: string) => page.getByRole('radio', { name: label });
      expect(await offered()).toEqual(['Card', 'Bank debit']);
      await method('Card').check();
      await chooseCountry('FR');
      await method('Bank debit').waitFor({ state: 'detached' });
      expect([await offered(), await method('Card').isChecked()]).toEqual([['Card'], true]);
      expect(await page.locator('[data-methods-news]').innerText()).toBe('The ways to pay have changed.');
      await chooseCountry('JP');
      await page.getByText('No payment method for this country').waitFor();
      expect(await offered()).toEqual([]);
      expect(await page.locator('button.pay').isVisible()).toBe(false);
      // The Enter key sends the form all the same: the server says so, too, and it can still be put right.
      await page.locator('#email').fill('ada@example.com');
      await page.locator('#name').fill('Ada Lovelace');
      await page.locator('#name').press('Enter');
      await page.waitForURL(/\/pay$/);
      await page.getByText('No payment method for this country').waitFor();
      await chooseCountry('DE');
      await method('Bank debit').check();
      await pay();
      await page.getByText('The provider').waitFor();
      expect(await attempts()).toBe(1);
    });

    it('keeps the ways to pay when they cannot be asked for', async () => {
      await open();
      await page.route(/\/methods\?/, (route) => route.abort());
      const failed = page.waitForEvent('requestfailed');
      await chooseCountry('FR');
      await failed;
      expect(await page.locator('.method-label').allInnerTexts()).toEqual(['Card']);
    });
  });

  it('for a company: is told what is known of its VAT id, in words, and pays whatever it is', async () => {
    await taxMerchant(stack, merchant, WITH_VIES);
    vies.knows('ATU13585627', { name: 'Muster <b>& Söhne</b> GmbH', address: '---' });
    vies.knows('FR40303265045');
    vies.says('DE129273398', 'MS_UNAVAILABLE');
    await open({ viewport: { width: 390, height: 844 } });
    await fill();
    await page.locator('#business').check();
    const news = page.locator('#vatId-news');
    const leave = async (vatId: string): Promise<void> => {
      await page.locator('#vatId').fill(vatId);
      await page.locator('#company').focus();
    };
    const says = (words: string): Promise<void> => news.filter({ hasText: words }).waitFor();
    await leave('at u13585627');
    await says('Valid: Muster <b>& Söhne</b> GmbH');
    expect(await page.locator('#vatId').getAttribute('aria-describedby')).toContain('vatId-news');
    await page.locator('#vatId').press('End');
    await page.locator('#vatId').press('Backspace');
    await page.locator('#company').focus();
    await says('This VAT ID does not seem right');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await accessibilityProblems(page)]).toEqual([colorScheme, []]);
    }
    await leave('FR 40 303 265 045');
    await says('The VAT ID is valid.');
    // The fields of another country are new ones; what is known stays.
    await chooseCountry('FR');
    await page.locator('label[for="postcode"]').waitFor({ state: 'attached' });
    await says('The VAT ID is valid.');
    await leave('ATU14189108');
    await says('The EU register (VIES) does not know this VAT ID. You can pay all the same.');
    await page.route(/\/vat\/validate$/, (route) => route.abort());
    await leave('DE129273398');
    await says('The VAT ID could not be checked just now. You can pay all the same.');
    await page.locator('#business').uncheck();
    expect(await news.textContent()).toBe('');
    await page.locator('#business').check();
    await pay();
    await page.getByText('The provider').waitFor();
    expect(await attempts()).toBe(1);
  });

  describe('with a bad connection', () => {
    it('is told that nothing was sent, loses nothing, and pays when it is back', async () => {
      await open();
      await fill();
      await page.context().setOffline(true);
      await pay();
      await page.getByText('You seem to be offline').waitFor();
      expect([await typed('email'), await typed('country')]).toEqual(['ada@example.com', 'DE']);
      expect(await attempts()).toBe(0);
      await page.context().setOffline(false);
      await pay();
      await page.getByText('The provider').waitFor();
      expect(await attempts()).toBe(1);
    });

    it('hears of the decision as soon as it is back', async () => {
      await open();
      await fill();
      await pay();
      await page.getByText('The provider').waitFor();
      const { transactionId } = stack.provider.requests.at(-1)!;
      stack.provider.decide(transactionId, { word: 'pending' });
      await page.goto(`${stack.url}/checkout/${shortCode}/return?transactionId=${transactionId}`);
      await page.locator('body[data-screen="pending"]').waitFor();
      await page.context().setOffline(true);
      await page.getByText('You seem to be offline').waitFor();
      stack.provider.decide(transactionId, { word: 'succeeded' });
      stack.clock.advance(60_000);
      await page.context().setOffline(false);
      await page.locator('body[data-screen="paid"]').waitFor();
    });
  });

  it('is told where a transfer goes, in a form that suits everybody and every banking app', async () => {
    const transfer = { accountHolder: 'Example Ltd', iban: 'DE89370400440532013000', reference: 'PG 4711' };
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer', handOff: { kind: 'bank_transfer', transfer } });
    await open({ viewport: { width: 390, height: 844 }, permissions: ['clipboard-read', 'clipboard-write'] });
    await fill();
    await pay();
    await page.getByText('DE89 3704 0044 0532 0130 00').waitFor();
    await page.getByRole('button', { name: 'Copy: IBAN' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('DE89370400440532013000');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await accessibilityProblems(page)]).toEqual([colorScheme, []]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });

  it('prints a receipt on one sheet, without what is only for the screen', async () => {
    await open();
    await fill();
    await pay();
    await page.getByText('The provider').waitFor();
    const { transactionId } = stack.provider.requests.at(-1)!;
    stack.provider.decide(transactionId, { word: 'succeeded', method: { type: 'card', brand: 'Visa', last4: '4242' } });
    await page.addInitScript(() => Object.assign(window, { print: () => document.documentElement.classList.add('printed') }));
    await page.goto(`${stack.url}/checkout/${shortCode}/return?transactionId=${transactionId}`);
    await page.goto(`${stack.url}/checkout/${shortCode}/receipt`);
    await page.locator('button[data-print]').click();
    await page.locator('html.printed').waitFor();
    await page.emulateMedia({ media: 'print' });
    // It must not be taken for the receipt of real money.
    for (const shown of ['Blue shirt', 'Visa ending in 4242', transactionId, 'Test mode']) {
      expect(await page.getByText(shown).first().isVisible()).toBe(true);
    }
    expect(await page.locator('button:visible, select:visible').count()).toBe(0);
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g);
    expect(sheets).toHaveLength(1);
  });
});
