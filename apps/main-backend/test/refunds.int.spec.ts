import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRefund, getRefund, getTransaction, listRefunds, refundStatusChanged } from '@paygate/messages';
import type { CreatedRefund, CreateRefundCommand, RefundStatusChanged, RefundView, TransactionView } from '@paygate/messages';
import { eventually } from '@paygate/testing';
import { ProcessProviderEvents } from '../src/hooks/process-provider-events.js';
import type { ProviderRefund } from '../src/providers/index.js';
import { ReconcileRefunds } from '../src/refunds/reconcile-refunds.js';
import { ApplyProviderResult, StartPayment } from '../src/transactions/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { talliesOf } from './support/tallies.js';

const MINUTE_MS = 60_000;
const PAID = 4900;
const PATIENCE = { timeoutMs: 15_000 };

describe('refunds', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let transactionId: string;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
  });

  beforeEach(async () => {
    stack.provider.reachable = true;
    stack.provider.onRefund({ kind: 'answer', word: 'succeeded' });
    merchant = await stack.newMerchant();
    transactionId = await paid();
  });

  async function started(of = merchant): Promise<string> {
    const { sessionPublicId } = await stack.createCheckout(of, { externalReference: 'order_1' });
    return (await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: of.providerId })).transactionId;
  }
  async function paid(of = merchant): Promise<string> {
    const id = await started(of);
    const payment = stack.provider.decide(id, { word: 'succeeded' });
    const { scope, providerId } = of;
    await stack.app.get(ApplyProviderResult).execute({ scope, providerId, transactionId: id, payment, source: 'webhook' });
    return id;
  }
  const tenant = (of = merchant) => ({ organizationId: of.organizationId, livemode: false });
  const refund = (changes: Partial<CreateRefundCommand> = {}): Promise<CreatedRefund> =>
    stack.rpc.request(createRefund, { ...tenant(), transactionId, ...changes });
  const transactionNow = (id = transactionId): Promise<TransactionView> =>
    stack.rpc.request(getTransaction, { ...tenant(), transactionId: id });
  const refundNow = (refundId: string): Promise<RefundView> => stack.rpc.request(getRefund, { ...tenant(), refundId });
  const list = async (filter: object = {}): Promise<RefundView[]> =>
    (await stack.rpc.request(listRefunds, { ...tenant(), page: 1, limit: 100, ...filter })).items;
  const reconcile = (): Promise<number> => stack.app.get(ReconcileRefunds).execute();
  const statusesTold = async (id = transactionId) => (await stack.eventsOf(id)).map((event) => event.status);
  const refundsTold = async (): Promise<RefundStatusChanged[]> => {
    const rows = stack.database.collection<{ payload: RefundStatusChanged; subject: string; occurredAt: Date }>('outbox');
    const found = await rows
      .find({ 'payload.transactionId': transactionId, subject: refundStatusChanged.subject })
      .sort({ _id: 1 })
      .toArray();
    return found.map(({ payload }) => payload);
  };
  const tell = async (told: ProviderRefund): Promise<void> => {
    expect((await stack.tell(merchant, [{ subject: { kind: 'refund', refund: told } }])).status).toBe(200);
    await processed();
  };
  const pending = () =>
    stack.database.collection('provider_events').countDocuments({ providerId: merchant.providerId, dueAt: { $exists: true } });
  const processed = (): Promise<void> => eventually(async () => expect(await pending()).toBe(0), PATIENCE);
  const triedAgain = (): Promise<void> =>
    eventually(async () => {
      stack.clock.advance(MINUTE_MS);
      await stack.app.get(ProcessProviderEvents).execute();
      expect(await pending()).toBe(0);
    }, PATIENCE);

  it('a full refund is written down, sent under its own id, and makes the transaction refunded', async () => {
    const made = await refund({ reason: 'returned goods' });
    expect(made).toMatchObject({
      status: 'succeeded',
      amount: PAID,
      currency: 'EUR',
      origin: 'merchant',
      reason: 'returned goods',
      replayed: false,
    });
    expect(made).toMatchObject({ transactionId, providerReference: `re_${made.id}`, externalReference: 'order_1', livemode: false });
    expect(stack.provider.refundsOf(transactionId)).toEqual([expect.objectContaining({ refundId: made.id, amount: PAID })]);
    const transaction = await transactionNow();
    expect(transaction).toMatchObject({
      status: 'refunded',
      refundedAmount: PAID,
      pendingRefundAmount: 0,
      refundableAmount: 0,
      eventVersion: 3,
    });
    expect(transaction.timeline.map(({ type }) => type)).toEqual(['created', 'provider_result', 'refund_pending', 'refund_succeeded']);
    expect(await statusesTold()).toEqual(['initiated', 'succeeded', 'refunded']);
    expect(await refundsTold()).toEqual([
      expect.objectContaining({ refundId: made.id, status: 'pending', refundedAmount: 0, transactionAmount: PAID }),
      expect.objectContaining({ refundId: made.id, status: 'succeeded', previousStatus: 'pending', refundedAmount: PAID }),
    ]);
  });

  it('several partial refunds keep the transaction succeeded until everything is back', async () => {
    await refund({ amount: 1900 });
    expect(await transactionNow()).toMatchObject({ status: 'succeeded', refundedAmount: 1900, refundableAmount: 3000, eventVersion: 2 });
    await expect(refund({ amount: 3001 })).rejects.toMatchObject({
      code: 'refund_exceeds_remaining',
      details: { refundableAmount: 3000, currency: 'EUR' },
    });
    await refund({ amount: 1000 });
    const rest = await refund();
    expect(rest.amount).toBe(2000);
    expect(await transactionNow()).toMatchObject({ status: 'refunded', refundedAmount: PAID, eventVersion: 3 });
    await expect(refund()).rejects.toMatchObject({ code: 'transaction_not_refundable', details: { status: 'refunded' } });
    expect(await statusesTold()).toEqual(['initiated', 'succeeded', 'refunded']);
    expect((await list({ transactionId })).map(({ amount }) => amount)).toEqual([2000, 1000, 1900]);
  });

  it('of many partial refunds at once never more is sent back than was paid', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => refund({ amount: 700 })));
    const made = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as { code: string }] : []));
    expect(made).toHaveLength(7);
    for (const { code } of refused) expect(['refund_exceeds_remaining', 'transaction_not_refundable']).toContain(code);
    expect(stack.provider.sentBack(transactionId)).toBe(PAID);
    expect(await transactionNow()).toMatchObject({ status: 'refunded', refundedAmount: PAID, pendingRefundAmount: 0 });
  }, 30_000);

  it('the same Idempotency-Key makes one refund, also at once; with another request it is refused', async () => {
    const idempotency = { key: 'refund-1', requestHash: 'a'.repeat(64) };
    const answers = await Promise.all(Array.from({ length: 5 }, () => refund({ amount: 100, idempotency })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(stack.provider.sentBack(transactionId)).toBe(100);
    await expect(refund({ amount: 200, idempotency: { ...idempotency, requestHash: 'b'.repeat(64) } })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  it.each([
    { word: 'pending', status: 'pending' },
    { word: 'failed', status: 'failed' },
  ] as const)('an answer that says $word is kept as $status', async ({ word, status }) => {
    stack.provider.onRefund({ kind: 'answer', word });
    const made = await refund({ amount: 1900 });
    expect(made.status).toBe(status);
    expect(made.failure !== undefined).toBe(status === 'failed');
    const taken = status === 'pending' ? 1900 : 0;
    expect(await transactionNow()).toMatchObject({
      status: 'succeeded',
      refundedAmount: 0,
      pendingRefundAmount: taken,
      refundableAmount: PAID - taken,
    });
  });

  it('a refusal fails the refund and frees its amount', async () => {
    stack.provider.onRefund({ kind: 'refuse', code: 'too_late' });
    expect(await refund()).toMatchObject({ status: 'failed', failure: { code: 'too_late' } });
    expect(await transactionNow()).toMatchObject({ status: 'succeeded', refundedAmount: 0, refundableAmount: PAID });
  });

  describe('when the provider does not answer', () => {
    it('the refund is pending and its amount taken; reconcile finds it, and nothing is sent twice', async () => {
      stack.provider.onRefund({ kind: 'timeout', received: true });
      const made = await refund();
      expect(made.status).toBe('pending');
      await expect(refund({ amount: 1 })).rejects.toMatchObject({ code: 'refund_exceeds_remaining' });
      const looks = (): number => stack.provider.callsAbout(transactionId).filter((operation) => operation === 'look_up_refund').length;
      await reconcile();
      expect(looks()).toBe(0);
      stack.clock.advance(MINUTE_MS);
      await reconcile();
      expect(looks()).toBe(1);
      expect(await refundNow(made.id)).toMatchObject({ status: 'succeeded', providerReference: `re_${made.id}` });
      expect(await transactionNow()).toMatchObject({ status: 'refunded' });
      expect(stack.provider.sentBack(transactionId)).toBe(PAID);
      stack.clock.advance(60 * MINUTE_MS);
      await reconcile();
      expect(looks()).toBe(1);
    });

    it('what never got there is submitted again under the same id', async () => {
      stack.provider.onRefund({ kind: 'timeout', received: false });
      const made = await refund();
      stack.provider.onRefund({ kind: 'answer', word: 'succeeded' });
      stack.clock.advance(MINUTE_MS);
      await reconcile();
      expect((await refundNow(made.id)).status).toBe('succeeded');
      expect(stack.provider.refundsOf(transactionId)).toEqual([expect.objectContaining({ refundId: made.id })]);
    });

    it('one that waits long is looked at less and less often, and never forgotten', async () => {
      stack.provider.onRefund({ kind: 'answer', word: 'pending' });
      const { id, providerReference } = await refund();
      const looks = (): number => stack.provider.callsAbout(transactionId).filter((operation) => operation === 'look_up_refund').length;
      for (let expected = 1; expected <= 4; expected++) {
        stack.clock.advance(60 * MINUTE_MS);
        await reconcile();
        await reconcile();
        expect(looks()).toBe(expected);
      }
      stack.provider.decideRefund(providerReference ?? '', 'succeeded');
      stack.clock.advance(60 * MINUTE_MS);
      await reconcile();
      expect((await refundNow(id)).status).toBe('succeeded');
    });
  });

  describe('notifications', () => {
    it('a refund made at the provider is recorded, found by the payment alone', async () => {
      await tell(stack.provider.ownRefund(transactionId, 1900));
      expect(await transactionNow()).toMatchObject({ status: 'succeeded', refundedAmount: 1900 });
      expect(await list({ transactionId })).toEqual([expect.objectContaining({ origin: 'provider', status: 'succeeded', amount: 1900 })]);
      await expect(refund({ amount: 3001 })).rejects.toMatchObject({ code: 'refund_exceeds_remaining' });
      await tell(stack.provider.ownRefund(transactionId, 3000));
      expect(await transactionNow()).toMatchObject({ status: 'refunded', refundedAmount: PAID });
    });

    it('a refund that is returned by the bank later gives the money back', async () => {
      const { id, providerReference = '' } = await refund();
      await tell(stack.provider.decideRefund(providerReference, 'failed'));
      expect(await refundNow(id)).toMatchObject({ status: 'failed', failure: { code: 'refund_failed' } });
      expect(await transactionNow()).toMatchObject({ status: 'succeeded', refundedAmount: 0, refundableAmount: PAID });
      expect(await statusesTold()).toEqual(['initiated', 'succeeded', 'refunded', 'succeeded']);
    });

    it('an older word about a refund changes nothing', async () => {
      const { id, providerReference = '' } = await refund();
      const older = stack.provider.refundsOf(transactionId)[0] as ProviderRefund;
      await tell(stack.provider.decideRefund(providerReference, 'failed'));
      await tell(older);
      expect((await refundNow(id)).status).toBe('failed');
    });

    it('one that overtakes the payment makes the provider be asked for it first', async () => {
      transactionId = await started();
      stack.provider.decide(transactionId, { word: 'succeeded' });
      await tell(stack.provider.ownRefund(transactionId, PAID));
      expect(await transactionNow()).toMatchObject({ status: 'refunded', refundedAmount: PAID });
      expect(await statusesTold()).toEqual(['initiated', 'succeeded', 'refunded']);
    });

    it('one of a payment the provider has not decided either waits', async () => {
      transactionId = await started();
      expect(
        (await stack.tell(merchant, [{ subject: { kind: 'refund', refund: stack.provider.ownRefund(transactionId, 100) } }])).status,
      ).toBe(200);
      const events = stack.database.collection('provider_events');
      await eventually(async () => {
        expect(await events.findOne({ providerId: merchant.providerId })).toMatchObject({ attempts: 1, lastError: expect.any(String) });
      }, PATIENCE);
      stack.provider.decide(transactionId, { word: 'succeeded' });
      await triedAgain();
      expect(await transactionNow()).toMatchObject({ status: 'succeeded', refundedAmount: 100 });
    });

    it('without our id, while a refund of the same amount is being made, waits until it has a name: one refund, not two', async () => {
      stack.provider.onRefund({ kind: 'timeout', received: true });
      const made = await refund();
      const { refundId: _ours, ...nameless } = stack.provider.refundsOf(transactionId)[0] as ProviderRefund;
      await stack.tell(merchant, [{ subject: { kind: 'refund', refund: nameless } }]);
      const events = stack.database.collection('provider_events');
      await eventually(async () => {
        expect(await events.findOne({ providerId: merchant.providerId })).toMatchObject({ attempts: 1, lastError: expect.any(String) });
      }, PATIENCE);
      stack.clock.advance(MINUTE_MS);
      await reconcile();
      await triedAgain();
      expect(await list({ transactionId })).toEqual([expect.objectContaining({ id: made.id, status: 'succeeded' })]);
    });

    it.each([
      { case: 'another currency', change: { currency: 'USD' } },
      { case: 'another payment', change: { paymentReference: 'pay_other' } },
      { case: 'another amount than ours', change: { amount: 1 } },
      { case: 'another name than before', change: { reference: 're_other' } },
    ])('what names $case is a contradiction: kept out and noted', async ({ change }) => {
      await refund({ amount: 1900 });
      const known = stack.provider.refundsOf(transactionId)[0] as ProviderRefund;
      await tell({ ...known, word: 'failed', occurredAt: new Date(), ...change });
      const transaction = await transactionNow();
      expect(transaction).toMatchObject({ status: 'succeeded', refundedAmount: 1900 });
      expect(transaction.timeline.filter(({ type }) => type === 'contradiction')).toHaveLength(1);
    });
  });

  describe('what cannot be refunded', () => {
    it('what is not paid', async () => {
      transactionId = await started();
      await expect(refund()).rejects.toMatchObject({ code: 'transaction_not_refundable', details: { transactionId, status: 'initiated' } });
    });

    it("another tenant's transaction, and an unknown one", async () => {
      const other = await stack.newMerchant();
      await expect(stack.rpc.request(createRefund, { ...tenant(other), transactionId })).rejects.toMatchObject({
        code: 'transaction_not_found',
      });
      await expect(refund({ transactionId: 'f'.repeat(24) })).rejects.toMatchObject({ code: 'transaction_not_found' });
      const { id } = await refund();
      await expect(stack.rpc.request(getRefund, { ...tenant(other), refundId: id })).rejects.toMatchObject({ code: 'refund_not_found' });
      expect((await stack.rpc.request(listRefunds, { ...tenant(other), page: 1, limit: 10 })).items).toEqual([]);
    });
  });

  it('refunds are listed newest first, with every filter', async () => {
    const first = await refund({ amount: 100 });
    stack.clock.advance(1000);
    stack.provider.onRefund({ kind: 'answer', word: 'pending' });
    const second = await refund({ amount: 200 });
    const ids = async (filter: object): Promise<string[]> => (await list(filter)).map(({ id }) => id);
    expect(await ids({})).toEqual([second.id, first.id]);
    expect(await ids({ status: 'pending' })).toEqual([second.id]);
    expect(await ids({ transactionId, siteId: merchant.siteId, providerId: merchant.providerId, currency: 'EUR' })).toEqual([
      second.id,
      first.id,
    ]);
    expect(await ids({ transactionId: 'f'.repeat(24) })).toEqual([]);
    expect(await ids({ from: second.createdAt })).toEqual([second.id]);
    expect(await ids({ to: first.createdAt })).toEqual([first.id]);
  });

  it('all of this is counted: the totals are those of counting everything anew', async () => {
    await refund({ amount: 1900 });
    const { kept, counted } = await talliesOf(stack);
    expect(kept).toEqual(counted);
    expect(kept).toContainEqual(expect.objectContaining({ count: 1, amount: PAID, refundedAmount: 1900 }));
  });
});
