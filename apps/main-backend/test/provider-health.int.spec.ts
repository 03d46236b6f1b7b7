import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { previewRouting, providerHealth } from '@paygate/messages';
import type { ProviderHealthView } from '@paygate/messages';
import { MetricsRegistry, openImpatientRedis } from '@paygate/nest-kit';
import { eventually, FixedClock, startRedis } from '@paygate/testing';
import type { RunningServer } from '@paygate/testing';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { HealthStore } from '../src/provider-health/health-store.js';
import { ProviderHealthBook } from '../src/provider-health/index.js';
import { GetTransactionStatus, StartPayment } from '../src/transactions/index.js';
import type { StartedPayment } from '../src/transactions/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

const MINUTE_MS = 60_000;
const ACCOUNT = { id: '65f0c0ffee0c0ffee0c0ffee', type: 'fake' };

describe('the health of providers, shared by instances', () => {
  let server: RunningServer;
  let connections: Redis[];
  const clock = new FixedClock(new Date());

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(async () => server.stop());
  beforeEach(() => {
    connections = [];
  });
  afterEach(() => connections.forEach((redis) => redis.disconnect()));

  const instance = (url = server.url): { book: ProviderHealthBook; metrics: () => Promise<string> } => {
    // What one question may take has no part in what is tested here.
    const redis = openImpatientRedis(url, 5_000);
    redis.on('error', () => undefined);
    connections.push(redis);
    const metrics = new MetricsRegistry('test');
    const book = new ProviderHealthBook(new HealthStore(redis), clock, pino({ level: 'silent' }), metrics);
    return { book, metrics: () => metrics.registry.metrics() };
  };
  const ready = (book: ProviderHealthBook): Promise<unknown> => eventually(async () => expect(await book.read(ACCOUNT.id)).toBeDefined());
  const standing = async (book: ProviderHealthBook): Promise<string | undefined> => (await book.standings([ACCOUNT]))[0];

  it('one instance sees what another one learned; one of them makes the trial', async () => {
    const [one, other] = [instance(), instance()];
    await Promise.all([ready(one.book), ready(other.book)]);
    for (let call = 0; call < 5; call++) await (call % 2 === 0 ? one : other).book.record(ACCOUNT, false);
    expect(await Promise.all([standing(one.book), standing(other.book)])).toEqual(['paused', 'paused']);
    expect(await one.metrics()).toContain(`provider_paused{provider_id="${ACCOUNT.id}",type="fake",service="test"} 1`);
    expect(await other.metrics()).toContain(`provider_paused{provider_id="${ACCOUNT.id}"`);

    clock.advance(MINUTE_MS);
    expect(await standing(other.book)).toBe('trial');
    const begun = await Promise.all([one, other, one, other].map(({ book }) => book.beginTrial(ACCOUNT.id)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect(await standing(one.book)).toBe('paused');

    await one.book.record(ACCOUNT, true);
    expect(await standing(other.book)).toBe('ready');
    expect(await other.metrics()).not.toContain('provider_paused{');
  });

  it('counts every call, however many are reported at once', async () => {
    const books = [instance().book, instance().book];
    await Promise.all(books.map(ready));
    const account = { id: 'a'.repeat(24), type: 'fake' };
    await Promise.all(books.flatMap((book) => [1, 2, 3, 4].map(() => book.record(account, true))));
    const { slices } = (await books[0]?.read(account.id)) ?? { slices: [] };
    expect(slices.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThanOrEqual(6);
  });

  it('while Redis is away every provider counts as working, and the operator sees it', async () => {
    const lonely = await startRedis();
    const { book, metrics } = instance(lonely.url);
    await ready(book);
    for (let call = 0; call < 5; call++) await book.record(ACCOUNT, false);
    expect(await standing(book)).toBe('paused');
    await lonely.stop();
    await eventually(async () => expect(await standing(book)).toBe('ready'));
    await book.record(ACCOUNT, false);
    expect(await book.beginTrial(ACCOUNT.id)).toBe(true);
    expect(await book.read(ACCOUNT.id)).toBeUndefined();
    expect(await metrics()).toContain('provider_health_store_up{service="test"} 0');
  });
});

describe('a provider that keeps failing', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let failing: string;
  let working: string;

  beforeAll(async () => {
    stack = await MainStack.start({}, { redis: true });
    await eventually(async () => expect(await stack.app.get(ProviderHealthBook).read(ACCOUNT.id)).toBeDefined());
  }, 60_000);
  afterAll(async () => stack.stop());
  beforeEach(async () => {
    merchant = await stack.newMerchant();
    failing = merchant.providerId;
    working = await stack.addProvider(merchant);
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
  });

  const pay = async (providerId?: string): Promise<StartedPayment> => {
    const { sessionPublicId } = await stack.createCheckout(merchant);
    return stack.app.get(StartPayment).execute({ sessionPublicId, providerId });
  };
  const payMany = async (times: number, providerId: string): Promise<void> => {
    for (let time = 0; time < times; time++) await pay(providerId);
  };
  const providerOf = async (started: Promise<StartedPayment>): Promise<string | undefined> => {
    const { transactionId } = await started;
    return stack.provider.calls.find((call) => call.transactionId === transactionId)?.accountId;
  };
  const offered = async (): Promise<string[]> => {
    const { sessionPublicId } = await stack.createCheckout(merchant);
    const answer = await fetch(`${stack.url}/api/v1/checkouts/${sessionPublicId}`);
    return ((await answer.json()) as { providers: { id: string }[] }).providers.map(({ id }) => id);
  };
  const healthOf = (providerId: string): Promise<ProviderHealthView> =>
    stack.rpc.request(providerHealth, { organizationId: merchant.organizationId, livemode: false, providerId });
  const breakDown = async (providerId = failing): Promise<void> => {
    stack.provider.onCreateAt(providerId, { kind: 'timeout', received: false });
    // A question to Redis that a busy machine answers too late is not counted, so some may have to be asked again.
    await eventually(async () => {
      await pay(providerId);
      expect((await healthOf(providerId)).standing).toBe('paused');
    });
  };

  it('is taken out while another one is there, and the owner sees it', async () => {
    await breakDown();
    expect(await offered()).toEqual([working]);
    expect(await providerOf(pay())).toBe(working);
    await expect(pay(failing)).rejects.toMatchObject({ code: 'provider_not_available' });
    expect(await healthOf(failing)).toMatchObject({
      standing: 'paused',
      recentCalls: expect.any(Number),
      recentFailures: expect.any(Number),
      pausedSince: expect.any(String),
      pausedUntil: expect.any(String),
    });
    const request = { organizationId: merchant.organizationId, livemode: false, siteId: merchant.siteId, amount: 1, currency: 'EUR' };
    expect((await stack.rpc.request(previewRouting, request)).providers.map(({ providerId, reason }) => [providerId, reason])).toEqual([
      [working, 'offered'],
      [failing, 'paused'],
    ]);
  });

  it('comes back through one payment that works', async () => {
    await breakDown();
    stack.provider.onCreateAt(failing, { kind: 'answer', word: 'requires_buyer' });
    stack.clock.advance(MINUTE_MS);
    expect(await offered()).toEqual([failing, working]);
    expect(await providerOf(pay())).toBe(failing);
    await eventually(async () => expect((await healthOf(failing)).standing).toBe('ready'));
  });

  it('while one payment tries it, the others go elsewhere', async () => {
    await breakDown();
    stack.provider.onCreateAt(failing, { kind: 'answer', word: 'requires_buyer' });
    stack.clock.advance(MINUTE_MS);
    const release = stack.provider.hold();
    const before = stack.provider.calls.length;
    const started = Array.from({ length: 4 }, () => pay());
    await eventually(() => expect(stack.provider.calls.slice(before)).toHaveLength(4));
    release();
    const accounts = await Promise.all(started.map(providerOf));
    expect(accounts.filter((account) => account === failing)).toHaveLength(1);
  });

  it('is used all the same when there is no other', async () => {
    await breakDown(failing);
    await breakDown(working);
    expect(await offered()).toEqual([failing]);
    stack.provider.onCreateAt(failing, { kind: 'answer', word: 'requires_buyer' });
    expect(await pay()).toMatchObject({ next: 'redirect' });
  });

  it('a card that is declined says nothing against the provider', async () => {
    stack.provider.onCreateAt(failing, { kind: 'refuse', code: 'card_declined' });
    await payMany(10, failing);
    stack.provider.onCreateAt(failing, { kind: 'answer', word: 'failed' });
    await payMany(10, failing);
    expect(await healthOf(failing)).toMatchObject({ standing: 'ready', recentFailures: 0 });
  });

  it('payments at a provider that is taken out are decided all the same', async () => {
    const { transactionId } = await pay(failing);
    await breakDown();
    stack.provider.decide(transactionId, { word: 'succeeded' });
    const { status } = await stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'return' });
    expect(status).toBe('succeeded');
  });

  it('is the affair of its owner', async () => {
    const other = await stack.newMerchant();
    const request = { organizationId: other.organizationId, livemode: false, providerId: failing };
    await expect(stack.rpc.request(providerHealth, request)).rejects.toMatchObject({ code: 'provider_not_found' });
    await expect(
      stack.rpc.request(providerHealth, { organizationId: merchant.organizationId, livemode: true, providerId: failing }),
    ).rejects.toMatchObject({ code: 'provider_not_found' });
  });
});

it('without Redis payments are taken as ever', async () => {
  const stack = await MainStack.start({ REDIS_URL: 'redis://127.0.0.1:1' });
  try {
    const merchant = await stack.newMerchant();
    stack.provider.onCreate({ kind: 'timeout', received: false });
    for (let time = 0; time < 8; time++) {
      const { sessionPublicId } = await stack.createCheckout(merchant);
      await stack.app.get(StartPayment).execute({ sessionPublicId });
    }
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    const { sessionPublicId } = await stack.createCheckout(merchant);
    expect(await stack.app.get(StartPayment).execute({ sessionPublicId })).toMatchObject({ next: 'redirect' });
    const request = { organizationId: merchant.organizationId, livemode: false, providerId: merchant.providerId };
    expect(await stack.rpc.request(providerHealth, request)).toMatchObject({ standing: 'unknown' });
  } finally {
    await stack.stop();
  }
}, 60_000);
