import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { BrowsingRecord } from './browsing-record.js';
import type { SafetyRules } from './browsing-record.js';
import { ChallengePage } from './pages/challenge-page.js';
import { CheckoutPage } from './pages/checkout-page.js';
import { SandboxPage } from './pages/sandbox-page.js';
import { SignInPage } from './pages/sign-in-page.js';
import type { Screen } from './screens.js';

/** Auto-waiting gives up after this; well below the time a test may take, so that the failure says what was waited for. */
const PATIENCE_MS = 12_000;

/** One person in a browser profile of their own. */
export class Visit {
  readonly checkout: CheckoutPage;
  readonly sandbox: SandboxPage;
  readonly challenge: ChallengePage;
  readonly signIn: SignInPage;

  private constructor(
    readonly page: Page,
    readonly record: BrowsingRecord,
    readonly screen: Screen,
  ) {
    this.checkout = new CheckoutPage(page, screen);
    this.sandbox = new SandboxPage(page, screen, (card) => record.protect(card));
    this.challenge = new ChallengePage(page, screen);
    this.signIn = new SignInPage(page, screen);
  }

  static async begin(browser: Browser, screen: Screen, rules: SafetyRules, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await browser.newContext({ ...screen.context, locale: 'en-GB', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    const record = new BrowsingRecord(context, rules);
    return new Visit(await context.newPage(), record, screen);
  }

  /** Waits until the buyer is back at a page of the shop, and gives its address. */
  async landsAt(origin: string, path: string): Promise<URL> {
    await this.page.waitForURL((url) => url.origin === origin && url.pathname === path);
    return new URL(this.page.url());
  }

  /** Everything is within the width of the screen, so that nobody has to scroll sideways. */
  async fitsTheScreen(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  }

  async end(): Promise<void> {
    await this.page.context().close();
  }
}
