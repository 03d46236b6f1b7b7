import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { siteSnapshot } from '@paygate/messages';
import type { CreateCheckoutCommand, CreatedCheckout } from '@paygate/messages';
import { ConfigBucket } from '@paygate/messaging-kit';
import { eventually } from '@paygate/testing';
import { MainStack } from './support/main-stack.js';
import type { HandOff } from '../src/providers/index.js';
import type { Merchant } from './support/main-stack.js';
import { taxMerchant } from './support/tax.js';

const BUYER = { email: 'ada@example.com', name: 'Ada Lovelace', country: 'DE', city: 'Berlin' };
const SHOP = { returnUrl: 'https://shop.example/thanks?t={transactionId}', cancelUrl: 'https://shop.example/cart?a=1&amp;b=2' };

describe('the hosted payment page', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;

  beforeAll(async () => {
    stack = await MainStack.start();
    merchant = await stack.newMerchant();
  });
  afterAll(async () => stack.stop());
  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    stack.provider.reachable = true;
    checkout = await stack.createCheckout(merchant, SHOP);
  });

  const get = (path = '', headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${stack.url}/checkout/${checkout.shortCode}${path}`, { redirect: 'manual', headers });
  const html = async (path = ''): Promise<string> => (await get(path)).text();
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${stack.url}/checkout/${checkout.shortCode}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams(fields),
    });
  const screen = async (): Promise<string | undefined> => /data-screen="([a-z]+)"/.exec(await html())?.[1];
  const locationOf = (answer: Response): string => {
    expect(answer.status).toBe(303);
    return answer.headers.get('location') ?? '';
  };
  /** Presses "Pay" and returns the transaction. */
  const pay = async (fields: Record<string, string> = {}): Promise<string> => {
    const location = locationOf(await post('/pay', { ...BUYER, provider: merchant.providerId, ...fields }));
    return new URL(location, stack.url).searchParams.get('transactionId') ?? '';
  };
  const other = async (changes: Partial<CreateCheckoutCommand>): Promise<void> => {
    checkout = await stack.createCheckout(merchant, changes);
  };

  describe('GET', () => {
    it('is complete, private and locked down', async () => {
      const answer = await get('', { 'accept-language': 'de-DE' });
      expect(answer.status).toBe(200);
      const page = await answer.text();
      expect(page).toContain('Example Shop');
      expect(page).toContain('Blue shirt');
      expect(page).toMatch(/49,00\s€ zahlen/);
      expect(page).toContain('<html lang="de"');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(page).toContain(`nonce="${/'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none'}"`);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('referrer-policy')).toBe('same-origin');
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
    });

    it('speaks the language of the checkout, whatever the browser says', async () => {
      await other({ ...SHOP, locale: 'fr-FR' });
      expect(await (await get('', { 'accept-language': 'en-US' })).text()).toMatch(/Payer 49,00\s€/);
    });

    it('serves its files for ever, compressed', async () => {
      const page = await html();
      const files = page.match(/\/checkout\/assets\/[^"/]+(?=")/g) ?? [];
      expect(files.length).toBeGreaterThan(5);
      for (const path of files) {
        const file = await fetch(stack.url + path);
        expect(file.status).toBe(200);
        expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
        expect(file.headers.get('content-encoding')).toBe('gzip');
      }
      expect((await fetch(`${stack.url}/checkout/assets/checkout.css`)).status).toBe(404);
    });

    it('is small: everything of the first view, compressed, is below 60 kB', async () => {
      const page = await html();
      const paths = (page.match(/(?:href|src)="(\/checkout\/assets\/[^"]+)"/g) ?? []).map((found) => /"([^"]+)"/.exec(found)?.[1] ?? '');
      const sizes = await Promise.all(
        paths.map(async (path) => Number((await fetch(stack.url + path, { method: 'GET' })).headers.get('content-length'))),
      );
      expect(sizes.every((size) => size > 0)).toBe(true);
      expect(sizes.reduce((sum, size) => sum + size, gzipSync(page).length)).toBeLessThan(60_000);
    });

    it.each([
      ['/en/US', 200, 'ZIP code'],
      ['/de/US', 200, 'Bundesstaat'],
      ['/de/JP', 200, 'Präfektur'],
      ['/xx/US', 404, ''],
      ['/en/XX', 404, ''],
      ['/en/constructor', 404, ''],
    ])('has the address fields of a country for the script: %s', async (path, status, words) => {
      const part = await fetch(`${stack.url}/checkout/assets/address${path}`);
      expect(part.status).toBe(status);
      expect(await part.text()).toContain(words);
    });

    it('has the ways to pay from a country for the script, in its language, as they are now', async () => {
      const part = await get('/methods?language=de&country=FR');
      expect([part.status, part.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(await part.text()).toMatch(/^<fieldset[^]*Zahlungsart[^]*<\/fieldset>$/);
      for (const country of ['', 'XX', 'constructor']) expect((await get(`/methods?country=${country}`)).status).toBe(200);
      await pay();
      expect((await get('/methods?country=FR')).status).toBe(409);
    });

    it.each([
      ['?language=pl', 'en-US', 'pl'],
      ['?language=xx', 'it-IT', 'it'],
      ['?locale=pt_BR', 'it-IT', 'pt'],
      ['?language[]=pl', 'nl', 'nl'],
    ])('with %s and a browser for %s speaks %s', async (query, browser, language) => {
      expect(await (await get(query, { 'accept-language': browser })).text()).toContain(`<html lang="${language}"`);
    });

    it.each(['nosuchcode', 'x'.repeat(200), '%00', "'", '..%2f..'])('knows no checkout %p', async (code) => {
      const answer = await fetch(`${stack.url}/checkout/${code}`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(await answer.text()).toContain('There is no payment page here');
    });

    it('shows the logo of the shop, and nothing else of others', async () => {
      const branded = await stack.newMerchant({
        site: { branding: { logoUrl: 'https://cdn.shop.example/logo.svg', primaryColor: '#ffe600' } },
      });
      checkout = await stack.createCheckout(branded);
      const answer = await get();
      expect(answer.headers.get('content-security-policy')).toContain("img-src 'self' https://cdn.shop.example;");
      expect(await answer.text()).toContain('src="https://cdn.shop.example/logo.svg"');
    });

    it('offers no payment on a site that takes none', async () => {
      const closing = await stack.newMerchant();
      checkout = await stack.createCheckout(closing);
      await stack.app.get(ConfigBucket).put(siteSnapshot, closing.siteId, Object.assign(closing.site, { active: false }));
      await eventually(async () => expect(await html()).toContain('No payment is possible at the moment'));
    });
  });

  describe('pay', () => {
    it('leads to the provider by a page of ours', async () => {
      const transactionId = await pay();
      const page = await html(`/continue?transactionId=${transactionId}`);
      expect(page).toContain(`content="0;url=https://fake.example/pay_${transactionId}"`);
      expect(await screen()).toBe('processing');
      expect(stack.provider.requests.at(-1)).toMatchObject({ transactionId, amount: 4900, email: 'ada@example.com' });
    });

    it.each([
      ['email', 'nobody', 'Enter an email address'],
      ['name', '', 'Full name is missing'],
      ['country', 'XX', 'Choose a country from the list'],
      ['provider', '', 'Choose how you want to pay'],
      ['provider', 'f'.repeat(24), 'Choose how you want to pay'],
    ])('with %s = %p shows the form again, with what was typed', async (field, value, words) => {
      const answer = await post('/pay', { ...BUYER, provider: merchant.providerId, [field]: value });
      expect(answer.status).toBe(422);
      const page = await answer.text();
      expect(page).toContain(words);
      expect(page).toContain('value="Berlin"');
      expect(await screen()).toBe('open');
    });

    it('of a buyer who could be anywhere is not taken where the merchant must know, and the page says why', async () => {
      merchant = await stack.newMerchant();
      await taxMerchant(stack, merchant, { strictEvidence: true, oss: { enabled: true, scheme: 'union', thresholdExceeded: false } });
      const items = [{ name: 'Song', quantity: 1, unitPrice: 4900, itemType: 'digital_service' }];
      await other({ items });
      const answer = await post('/pay', { ...BUYER, provider: merchant.providerId, country: 'AT', postcode: '1010' });
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('We need to be sure of your country');
      expect(await screen()).toBe('open');
      expect(await stack.database.collection('transactions').countDocuments({ organizationId: merchant.organizationId })).toBe(0);
      // A second piece of evidence that agrees.
      await other({ items, shippingAddress: { country: 'AT' } });
      await pay({ country: 'AT', postcode: '1010' });
      expect(await html()).toMatch(/20%[^]*€8\.17/);
      merchant = await stack.newMerchant();
    });

    it.each([
      ['another site', { origin: 'https://evil.example' }],
      ['nowhere', { origin: 'null' }],
      ['another site, by fetch metadata', { 'sec-fetch-site': 'cross-site' }],
    ])('is not taken from %s', async (_name, headers) => {
      const answer = await post('/pay', { ...BUYER, provider: merchant.providerId }, headers);
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('came from another website');
      expect(await screen()).toBe('open');
    });

    it('is taken from our own page', async () => {
      expect((await post('/pay', { ...BUYER, provider: merchant.providerId }, { origin: stack.url })).status).toBe(303);
    });

    it('pressed ten times pays once', async () => {
      const form = { ...BUYER, provider: merchant.providerId };
      const before = stack.provider.requests.length;
      const answers = await Promise.all(Array.from({ length: 10 }, () => post('/pay', form)));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 303));
      expect(stack.provider.requests.length - before).toBe(1);
    });

    it('keeps calm when the provider does not answer', async () => {
      stack.provider.onCreate({ kind: 'timeout', received: true });
      expect(locationOf(await post('/pay', { ...BUYER, provider: merchant.providerId }))).toBe(`/checkout/${checkout.shortCode}`);
      const page = await html();
      expect(page).toContain('A payment is in progress');
      const path = /href="\/checkout\/[^"/]+(\/continue[^"]+)"/.exec(page)?.[1] ?? '';
      expect(await html(path)).toContain('content="0;url=https://fake.example/');
    });

    it('tells a refusal in plain words', async () => {
      stack.provider.onCreate({ kind: 'refuse', code: 'card_declined' });
      const back = locationOf(await post('/pay', { ...BUYER, provider: merchant.providerId }));
      expect(locationOf(await fetch(stack.url + back, { redirect: 'manual' }))).toBe(`/checkout/${checkout.shortCode}`);
      expect(await html()).toContain('Your bank declined the card.');
    });

    it.each([
      ['application/json', '{}', 422],
      ['application/x-www-form-urlencoded', `email=${'x'.repeat(40_000)}`, 413],
      ['text/plain', 'x', 415],
    ])('with a body of %s is refused', async (type, body, status) => {
      const answer = await fetch(`${stack.url}/checkout/${checkout.shortCode}/pay`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      expect(answer.status).toBe(status);
    });
  });

  describe('a payment on our page', () => {
    const ELEMENT = { kind: 'stripe_element', publishableKey: 'pk_test_1', clientSecret: 'pi_1_secret_2' } as const;
    const TRANSFER = {
      kind: 'bank_transfer',
      transfer: { accountHolder: 'Example Ltd', iban: 'DE89370400440532013000', reference: 'PG 4711' },
    } as const;
    const payHere = async (handOff: HandOff, word: 'requires_buyer' | 'pending' = 'requires_buyer'): Promise<string> => {
      stack.provider.onCreate({ kind: 'answer', word, handOff });
      return locationOf(await post('/pay', { ...BUYER, provider: merchant.providerId }));
    };

    it('opens the policy for the fields of this provider, and only there', async () => {
      const path = await payHere(ELEMENT);
      const answer = await fetch(stack.url + path);
      const page = await answer.text();
      expect(page).toContain('data-client-secret="pi_1_secret_2"');
      expect(page).toContain('data-publishable-key="pk_test_1"');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'nonce-[^']+' https:\/\/js\.fake\.example;/);
      expect(policy).toContain("connect-src 'self' https://api.fake.example;");
      expect((await get()).headers.get('content-security-policy')).not.toContain('fake.example');
    });

    it('is never stored', async () => {
      await payHere(ELEMENT);
      const rows = await stack.database.collection('transactions').find().toArray();
      expect(JSON.stringify(rows)).not.toContain('pi_1_secret_2');
    });

    it('goes on after the buyer has left the page', async () => {
      const path = await payHere(ELEMENT);
      const page = await html();
      expect(page).toContain('A payment is in progress');
      expect(page).toContain(`href="${path}"`);
    });

    it('is over once it is paid', async () => {
      const path = await payHere(ELEMENT);
      const transactionId = new URL(path, stack.url).searchParams.get('transactionId') ?? '';
      stack.provider.decide(transactionId, { word: 'succeeded' });
      expect(locationOf(await fetch(stack.url + path, { redirect: 'manual' }))).toBe(`/checkout/${checkout.shortCode}`);
      expect(await screen()).toBe('paid');
    });

    it('shows where the money of a transfer goes', async () => {
      const page = await (await fetch(stack.url + (await payHere(TRANSFER)))).text();
      expect(page).toContain('DE89 3704 0044 0532 0130 00');
      expect(page).toContain('PG 4711');
      expect(page).toMatch(/data-state="processing"/);
    });

    it('keeps showing it while the money is on its way', async () => {
      stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer', handOff: TRANSFER });
      const transactionId = await pay();
      stack.provider.decide(transactionId, { word: 'pending', method: { type: 'bank_transfer' } });
      await get(`/return?transactionId=${transactionId}`);
      expect(await html()).toContain('Show the bank details');
      expect(await html(`/continue?transactionId=${transactionId}`)).toContain('data-state="pending"');
    });
  });

  describe('shown again, not paid', () => {
    it('in another language, with what was typed and no complaints', async () => {
      const answer = await post('/pay', { email: 'ada@', name: 'Ada', country: 'US', again: 'yes', language: 'fr' });
      expect(answer.status).toBe(200);
      const page = await answer.text();
      expect(page).toContain('<html lang="fr"');
      expect(page).toContain('value="ada@"');
      expect(page).toContain('Code ZIP');
      expect(page).not.toContain('role="alert"');
      expect(await screen()).toBe('open');
    });

    it('keeps the language through payment and return', async () => {
      const transactionId = await pay({ language: 'fr' });
      expect(stack.provider.requests.at(-1)?.locale).toBe('fr');
      stack.provider.decide(transactionId, { word: 'failed', failure: { code: 'card_declined', message: 'No.' } });
      await get(`/return?transactionId=${transactionId}`);
      expect(await html()).toContain('Votre banque a refusé la carte.');
    });

    it('when its address is opened again', async () => {
      expect(locationOf(await get('/pay'))).toBe(`/checkout/${checkout.shortCode}`);
    });
  });

  describe('the receipt', () => {
    it('is there once the checkout is paid', async () => {
      expect(locationOf(await get('/receipt'))).toBe(`/checkout/${checkout.shortCode}`);
      const transactionId = await pay();
      expect(locationOf(await get('/receipt'))).toBe(`/checkout/${checkout.shortCode}`);
      stack.provider.decide(transactionId, { word: 'succeeded', method: { type: 'card', brand: 'Visa', last4: '4242' } });
      await get(`/return?transactionId=${transactionId}`);
      const page = await html('/receipt');
      for (const shown of ['Receipt from Example Shop', 'Blue shirt', 'Visa ending in 4242', transactionId]) expect(page).toContain(shown);
      expect(page).not.toContain('ada@example.com');
    });
  });

  describe('return', () => {
    const comeBack = async (transactionId: string): Promise<string> => locationOf(await get(`/return?transactionId=${transactionId}`));

    it('after success goes to the shop, and the page is a receipt', async () => {
      const transactionId = await pay();
      stack.provider.decide(transactionId, { word: 'succeeded', method: { type: 'card', brand: 'Visa', last4: '4242' } });
      expect(await comeBack(transactionId)).toBe(`https://shop.example/thanks?t=${transactionId}`);
      const page = await html();
      expect(page).toContain('Payment received');
      expect(page).toContain('Visa ending in 4242');
      expect(page).not.toContain('ada@example.com');
    });

    it('after success stays here when the shop gave no address', async () => {
      await other({});
      const transactionId = await pay();
      stack.provider.decide(transactionId, { word: 'succeeded' });
      expect(await comeBack(transactionId)).toBe(`/checkout/${checkout.shortCode}`);
    });

    it('after a failure says why, keeps what was typed, and a second attempt pays', async () => {
      const failed = await pay();
      stack.provider.decide(failed, { word: 'failed', failure: { code: 'insufficient_funds', message: 'No funds.' } });
      expect(await comeBack(failed)).toBe(`/checkout/${checkout.shortCode}`);
      const page = await html();
      expect(page).toContain('There is not enough money');
      expect(page).toContain('value="Ada Lovelace"');
      expect(page).toContain('value="Berlin"');
      const paid = await pay();
      expect(paid).not.toBe(failed);
      stack.provider.decide(paid, { word: 'succeeded' });
      expect(await comeBack(paid)).toBe(`https://shop.example/thanks?t=${paid}`);
    });

    it('with a debit waits, and notices the decision', async () => {
      const transactionId = await pay();
      stack.provider.decide(transactionId, { word: 'pending' });
      await comeBack(transactionId);
      expect(await html()).toContain('Waiting for the payment to be confirmed');
      expect(await (await get('/status')).json()).toMatchObject({ screen: 'pending' });
      stack.provider.decide(transactionId, { word: 'succeeded' });
      stack.clock.advance(10_000);
      const update = { screen: 'paid', url: `/checkout/${checkout.shortCode}/return?transactionId=${transactionId}` };
      expect(await (await get('/status')).json()).toEqual(update);
    });

    it('with a debit notices also what the provider told our hooks', async () => {
      const transactionId = await pay();
      stack.provider.decide(transactionId, { word: 'pending' });
      await comeBack(transactionId);
      stack.provider.decide(transactionId, { word: 'succeeded' });
      await stack.notify(merchant, transactionId);
      await eventually(async () => expect(await screen()).toBe('paid'));
      const url = `/checkout/${checkout.shortCode}/return?transactionId=${transactionId}`;
      expect(await (await get('/status')).json()).toEqual({ screen: 'paid', url });
    });

    it('while the provider is down loses nothing', async () => {
      const transactionId = await pay();
      stack.provider.reachable = false;
      expect(await comeBack(transactionId)).toBe(`/checkout/${checkout.shortCode}`);
      expect(await screen()).toBe('processing');
    });

    it('knows nothing of the transaction of another checkout', async () => {
      const transactionId = await pay();
      await other(SHOP);
      for (const path of ['return', 'continue']) {
        expect((await get(`/${path}?transactionId=${transactionId}`)).status).toBe(404);
        expect((await get(`/${path}?transactionId=a&transactionId=b`)).status).toBe(404);
        expect((await get(`/${path}`)).status).toBe(404);
      }
    });
  });

  describe('cancel', () => {
    it('never says that nothing was charged when something was', async () => {
      const transactionId = await pay();
      expect(locationOf(await get('/left'))).toBe(`/checkout/${checkout.shortCode}`);
      stack.provider.decide(transactionId, { word: 'succeeded' });
      await get(`/return?transactionId=${transactionId}`);
      expect(locationOf(await get('/left'))).toBe(`/checkout/${checkout.shortCode}`);
    });

    it('before any payment leads to the shop, and the link stays good', async () => {
      expect(locationOf(await post('/cancel', { then: 'leave' }))).toBe(`/checkout/${checkout.shortCode}/left`);
      expect(await html('/left')).toContain('content="0;url=https://shop.example/cart?a=1&amp;b=2"');
      expect(await screen()).toBe('open');
    });

    it('shows a page of ours when the shop gave no address', async () => {
      await other({ cancelUrl: 'javascript:alert(1)' });
      await post('/cancel', { then: 'leave' });
      const page = await html('/left');
      expect(page).toContain('You left without paying');
      expect(page).not.toContain('javascript:');
    });

    it('gives the attempt up to choose another way', async () => {
      const transactionId = await pay();
      expect(locationOf(await post('/cancel', { then: 'choose' }))).toBe(`/checkout/${checkout.shortCode}`);
      expect(stack.provider.payment(transactionId).word).toBe('cancelled');
      expect(await html()).toContain('The payment was cancelled');
      expect(await screen()).toBe('open');
    });

    it('says so when it is not possible just now', async () => {
      await pay();
      stack.provider.reachable = false;
      const location = locationOf(await post('/cancel', { then: 'leave' }));
      expect(await (await fetch(stack.url + location)).text()).toContain('could not be cancelled just now');
    });

    it('comes too late after success', async () => {
      const transactionId = await pay();
      stack.provider.decide(transactionId, { word: 'succeeded' });
      const location = locationOf(await post('/cancel', { then: 'leave' }));
      expect(await (await fetch(stack.url + location)).text()).toContain('Payment received');
    });
  });

  describe('a link that is over', () => {
    it('has expired', async () => {
      await other({ ...SHOP, expireInHours: 1 });
      stack.clock.advance(3_600_001);
      const page = await html();
      expect(page).toContain('This payment link has expired');
      expect(page).toContain('href="https://shop.example/cart?a=1&amp;b=2"');
      expect(locationOf(await post('/pay', { ...BUYER, provider: merchant.providerId }))).toBe(`/checkout/${checkout.shortCode}`);
    });

    it('was replaced, and leads to the newer one', async () => {
      const reference = { ...SHOP, externalReference: 'the-same-order' };
      await other(reference);
      const newer = await stack.createCheckout(merchant, reference);
      const page = await html();
      expect(page).toContain('This link was replaced by a newer one');
      expect(page).toContain(`href="/checkout/${newer.shortCode}"`);
    });
  });
});
