import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, IpnReceiver } from '@paygate/testing';
import type { Reply } from '@paygate/testing';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './launch-browser.js';
import { DESKTOP } from './screens.js';
import { Visit } from './visit.js';

// What the journeys take for granted: a page that does one of these things is noticed.

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const CARD = { number: '4242 4242 4242 4242', cvc: '7391' };

let browser: Browser;
let own: IpnReceiver;
let foreign: IpnReceiver;

beforeAll(async () => {
  [browser, own, foreign] = await Promise.all([launchBrowser(), IpnReceiver.start(), IpnReceiver.start()]);
});

afterAll(() => Promise.all([browser.close(), own.stop(), foreign.stop()]));

let script: string;
let body: string;
let policy: string;

beforeEach(() => {
  [script, body, policy] = ['', '<script src="/page.js"></script>', POLICY];
  own.reply(({ path }): Reply => {
    if (path.startsWith('/page.js')) return { headers: { 'content-type': 'text/javascript' }, body: script };
    if (!path.startsWith('/page')) return {};
    return { headers: { 'content-type': 'text/html', 'content-security-policy': policy }, body: `<!doctype html><title>x</title>${body}` };
  });
});

/** Opens the page and waits until the record holds what is expected. */
async function expectProblems(expected: readonly unknown[]): Promise<void> {
  const rules = { ownOrigins: [own.url], shopOrigin: 'http://shop.invalid' };
  const visit = await Visit.begin(browser, DESKTOP, rules);
  try {
    visit.record.protect(CARD);
    await visit.page.goto(`${own.url}/page`);
    // Nothing to wait for: only once all is quiet, nothing was found.
    if (expected.length === 0) await visit.page.waitForLoadState('networkidle');
    await eventually(() => expect(visit.record.problems()).toEqual(expected));
  } finally {
    await visit.end();
  }
}

describe('the record of a journey', () => {
  it('finds nothing in a page without fault', async () => {
    script = `fetch('/data?id=73911&card=4242', { method: 'POST', body: 'name=Ada' })`;
    await expectProblems([]);
  });

  it.each([
    { how: 'in an address', code: `fetch('/data?n=4242+4242+4242+4242')`, found: 'card number' },
    {
      how: 'without blanks, in a form',
      code: `fetch('/data', { method: 'POST', body: new URLSearchParams({ n: '4242424242424242' }) })`,
      found: 'card number',
    },
    {
      how: 'with blanks, in a JSON body',
      code: `fetch('/data', { method: 'POST', body: JSON.stringify({ n: '4242 4242 4242 4242' }) })`,
      found: 'card number',
    },
    { how: 'by a beacon', code: `navigator.sendBeacon('/data', 'n=4242%204242%204242%204242')`, found: 'card number' },
    { how: 'of a security code', code: `fetch('/data', { method: 'POST', body: 'name=Ada&cvc=7391' })`, found: 'security code' },
  ])('finds a leak $how', async ({ code, found }) => {
    script = code;
    await expectProblems([expect.stringMatching(new RegExp(`^${found} in (GET|POST) `))]);
  });

  it('finds a script that the policy stopped', async () => {
    body = '<script>document.title = "changed"</script>';
    await expectProblems([expect.stringMatching(/^console: .*Content Security Policy/)]);
  });

  it('finds an error nobody caught', async () => {
    script = `throw new Error('broken')`;
    await expectProblems([expect.stringContaining('uncaught: broken')]);
  });

  it('finds a file that does not exist', async () => {
    own.reply(({ path }): Reply => {
      if (path === '/page.js') return { status: 404 };
      return path === '/page' ? { headers: { 'content-type': 'text/html', 'content-security-policy': POLICY }, body } : {};
    });
    await expectProblems([expect.stringMatching(/^console: .*status of 404/)]);
  });

  it('finds a request to somebody else', async () => {
    policy = '';
    body = `<img src="${foreign.url}/pixel" alt="">`;
    await expectProblems([`${own.url} asked ${foreign.url}/pixel`, expect.stringContaining('policy of ')]);
  });

  it.each([
    ['a missing policy', ''],
    ['inline scripts', POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")],
    ['connections to anywhere', POLICY.replace("connect-src 'self'", 'connect-src *')],
    ['frames of others', POLICY.replace("; frame-ancestors 'none'", '')],
    ['an additional directive', `${POLICY}; frame-src https:`],
  ])('finds %s', async (_name, loose) => {
    policy = loose;
    await expectProblems([expect.stringContaining(`policy of ${own.url}/page is "${loose}"`)]);
  });
});
