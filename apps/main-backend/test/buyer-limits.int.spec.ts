import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CreatedCheckout } from '@paygate/messages';
import { HealthRegistry } from '@paygate/nest-kit';
import { eventually } from '@paygate/testing';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

const SHOP = 'https://shop.example.test';

async function startLimited(env: Record<string, string>): Promise<MainStack> {
  const stack = await MainStack.start(env, { redis: true });
  await eventually(async () => {
    const { checks } = await stack.app.get(HealthRegistry).run();
    expect(checks['redis']).toMatchObject({ status: 'up', critical: false });
  });
  return stack;
}

/** A request as Caddy hands it on, for a client at this address. */
function from(client: string, headers: Record<string, string> = {}): RequestInit {
  return { redirect: 'manual', headers: { 'x-forwarded-for': client, ...headers } };
}

describe('limits of what buyers use', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;

  beforeAll(async () => {
    stack = await startLimited({ RATE_LIMIT_EXEMPT: '' });
    merchant = await stack.newMerchant();
    checkout = await stack.createCheckout(merchant);
  });
  afterAll(async () => stack.stop());

  const api = (init: RequestInit = {}): Promise<Response> => fetch(`${stack.url}/api/v1/checkouts/${checkout.sessionPublicId}`, init);
  const page = (init: RequestInit = {}): Promise<Response> => fetch(`${stack.url}/checkout/${checkout.shortCode}`, init);
  /** On a busy machine Redis may answer too late once; such a request goes through uncounted and is made again. */
  const counted = async (init: RequestInit = {}): Promise<Response> => {
    for (let uncounted = 0; uncounted < 20; uncounted++) {
      const answer = await api(init);
      if (answer.headers.has('x-ratelimit-limit')) return answer;
    }
    throw new Error('requests are not counted');
  };
  const exhaust = async (client: string): Promise<void> => {
    for (let requests = 0; (await counted(from(client))).status === 200; requests++) expect(requests).toBeLessThan(100);
  };

  it('the 101st request of a minute is refused, with all that a client needs to wait', async () => {
    for (let request = 1; request <= 100; request++) {
      const answer = await counted();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-ratelimit-limit')).toBe('100');
      expect(answer.headers.get('x-ratelimit-remaining')).toBe(String(100 - request));
      expect(answer.headers.get('retry-after')).toBeNull();
    }
    const refused = await counted({ headers: { origin: SHOP } });
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(refused.headers.get('x-ratelimit-reset')).toBe(String(seconds));
    expect(refused.headers.get('x-request-id')).toBeTruthy();
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests', details: { retryAfterSeconds: seconds } });
    // The page of a shop may read all of it.
    expect(refused.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(refused.headers.get('access-control-expose-headers')).toMatch(/Retry-After.*X-RateLimit-Remaining/);
  });

  it('the 31st question of a minute about a VAT id is refused; the tax of those without one is not counted with them', async () => {
    const client = '203.0.113.31';
    const post = (path: string, body: object): Promise<Response> => {
      const { headers } = from(client, { 'content-type': 'application/json' });
      return fetch(`${stack.url}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const preview = `checkouts/${checkout.sessionPublicId}/tax-preview`;
    const questions = (): Promise<Response> => post('vat/validate', { vatId: 'ATU13585627' });
    const statuses: number[] = [];
    // Redis may answer too late once on a busy machine; then a request is not counted.
    while (statuses.at(-1) !== 429 && statuses.length < 40) statuses.push((await questions()).status);
    expect(statuses.slice(0, 30)).toEqual(Array<number>(30).fill(200));
    expect(statuses.at(-1)).toBe(429);
    expect((await post(preview, { billingAddress: { vatId: 'ATU13585627' } })).status).toBe(429);
    expect((await post(preview, { billingAddress: { country: 'AT', vatId: '' } })).status).toBe(200);
  });

  it('pages and API count together, and a buyer is told in a page', async () => {
    const client = '203.0.113.10';
    await exhaust(client);
    const refused = await page(from(client));
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toContain('text/html');
    expect(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.text()).toContain('Too many requests');
  });

  it.each([
    ['GET', 'api/v1/checkouts/unknown'],
    ['POST', 'api/v1/transactions/create'],
    ['GET', 'api/v1/transactions/69a1b2c3d4e5f60718293a4b/status'],
    ['POST', 'api/v1/transactions/69a1b2c3d4e5f60718293a4b/cancel'],
    ['POST', 'api/v1/transactions/69a1b2c3d4e5f60718293a4b/mark-pending'],
    ['GET', 'checkout/unknown'],
    ['POST', 'checkout/unknown/pay'],
    ['GET', 'checkout/unknown/continue'],
    ['GET', 'checkout/unknown/return'],
    ['GET', 'checkout/unknown/status'],
    ['POST', 'checkout/unknown/cancel'],
    ['GET', 'checkout/unknown/left'],
    ['GET', '%63heckout/unknown'],
  ])('%s /%s is limited', async (method, path) => {
    const client = '203.0.113.20';
    await exhaust(client);
    const answer = await fetch(`${stack.url}/${path}`, { method, ...from(client) });
    expect(answer.status).toBe(429);
  });

  it.each([
    ['POST', 'hooks/fake/65f0c0ffee0c0ffee0c0ffee', 400],
    ['GET', 'checkout/assets/unknown.css', 404],
    ['GET', 'sandbox/pay/unknown', 404],
    ['GET', 'sandbox/assets/unknown.css', 404],
    ['GET', 'health', 200],
    ['GET', 'api/v1/docs/openapi.json', 200],
    ['GET', 'unknown', 404],
  ])('%s /%s is not', async (method, path, status) => {
    const client = '203.0.113.30';
    await exhaust(client);
    const answer = await fetch(`${stack.url}/${path}`, { method, ...from(client) });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
  });

  it('the API description says which operations are limited', async () => {
    const { paths } = (await (await fetch(`${stack.url}/api/v1/docs/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { responses: object }>>;
    };
    const limited = Object.entries(paths).flatMap(([path, operations]) =>
      Object.values(operations).some(({ responses }) => '429' in responses) ? [path] : [],
    );
    expect(limited).toEqual(Object.keys(paths).filter((path) => path.startsWith('/api/v1/')));
    expect(limited.length).toBeGreaterThan(0);
  });

  it('every client has its own count; the addresses of one IPv6 customer share one', async () => {
    await exhaust('2001:db8:0:1::1');
    expect((await api(from('2001:db8:0:1:8000::2'))).status).toBe(429);
    expect((await api(from('2001:db8:0:2::1'))).status).toBe(200);
    expect((await api(from('203.0.113.40'))).status).toBe(200);
  });
});

describe('by default', () => {
  let stack: MainStack;

  beforeAll(async () => {
    stack = await startLimited({});
  });
  afterAll(async () => stack.stop());

  const ask = async (init: RequestInit = {}): Promise<Response> => fetch(`${stack.url}/api/v1/checkouts/unknown`, init);

  it('this machine is not limited, directly or through a proxy', async () => {
    for (const init of [{}, from('127.0.0.1'), from('::1')]) {
      const answers = await Promise.all(Array.from({ length: 110 }, () => ask(init)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
      expect(answers[0]?.headers.get('x-ratelimit-limit')).toBeNull();
    }
  });

  it('everybody else is, also who claims to be this machine', async () => {
    // Caddy replaces what a client sends; a proxy that appends leaves the client's own claim on the left.
    const claiming = from('127.0.0.1, 203.0.113.50');
    for (let requests = 0; (await ask(claiming)).status !== 429; requests++) expect(requests).toBeLessThan(120);
  });
});
