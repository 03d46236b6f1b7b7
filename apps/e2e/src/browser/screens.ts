import type { BrowserContextOptions, Locator } from 'playwright-core';

/** A kind of device, and how a person presses something on it. */
export interface Screen {
  readonly name: string;
  readonly context: BrowserContextOptions;
  press(target: Locator): Promise<void>;
  /** Twice as fast as a finger can: the second press does not wait for what the first one did. */
  pressTwice(target: Locator): Promise<void>;
}

export const DESKTOP: Screen = {
  name: 'desktop',
  context: { viewport: { width: 1280, height: 800 } },
  press: (target) => target.click(),
  pressTwice: (target) => target.dblclick(),
};

export const PHONE: Screen = {
  name: 'phone',
  context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  press: (target) => target.tap(),
  pressTwice: async (target) => {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (!box) throw new Error('there is nothing to press');
    const { touchscreen } = target.page();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await Promise.all([touchscreen.tap(x, y), touchscreen.tap(x, y)]);
  },
};

export const SCREENS: readonly Screen[] = [DESKTOP, PHONE];
