import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Transactions } from '@paygate/data-kit';
import { TenantScope } from '@paygate/kernel';
import { getCheckout, getTransaction, listCheckouts, listTransactions, updateCheckoutMetadata } from '@paygate/messages';
import { CheckoutsRepository } from '../src/checkouts/index.js';
import type { CheckoutRecord } from '../src/checkouts/index.js';
import { ProviderEventsRepository } from '../src/hooks/provider-events.repository.js';
import { ApplyProviderResult, StartPayment, TransactionsRepository } from '../src/transactions/index.js';
import type { TransactionRecord } from '../src/transactions/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

/** The same row asked for by another organization, and by the same one in the other mode. */
describe('no tenant reaches another’s rows', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CheckoutRecord;
  let transaction: TransactionRecord;
  const strangers: [string, TenantScope][] = [];

  beforeAll(async () => {
    stack = await MainStack.start();
    merchant = await stack.newMerchant();
    const other = await stack.newMerchant();
    const created = await stack.createCheckout(merchant, { externalReference: 'order_1' });
    const { sessionPublicId } = created;
    const { transactionId } = await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId });
    checkout = existing(await stack.app.get(CheckoutsRepository).findById(merchant.scope, created.id));
    transaction = existing(await stack.app.get(TransactionsRepository).findById(merchant.scope, transactionId));
    strangers.push(['another organization', other.scope], ['the other mode', TenantScope.of(merchant.organizationId, true)]);
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
  });

  const rowsNow = async (): Promise<unknown> => ({
    checkouts: await stack.database.collection('checkouts').find().toArray(),
    transactions: await stack.database.collection('transactions').find().toArray(),
    outbox: await stack.database.collection('outbox').countDocuments(),
  });

  interface Attempt {
    method: string;
    attempt: (scope: TenantScope) => Promise<unknown>;
    finds: unknown;
  }
  const checkouts = (): CheckoutsRepository => stack.app.get(CheckoutsRepository);
  const transactions = (): TransactionsRepository => stack.app.get(TransactionsRepository);
  const inTransaction = <T>(work: Parameters<Transactions['run']>[0]): Promise<T> => stack.app.get(Transactions).run(work) as Promise<T>;
  const now = new Date();
  const entry = { at: now, type: 'note', status: 'initiated', source: 'operator' } as const;
  const ALL = { page: 1, limit: 100 };

  const attempts: Attempt[] = [
    { method: 'checkouts.findById', attempt: (scope) => checkouts().findById(scope, checkout.id), finds: undefined },
    { method: 'checkouts.list', attempt: async (scope) => (await checkouts().list(scope, {}, ALL)).total, finds: 0 },
    {
      method: 'checkouts.replaceMetadata',
      attempt: (scope) => checkouts().replaceMetadata(scope, checkout.id, { a: 'b' }, now),
      finds: undefined,
    },
    {
      method: 'checkouts.supersedeOlder',
      attempt: (scope) => checkouts().supersedeOlder(scope, { ...checkout, id: 'f'.repeat(24), createdAt: new Date(Date.now() + 60_000) }),
      finds: undefined,
    },
    {
      method: 'checkouts.beginAttempt',
      attempt: (scope) => inTransaction((session) => checkouts().beginAttempt(scope, checkout.id, 'f'.repeat(24), now, session)),
      finds: false,
    },
    {
      method: 'checkouts.move',
      attempt: (scope) => inTransaction((session) => checkouts().move(scope, checkout, { to: 'completed' }, now, session)),
      finds: false,
    },
    { method: 'transactions.findById', attempt: (scope) => transactions().findById(scope, transaction.id), finds: undefined },
    { method: 'transactions.list', attempt: async (scope) => (await transactions().list(scope, {}, ALL)).total, finds: 0 },
    {
      method: 'transactions.move',
      attempt: (scope) =>
        inTransaction((session) =>
          transactions().move(scope, transaction, { to: 'succeeded', facts: {}, timeline: [entry] }, now, session),
        ),
      finds: undefined,
    },
    {
      method: 'transactions.keepFacts',
      attempt: (scope) => transactions().keepFacts(scope, transaction, { redirectUrl: 'https://evil.example' }, now),
      finds: undefined,
    },
    { method: 'transactions.addOnce', attempt: (scope) => transactions().addOnce(scope, transaction.id, entry), finds: false },
    { method: 'transactions.claimPoll', attempt: (scope) => transactions().claimPoll(scope, transaction.id, now, 0), finds: false },
    {
      method: 'providerEvents.markProcessed',
      attempt: (scope) => stack.app.get(ProviderEventsRepository).markProcessed(scope, transaction.id, 'moved', now),
      finds: undefined,
    },
    {
      method: 'providerEvents.markFailed',
      attempt: (scope) => stack.app.get(ProviderEventsRepository).markFailed(scope, transaction.id, now, 'x'),
      finds: undefined,
    },
  ];

  it.each(attempts)('$method', async ({ attempt, finds }) => {
    const before = await rowsNow();
    for (const [, scope] of strangers) expect(await attempt(scope)).toEqual(finds);
    expect(await rowsNow()).toEqual(before);
  });

  it('the owner reaches them, so the rows above were really there', async () => {
    expect(await checkouts().findById(merchant.scope, checkout.id)).toBeDefined();
    expect(await transactions().claimPoll(merchant.scope, transaction.id, now, 0)).toBe(true);
  });

  it("a provider's word under another tenant's account is not heard", async () => {
    const payment = { ...stack.provider.payment(transaction.id), word: 'succeeded' } as const;
    const base = { providerId: merchant.providerId, transactionId: transaction.id, payment, source: 'webhook' } as const;
    for (const [, scope] of strangers) {
      await expect(stack.app.get(ApplyProviderResult).execute({ ...base, scope })).rejects.toMatchObject({ code: 'transaction_not_found' });
    }
    expect((await transactions().findById(merchant.scope, transaction.id))?.status).toBe('initiated');
  });

  it('requests of other services find nothing', async () => {
    for (const [, { organizationId, livemode }] of strangers) {
      const tenant = { organizationId, livemode };
      const code = 'checkout_not_found';
      await expect(stack.rpc.request(getCheckout, { ...tenant, checkoutId: checkout.id })).rejects.toMatchObject({ code });
      await expect(stack.rpc.request(updateCheckoutMetadata, { ...tenant, checkoutId: checkout.id, metadata: {} })).rejects.toMatchObject({
        code,
      });
      await expect(stack.rpc.request(getTransaction, { ...tenant, transactionId: transaction.id })).rejects.toMatchObject({
        code: 'transaction_not_found',
      });
      expect((await stack.rpc.request(listCheckouts, { ...tenant, ...ALL })).items).toEqual([]);
      expect((await stack.rpc.request(listTransactions, { ...tenant, ...ALL })).items).toEqual([]);
    }
  });
});

function existing<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the row was not stored');
  return value;
}
