import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DomainError } from '@paygate/kernel';
import { getCheckout, getTransaction, listTransactions, previewRouting } from '@paygate/messages';
import type { CheckoutView, CreatedCheckout, SiteRoutingRule, TransactionView } from '@paygate/messages';
import { ExpireCheckouts } from '../src/checkouts/expire-checkouts.js';
import { FaultPoint } from '../src/faults/index.js';
import { ApplyProviderResult, GetTransactionStatus, StartPayment } from '../src/transactions/index.js';
import type { StartedPayment, StartPaymentInput } from '../src/transactions/index.js';
import { ReconcilePayments } from '../src/transactions/reconcile-payments.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

const MINUTE_MS = 60_000;

describe('routing', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;
  /** The accounts of the merchant, in the order of the site. */
  let first: string;
  let second: string;
  let third: string;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);
  afterAll(async () => stack.stop());
  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    merchant = await stack.newMerchant();
    first = merchant.providerId;
    second = await stack.addProvider(merchant);
    third = await stack.addProvider(merchant);
    checkout = await stack.createCheckout(merchant);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const tenant = (): { organizationId: string; livemode: boolean } => ({ organizationId: merchant.organizationId, livemode: false });
  const withRules = (routing: SiteRoutingRule[]): Promise<void> => stack.changeSite(merchant, { routing });
  const start = (input: Partial<StartPaymentInput> = {}, of = checkout): Promise<StartedPayment> =>
    stack.app.get(StartPayment).execute({ sessionPublicId: of.sessionPublicId, ...input });
  const transactionOf = (transactionId: string): Promise<TransactionView> =>
    stack.rpc.request(getTransaction, { ...tenant(), transactionId });
  const checkoutNow = (): Promise<CheckoutView> => stack.rpc.request(getCheckout, { ...tenant(), checkoutId: checkout.id });
  /** Oldest first. */
  const attempts = async (): Promise<TransactionView[]> => {
    const { items } = await stack.rpc.request(listTransactions, { ...tenant(), checkoutId: checkout.id, page: 1, limit: 50 });
    return items.sort((a, b) => creationOf(a) - creationOf(b));
  };
  const creationOf = ({ id }: TransactionView): number => stack.provider.calls.findIndex(({ transactionId }) => transactionId === id);
  const chargesOf = async (): Promise<string[]> =>
    (await attempts()).map(({ id }) => id).filter((id) => stack.provider.has(id) && stack.provider.payment(id).word !== 'cancelled');
  const refuse = (...accounts: string[]): void => {
    for (const account of accounts) stack.provider.onCreateAt(account, { kind: 'refuse', code: 'currency_not_supported' });
  };
  const reconcile = (): Promise<number> => stack.app.get(ReconcilePayments).execute();

  describe('which provider', () => {
    const offered = async (of = checkout): Promise<string[]> => {
      const answer = await fetch(`${stack.url}/api/v1/checkouts/${of.sessionPublicId}`);
      return ((await answer.json()) as { providers: { id: string }[] }).providers.map(({ id }) => id);
    };
    const page = async (of = checkout): Promise<string> => (await fetch(`${stack.url}/checkout/${of.shortCode}`)).text();

    it('the buyer is offered what the rules leave, in their order, by the runtime and by the page', async () => {
      await withRules([
        { providerId: third, currencies: ['EUR'] },
        { providerId: second, currencies: ['USD'] },
      ]);
      expect(await offered()).toEqual([third, first]);
      const html = await page();
      expect(html.indexOf(third)).toBeGreaterThan(0);
      expect(html.indexOf(first)).toBeGreaterThan(html.indexOf(third));
      expect(html).not.toContain(second);
    });

    it('a payment without a chosen provider goes to the first, by amount, country and currency', async () => {
      await withRules([
        { providerId: second, currencies: ['EUR'], maxAmount: 4899 },
        { providerId: third, countries: ['FR'] },
      ]);
      await start({ billingAddress: { country: 'fr' } });
      expect((await attempts()).map(({ providerId }) => providerId)).toEqual([third]);
    });

    it('without rules the default of the site is the first', async () => {
      await stack.changeSite(merchant, { defaultProviderId: second });
      await start();
      expect((await attempts()).map(({ providerId }) => providerId)).toEqual([second]);
    });

    it('what the rules exclude cannot be chosen, and the country of the buyer counts as soon as it is known', async () => {
      await withRules([{ providerId: first, countries: ['DE'] }]);
      expect(await offered()).toContain(first);
      await expect(start({ providerId: first, billingAddress: { country: 'FR' } })).rejects.toMatchObject({
        code: 'provider_not_available',
      });
      expect((await checkoutNow()).status).toBe('open');
      expect((await start({ providerId: first, billingAddress: { country: 'DE' } })).next).toBe('redirect');
    });

    it('the page asks again, with everything typed, when the chosen provider does not take buyers of the typed country', async () => {
      await withRules([{ providerId: first, countries: ['DE'] }]);
      const form = new URLSearchParams({ email: 'b@example.com', name: 'Ada Lovelace', country: 'FR', provider: first });
      const answer = await fetch(`${stack.url}/checkout/${checkout.shortCode}/pay`, { method: 'POST', body: form, redirect: 'manual' });
      const html = await answer.text();
      expect(answer.status).toBe(422);
      expect(html).toContain('Ada Lovelace');
      expect(html).not.toContain(`value="${first}"`);
      expect(html).toContain(`value="${second}"`);
    });

    it('when the conditions exclude every provider, nothing can be paid', async () => {
      await withRules([first, second, third].map((providerId) => ({ providerId, currencies: ['USD'] })));
      expect(await offered()).toEqual([]);
      await expect(start()).rejects.toMatchObject({ code: 'provider_not_available' });
    });

    it('the merchant reads in the timeline why', async () => {
      await withRules([
        { providerId: second, currencies: ['EUR'] },
        { providerId: third, currencies: ['USD'] },
      ]);
      const { transactionId } = await start();
      const [created] = (await transactionOf(transactionId)).timeline;
      expect(created?.detail).toBe(
        `rule 1 holds | ${first} possible: no rule names it | ${third} left out: rule 2 does not hold for the currency`,
      );
    });

    it('a merchant can ask beforehand', async () => {
      await withRules([
        { providerId: second, currencies: ['EUR'] },
        { providerId: third, currencies: ['USD'], minAmount: 5000 },
      ]);
      const preview = await stack.rpc.request(previewRouting, { ...tenant(), siteId: merchant.siteId, amount: 4900, currency: 'EUR' });
      expect(preview.providers).toEqual([
        { providerId: second, type: 'fake', offered: true, reason: 'offered', rule: 0, explanation: 'rule 1 holds' },
        { providerId: first, type: 'fake', offered: true, reason: 'offered', explanation: 'no rule names it' },
        {
          providerId: third,
          type: 'fake',
          offered: false,
          reason: 'conditions',
          explanation: 'rule 2 does not hold for the currency and amount',
        },
      ]);
      const other = await stack.newMerchant();
      const foreign = { organizationId: other.organizationId, livemode: false, siteId: merchant.siteId, amount: 1, currency: 'EUR' };
      await expect(stack.rpc.request(previewRouting, foreign)).rejects.toMatchObject({ code: 'site_not_found' });
    });
  });

  describe('after a refusal', () => {
    beforeEach(() => withRules([first, second, third].map((providerId) => ({ providerId, onRefusal: 'next' }))));

    it('the next provider gets an attempt of its own; the buyer sees only the last', async () => {
      refuse(first, second);
      const started = await start();
      expect(started).toMatchObject({ status: -1, next: 'redirect' });
      const [one, two, three] = await attempts();
      expect([one, two, three].map((attempt) => [attempt?.providerId, attempt?.status])).toEqual([
        [first, 'failed'],
        [second, 'failed'],
        [third, 'initiated'],
      ]);
      expect(three?.id).toBe(started.transactionId);
      expect(one?.timeline.map(({ type }) => type)).toEqual(['created', 'provider_result', 'passed_on']);
      expect(one?.timeline.at(-1)?.detail).toBe(`to provider ${second} as transaction ${two?.id ?? ''}`);
      expect(three?.timeline[0]?.detail).toMatch(`after provider ${second} refused transaction ${two?.id ?? ''}: rule 3 holds`);
      expect(await checkoutNow()).toMatchObject({ status: 'processing', transactionId: three?.id });
      expect(await chargesOf()).toEqual([three?.id]);
    });

    it('ends with the last provider: the checkout is open again', async () => {
      refuse(first, second, third);
      expect(await start()).toMatchObject({ status: 2, next: 'done', failure: { code: 'currency_not_supported' } });
      expect((await attempts()).map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
      expect((await checkoutNow()).status).toBe('open');
    });

    it('goes on from the provider the buyer has chosen, never back', async () => {
      refuse(second);
      await start({ providerId: second });
      expect((await attempts()).map(({ providerId }) => providerId)).toEqual([second, third]);
    });

    it('stops where the rule says so', async () => {
      await withRules([{ providerId: first, onRefusal: 'stop' }]);
      refuse(first);
      expect(await start()).toMatchObject({ status: 2, next: 'done' });
      expect(await attempts()).toHaveLength(1);
    });

    it.each([
      { case: 'got it', behaviour: { kind: 'timeout', received: true, word: 'succeeded' } },
      { case: 'never got it', behaviour: { kind: 'timeout', received: false } },
    ] as const)('an outcome that is not known is never passed on: the provider $case', async ({ behaviour }) => {
      stack.provider.onCreateAt(first, behaviour);
      expect(await start()).toMatchObject({ status: -1, next: 'wait' });
      stack.clock.advance(2 * MINUTE_MS);
      await reconcile();
      expect((await attempts()).map(({ providerId }) => providerId)).toEqual([first]);
    });

    it('a payment that was made and then failed is not passed on: its provider may still change its mind', async () => {
      stack.provider.onCreateAt(first, { kind: 'answer', word: 'failed' });
      expect(await start()).toMatchObject({ status: 2, next: 'done' });
      expect((await attempts()).map(({ providerId }) => providerId)).toEqual([first]);
    });

    it('twenty starts at once give one charge', async () => {
      refuse(first);
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => start()));
      const paying = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.next === 'redirect');
      expect(paying).toHaveLength(1);
      for (const outcome of outcomes) {
        // A checkout that another start has just given back may look open, but was not when it was tried.
        if (outcome.status === 'rejected') expect(['payment_in_progress', 'conflict']).toContain((outcome.reason as DomainError).code);
      }
      expect(await chargesOf()).toHaveLength(1);
      expect((await checkoutNow()).status).toBe('processing');
    });

    it('a checkout whose time is over meanwhile is not tried again', async () => {
      refuse(first);
      const release = stack.provider.hold();
      const starting = start();
      await stack.provider.called(first);
      stack.clock.advance(25 * 60 * MINUTE_MS);
      await stack.app.get(ExpireCheckouts).execute();
      release();
      expect(await starting).toMatchObject({ status: 2, next: 'done' });
      expect(await attempts()).toHaveLength(1);
      expect((await checkoutNow()).status).toBe('expired');
    });

    describe('a crash', () => {
      it('between two attempts leaves an open checkout and no payment; the buyer pays once', async () => {
        refuse(first);
        const crash = new Error('the process was killed here');
        const reached = jest.spyOn(stack.app.get(FaultPoint), 'reached').mockImplementation((fault) => {
          if (fault === 'exit-between-attempts') throw crash;
        });
        await expect(start()).rejects.toBe(crash);
        reached.mockRestore();
        expect((await attempts()).map(({ providerId, status }) => [providerId, status])).toEqual([[first, 'failed']]);
        expect((await checkoutNow()).status).toBe('open');
        await reconcile();

        const { transactionId } = await start();
        stack.provider.decide(transactionId, { word: 'succeeded' });
        await stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'return' });
        expect(await checkoutNow()).toMatchObject({ status: 'completed', transactionId });
        expect(await chargesOf()).toEqual([transactionId]);
      });

      it('while the second provider is asked: the attempt is submitted again under its own key, and nobody else is asked', async () => {
        refuse(first);
        stack.provider.onCreateAt(second, { kind: 'timeout', received: true, word: 'requires_buyer' });
        const { transactionId } = await start();
        stack.provider.onCreateAt(second, { kind: 'answer', word: 'requires_buyer' });
        stack.clock.advance(MINUTE_MS);
        await reconcile();
        stack.provider.decide(transactionId, { word: 'succeeded' });
        await stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'return' });
        expect((await attempts()).map(({ providerId, status }) => [providerId, status])).toEqual([
          [first, 'failed'],
          [second, 'succeeded'],
        ]);
        expect(await chargesOf()).toEqual([transactionId]);
      });
    });

    it('a late success of the refused attempt is kept and flagged, as any second payment', async () => {
      refuse(first);
      const { transactionId } = await start();
      const [refused] = await attempts();
      const payment = {
        reference: `pay_${refused?.id ?? ''}`,
        transactionId: refused?.id ?? '',
        word: 'succeeded',
        amount: 4900,
        currency: 'EUR',
      } as const;
      const late = { scope: merchant.scope, providerId: first, transactionId: refused?.id ?? '', payment, source: 'webhook' } as const;
      expect((await stack.app.get(ApplyProviderResult).execute(late)).outcome).toBe('moved');
      expect(await checkoutNow()).toMatchObject({ status: 'completed', transactionId: refused?.id });
      stack.provider.decide(transactionId, { word: 'succeeded' });
      await stack.app.get(GetTransactionStatus).execute({ transactionId, source: 'return' });
      expect((await transactionOf(transactionId)).timeline.map(({ type }) => type)).toContain('second_success');
    });
  });
});
