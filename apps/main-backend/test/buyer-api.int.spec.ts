import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CreatedCheckout } from '@paygate/messages';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

const SHOP = 'https://shop.example.test';

describe('buyer API', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
  });

  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    merchant = await stack.newMerchant();
    checkout = await stack.createCheckout(merchant, { locale: 'de' });
  });

  async function call(method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(`${stack.url}/api/v1/${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  }
  const create = (changes: object = {}, headers: Record<string, string> = {}) =>
    call(
      'POST',
      'transactions/create',
      { sessionPublicId: checkout.sessionPublicId, providerId: merchant.providerId, ...changes },
      headers,
    );

  it('shows a checkout to who knows its session', async () => {
    const { status, body } = await call('GET', `checkouts/${checkout.sessionPublicId}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      id: checkout.sessionPublicId,
      status: 'open',
      amount: 4900,
      currency: 'EUR',
      lineItems: [{ name: 'Blue shirt', quantity: 1, unitAmount: 4900 }],
      providers: [{ id: merchant.providerId, type: 'fake', label: 'Card' }],
      branding: { name: 'Example Shop', primaryColor: '#336699' },
      checkoutSettings: { vatIdValidation: 'format' },
      livemode: false,
      locale: 'de',
      expiresAt: expect.stringMatching(/Z$/),
    });
  });

  it('takes a payment from start to end', async () => {
    const started = await create({
      billingAddress: { name: 'Ada Lovelace', email: 'ada@example.com', line1: 'Road 1', postalCode: '10115', country: 'de' },
    });
    expect(started.status).toBe(200);
    const { transactionId } = started.body as { transactionId: string };
    expect(started.body).toEqual({ transactionId, status: -1, next: 'redirect', redirectUrl: `https://fake.example/pay_${transactionId}` });
    const stored = await stack.database.collection<{ _id: string }>('transactions').findOne({ _id: transactionId });
    expect(stored).toMatchObject({
      email: 'ada@example.com',
      billingAddress: { firstName: 'Ada', lastName: 'Lovelace', address1: 'Road 1', postcode: '10115', country: 'DE' },
    });
    stack.provider.decide(transactionId, { word: 'succeeded' });
    const { status, body } = await call('GET', `transactions/${transactionId}/status`);
    expect({ status, body }).toEqual({ status: 200, body: { id: transactionId, status: 'succeeded', amount: 4900, currency: 'EUR' } });
    expect((await call('GET', `checkouts/${checkout.sessionPublicId}`)).body).toMatchObject({ status: 'completed', transactionId });
  });

  it('transaction ids cannot be guessed from each other', async () => {
    const ids: string[] = [];
    for (let time = 0; time < 5; time++) {
      checkout = await stack.createCheckout(merchant);
      ids.push((await create()).body['transactionId'] as string);
    }
    expect(new Set(ids.map((id) => id.slice(8))).size).toBe(5);
    expect(new Set(ids.map((id) => id.slice(8, 18))).size).toBe(5);
  });

  it('tells how to go on only to the session', async () => {
    const { transactionId } = (await create()).body as { transactionId: string };
    const path = `transactions/${transactionId}/status`;
    expect((await call('GET', path)).body).toEqual({ id: transactionId, status: 'initiated', amount: 4900, currency: 'EUR' });
    const withSession = { redirectUrl: `https://fake.example/pay_${transactionId}` };
    expect((await call('GET', `${path}?sessionPublicId=${checkout.sessionPublicId}`)).body).toMatchObject(withSession);
    expect((await call('GET', path, undefined, { 'x-checkout-session': checkout.sessionPublicId })).body).toMatchObject(withSession);
    const wrong = await call('GET', path, undefined, { 'x-checkout-session': 'another' });
    expect(wrong).toMatchObject({ status: 404, body: { code: 'transaction_not_found' } });
  });

  it('cancels, and says when it is too late', async () => {
    const first = (await create()).body as { transactionId: string };
    const cancelled = await call('POST', `transactions/${first.transactionId}/cancel`, { sessionPublicId: checkout.sessionPublicId });
    expect(cancelled).toMatchObject({ status: 200, body: { id: first.transactionId, status: 'cancelled' } });
    const second = (await create()).body as { transactionId: string };
    stack.provider.decide(second.transactionId, { word: 'succeeded' });
    const late = await call('POST', `transactions/${second.transactionId}/cancel`);
    expect(late).toMatchObject({ status: 409, body: { code: 'transaction_not_cancellable', details: { status: 'succeeded' } } });
  });

  it('marks as pending what the provider calls pending', async () => {
    const { transactionId } = (await create()).body as { transactionId: string };
    expect((await call('POST', `transactions/${transactionId}/mark-pending`)).body).toMatchObject({ status: 'initiated' });
    stack.provider.decide(transactionId, { word: 'pending' });
    expect((await call('POST', `transactions/${transactionId}/mark-pending`, {})).body).toMatchObject({ status: 'pending_provider' });
  });

  it('a second start is told of the first', async () => {
    const { transactionId } = (await create()).body as { transactionId: string };
    expect(await create()).toMatchObject({ status: 409, body: { code: 'payment_in_progress', details: { transactionId } } });
  });

  describe('origins', () => {
    it.each([
      { headers: { origin: SHOP }, status: 200, shared: SHOP },
      { headers: { origin: 'https://pay.example.test' }, status: 200, shared: 'https://pay.example.test' },
      { headers: { referer: `${SHOP}/cart?a=b` }, status: 200, shared: null },
      { headers: {}, status: 200, shared: null },
      { headers: { origin: 'https://evil.example' }, status: 403, shared: null },
      { headers: { origin: 'null' }, status: 403, shared: null },
      { headers: { referer: 'https://evil.example/' }, status: 403, shared: null },
      { headers: { origin: `${SHOP}.evil.example` }, status: 403, shared: null },
    ])('$headers → $status', async ({ headers, status, shared }) => {
      const read = await call('GET', `checkouts/${checkout.sessionPublicId}`, undefined, headers as Record<string, string>);
      expect(read.status).toBe(status);
      expect(read.headers.get('access-control-allow-origin')).toBe(shared);
      if (status === 403) expect(read.body['code']).toBe('origin_not_allowed');
      expect((await create({}, headers as Record<string, string>)).status).toBe(status);
    });

    it('a page under any name of ours may ask, as the hosted page on a domain of the merchant does', async () => {
      const from = (origin: string) => call('GET', `checkouts/${checkout.sessionPublicId}`, undefined, { origin });
      expect((await from(stack.url)).status).toBe(200);
      expect((await from(stack.url.replace(/\d+$/, '1'))).status).toBe(403);
    });

    it("another site's origin may ask in advance, but not see this site's checkouts", async () => {
      await stack.newMerchant({ site: { allowedOrigins: ['https://other.example.test'] } });
      const origin = 'https://other.example.test';
      expect((await call('GET', `checkouts/${checkout.sessionPublicId}`, undefined, { origin })).status).toBe(403);
    });

    it('answers the question browsers ask before they send', async () => {
      const ask = (origin: string) =>
        fetch(`${stack.url}/api/v1/transactions/create`, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
        });
      const allowed = await ask(SHOP);
      expect(allowed.status).toBe(204);
      expect(allowed.headers.get('access-control-allow-origin')).toBe(SHOP);
      expect(allowed.headers.get('access-control-allow-headers')).toMatch(/X-Checkout-Session/);
      expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  describe('bad input', () => {
    it.each([
      { case: 'an empty body', body: '', code: 'malformed_json' },
      { case: 'broken JSON', body: '{"a"', code: 'malformed_json' },
      { case: 'no session', body: { sessionPublicId: undefined }, code: 'validation_failed', field: 'sessionPublicId' },
      { case: 'a provider id that is none', body: { providerId: 'x' }, code: 'validation_failed', field: 'providerId' },
      { case: 'an object as session', body: { sessionPublicId: { $ne: '' } }, code: 'validation_failed', field: 'sessionPublicId' },
      { case: 'an unknown field', body: { amount: 1 }, code: 'validation_failed', field: 'amount' },
      { case: 'a bad e-mail', body: { email: 'nobody' }, code: 'validation_failed', field: 'email' },
      {
        case: 'a country by name',
        body: { billingAddress: { country: 'Germany' } },
        code: 'validation_failed',
        field: 'billingAddress.country',
      },
      { case: 'an address that is text', body: { billingAddress: 'Road 1' }, code: 'validation_failed', field: 'billingAddress' },
    ])('$case → 400', async ({ body, code, field }) => {
      const answer = typeof body === 'string' ? await call('POST', 'transactions/create', body) : await create(body);
      expect(answer).toMatchObject({ status: 400, body: { code } });
      if (field !== undefined) expect(answer.body['details']).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
    });

    it('empty strings count as absent', async () => {
      expect((await create({ email: '', billingAddress: { address1: '', postcode: null, country: '' } })).status).toBe(200);
    });

    it.each(['nobody', 'f'.repeat(24), '%7B%22%24ne%22%3A1%7D'])('the unknown transaction %s → 404', async (id) => {
      for (const [method, verb] of [
        ['GET', 'status'],
        ['POST', 'cancel'],
        ['POST', 'mark-pending'],
      ] as const) {
        expect(await call(method, `transactions/${id}/${verb}`)).toMatchObject({ status: 404, body: { code: 'transaction_not_found' } });
      }
    });

    it('the unknown session → 404', async () => {
      expect(await call('GET', 'checkouts/nobody')).toMatchObject({ status: 404, body: { code: 'checkout_not_found' } });
      expect(await create({ sessionPublicId: 'nobody' })).toMatchObject({ status: 404, body: { code: 'checkout_not_found' } });
    });
  });

  it('every address it describes stands in the table of the README', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const { body } = await call('GET', 'docs/openapi.json');
    const paths = Object.entries(body['paths'] as Record<string, object>);
    const described = paths.flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
    const own = described.filter((address) => !/ \/(checkout|sandbox)\//.test(address));
    expect(own.length).toBeGreaterThanOrEqual(6);
    for (const address of own) expect(readme).toContain(`\`${address.replaceAll(/\{(\w+)\}/g, ':$1')}\``);
  });

  it('is described, with an example and the errors of each operation', async () => {
    const { body } = await call('GET', 'docs/openapi.json');
    const paths = body['paths'] as Record<string, Record<string, { responses: Record<string, unknown> }>>;
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/checkouts/{sessionPublicId}',
        '/api/v1/transactions/create',
        '/api/v1/transactions/{id}/status',
        '/api/v1/transactions/{id}/cancel',
        '/api/v1/transactions/{id}/mark-pending',
        '/hooks/{type}/{providerId}',
      ]),
    );
    expect(Object.keys(paths['/api/v1/transactions/create']?.['post']?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '400', '403', '404', '409']),
    );
  });
});
