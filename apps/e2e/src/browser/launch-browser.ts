import { findProgram } from '@paygate/tools';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** The distribution's Chromium: nothing is downloaded, and nothing runs in it that talks to the outside by itself. */
export function launchBrowser(moreArgs: readonly string[] = []): Promise<Browser> {
  const executablePath = findProgram('chromium');
  if (executablePath === undefined) throw new Error('Chromium is missing: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...moreArgs,
    ],
  });
}
