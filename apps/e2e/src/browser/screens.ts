import type { BrowserContextOptions, Locator, Page } from 'playwright-core';

/** A kind of device, and how a person presses something on it. */
export interface Screen {
  readonly name: string;
  readonly context: BrowserContextOptions;
  press(target: Locator): Promise<void>;
  /** Where something is, without asking whether it wants to be pressed. */
  pressAt(page: Page, x: number, y: number): Promise<void>;
}

export const DESKTOP: Screen = {
  name: 'desktop',
  context: { viewport: { width: 1280, height: 800 } },
  press: (target) => target.click(),
  pressAt: (page, x, y) => page.mouse.click(x, y),
};

export const PHONE: Screen = {
  name: 'phone',
  context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  press: (target) => target.tap(),
  pressAt: (page, x, y) => page.touchscreen.tap(x, y),
};

export const SCREENS: readonly Screen[] = [DESKTOP, PHONE];
