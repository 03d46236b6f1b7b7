import { expect } from '@jest/globals';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startTestStack } from '../support/index.js';
import type { TestStack } from '../support/index.js';
import { launchBrowser } from './launch-browser.js';
import { PlatformTime } from './platform-time.js';
import type { Screen } from './screens.js';
import { TestShop } from './test-shop.js';
import { Visit } from './visit.js';

/** Starting a whole stack and a browser may take this long on a busy machine. */
export const START_TIMEOUT_MS = 120_000;

interface VisitOptions {
  readonly context?: BrowserContextOptions;
  readonly expectedErrors?: readonly RegExp[];
}

/** A stack, a shop and a browser for one file of tests. */
export class BrowserTest {
  private constructor(
    readonly stack: TestStack['stack'],
    readonly shop: TestShop,
    readonly time: PlatformTime,
    private readonly browser: Browser,
    private readonly stopStack: () => Promise<void>,
  ) {}

  static async start(serviceEnv: Readonly<Record<string, string>> = {}): Promise<BrowserTest> {
    const test = await startTestStack(serviceEnv);
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser();
      const time = await PlatformTime.connect(test.stack.urls.mongo);
      return new BrowserTest(test.stack, new TestShop(test), time, browser, () => test.stop());
    } catch (error) {
      // What was started must not outlive a start that failed: it would keep the test run from ending.
      await browser?.close();
      await test.stop();
      throw error;
    }
  }

  /**
   * Runs a journey as a new visitor. Whatever the journey is about, it must leave no error in the console, follow the content
   * policy, ask nobody foreign and keep the card in the browser. A failure leaves a picture in the temporary folder.
   */
  async visit(screen: Screen, journey: (visit: Visit) => Promise<void>, options: VisitOptions = {}): Promise<void> {
    const { adminApiUrl, checkoutUrl, hooksUrl } = this.stack;
    const rules = {
      ownOrigins: [adminApiUrl, checkoutUrl, hooksUrl],
      shopOrigin: this.shop.origin,
      expectedErrors: options.expectedErrors,
    };
    const visit = await Visit.begin(this.browser, screen, rules, options.context);
    try {
      await journey(visit);
      // The last page may still be loading: what its script complains about counts, too.
      await visit.page.waitForLoadState();
      expect(visit.record.problems()).toEqual([]);
    } catch (error) {
      if (error instanceof Error) error.message += `\n${await picture(visit)}`;
      throw error;
    } finally {
      await visit.end();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.browser.close(), this.time.close()]);
    await this.stopStack();
  }
}

async function picture({ page, screen }: Visit): Promise<string> {
  const path = join(tmpdir(), `paygate-${screen.name}-${Date.now()}.png`);
  try {
    await page.screenshot({ path, fullPage: true, timeout: 5_000 });
    return `at ${page.url()}, picture: ${path}`;
  } catch {
    return `at ${page.url()}, no picture could be taken`;
  }
}
