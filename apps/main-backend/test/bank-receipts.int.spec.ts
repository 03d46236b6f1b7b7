import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import {
  assignBankReceipt,
  decideTransfer,
  dismissBankReceipt,
  getCheckout,
  getTransaction,
  importBankEntries,
  listBankReceipts,
} from '@paygate/messages';
import type { BankEntry, CreatedCheckout, DecideTransferCommand, ImportedBankEntries, TransactionView } from '@paygate/messages';
import { spacedReference, transferReference } from '@paygate/payments-domain';
import { SettleTransfer } from '../src/bank-receipts/index.js';
import { WireAdapter } from '../src/providers/wire/index.js';
import { CancelTransaction, StartPayment } from '../src/transactions/index.js';
import { ReconcilePayments } from '../src/transactions/reconcile-payments.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { taxMerchant, toldTax } from './support/tax.js';

const BANK = { bankName: 'Example Bank', accountHolder: 'Example Ltd', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' };
const HOUR_MS = 3_600_000;

describe('bank transfers', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let checkout: CreatedCheckout;
  let transactionId: string;

  beforeAll(async () => {
    stack = await MainStack.start({}, { adapters: [new WireAdapter()] });
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
  });

  beforeEach(async () => {
    merchant = await stack.newMerchant({ provider: { type: 'wire', label: 'Bank transfer' }, credentials: BANK });
    checkout = await stack.createCheckout(merchant);
    transactionId = await pay();
  });

  const pay = async (of: CreatedCheckout = checkout, by: Merchant = merchant): Promise<string> =>
    (await stack.app.get(StartPayment).execute({ sessionPublicId: of.sessionPublicId, providerId: by.providerId })).transactionId;
  const tenant = (of: Merchant = merchant) => ({ organizationId: of.organizationId, livemode: false });
  const transactionNow = (id = transactionId): Promise<TransactionView> =>
    stack.rpc.request(getTransaction, { ...tenant(), transactionId: id });
  const checkoutStatus = async (): Promise<string> =>
    (await stack.rpc.request(getCheckout, { ...tenant(), checkoutId: checkout.id })).status;
  const decide = (fields: Partial<DecideTransferCommand> = {}): Promise<TransactionView> =>
    stack.rpc.request(decideTransfer, { ...tenant(), transactionId, status: 'succeeded', ...fields });
  let entries = 0;
  const entry = (fields: Partial<BankEntry> = {}): BankEntry => ({
    key: `entry_${(entries += 1)}`,
    amount: 4900,
    currency: 'EUR',
    bookedOn: '2026-03-02T00:00:00.000Z',
    text: `thank you ${spacedReference(transferReference(transactionId)).toLowerCase()}`,
    payerName: 'Ada Lovelace',
    ...fields,
  });
  const upload = async (...told: BankEntry[]): Promise<ImportedBankEntries['outcomes']> =>
    (await stack.rpc.request(importBankEntries, { ...tenant(), providerId: merchant.providerId, entries: told })).outcomes;
  const receipts = async (filter: object = {}) =>
    (await stack.rpc.request(listBankReceipts, { ...tenant(), page: 1, limit: 50, ...filter })).items;
  const money = (transaction: TransactionView): string[] =>
    transaction.timeline.filter(({ type }) => type === 'money_received').map(({ detail = '', source }) => `${source}: ${detail}`);

  it('waits with the reference the buyer was told, however often it is looked at', async () => {
    expect(await transactionNow()).toMatchObject({ status: 'pending_provider', providerReference: transferReference(transactionId) });
    for (let look = 0; look < 3; look++) {
      stack.clock.advance(HOUR_MS);
      await stack.app.get(ReconcilePayments).execute();
    }
    expect(await transactionNow()).toMatchObject({ status: 'pending_provider', eventVersion: 2 });
    expect((await transactionNow()).timeline.map(({ type }) => type)).not.toContain('contradiction');
  });

  describe('that never came', () => {
    const reconcileAfterDays = async (days: number): Promise<void> => {
      stack.clock.advance(days * 24 * HOUR_MS);
      await stack.app.get(ReconcilePayments).execute();
    };

    it('lapse after their time, and late money still pays', async () => {
      await reconcileAfterDays(29);
      expect((await transactionNow()).status).toBe('pending_provider');
      await reconcileAfterDays(1);
      expect(await transactionNow()).toMatchObject({ status: 'failed', failure: { code: 'transfer_lapsed' } });
      expect(await checkoutStatus()).toBe('expired');
      expect(await upload(entry())).toMatchObject([{ outcome: 'assigned' }]);
      expect(await transactionNow()).toMatchObject({ status: 'succeeded', receivedAmount: 4900 });
      expect(await checkoutStatus()).toBe('completed');
      const told = (await stack.eventsOf(transactionId)).map(({ status }) => status);
      expect(told).toEqual(['initiated', 'pending_provider', 'failed', 'succeeded']);
    });

    it('wait for a person when a part of the money came', async () => {
      await upload(entry({ amount: 1000 }));
      await reconcileAfterDays(100);
      expect(await transactionNow()).toMatchObject({ status: 'pending_provider', receivedAmount: 1000 });
    });
  });

  describe('decided by a person', () => {
    it('paid in full', async () => {
      const paid = await decide({ note: 'seen on the account' });
      expect(paid).toMatchObject({ status: 'succeeded', receivedAmount: 4900, paymentMethod: { type: 'bank_transfer' } });
      expect(money(paid)).toEqual(['operator: 49.00 EUR, complete']);
      expect(paid.timeline.at(-1)).toMatchObject({ type: 'provider_result', status: 'succeeded', source: 'operator' });
      expect(await checkoutStatus()).toBe('completed');
      expect((await stack.eventsOf(transactionId)).map(({ status }) => status)).toEqual(['initiated', 'pending_provider', 'succeeded']);
    });

    it('in parts: it waits until the sum is complete', async () => {
      expect(await decide({ receivedAmount: 1900 })).toMatchObject({ status: 'pending_provider', receivedAmount: 1900 });
      expect(await checkoutStatus()).toBe('processing');
      expect(await decide({ receivedAmount: 4899 })).toMatchObject({ status: 'pending_provider', receivedAmount: 4899 });
      const paid = await decide({ receivedAmount: 4900 });
      expect(paid).toMatchObject({ status: 'succeeded', receivedAmount: 4900 });
      expect(money(paid)).toEqual([
        'operator: 19.00 EUR, 30.00 EUR missing',
        'operator: 29.99 EUR, 0.01 EUR missing',
        'operator: 0.01 EUR, complete',
      ]);
    });

    it('too much: it succeeds, and the difference is noted', async () => {
      const paid = await decide({ receivedAmount: 5000 });
      expect(paid).toMatchObject({ status: 'succeeded', amount: 4900, receivedAmount: 5000 });
      expect(money(paid)).toEqual(['operator: 50.00 EUR, 1.00 EUR too much']);
    });

    it('whatever came in whatever parts, the tax is of what was asked, and told once', async () => {
      await taxMerchant(stack, merchant);
      checkout = await stack.createCheckout(merchant, { billingAddress: { country: 'DE' } });
      transactionId = await pay();
      await decide({ receivedAmount: 1900 });
      expect((await toldTax(stack, transactionId)).told).toEqual([]);
      await Promise.allSettled([decide({ receivedAmount: 5000 }), decide({ receivedAmount: 5000 })]);
      await decide({ receivedAmount: 6000 });
      const { told, sums } = await toldTax(stack, transactionId);
      expect(told.map(({ id }) => id)).toEqual([`transaction-${transactionId}-1`]);
      expect(sums).toEqual({ 'DE_STANDARD net': 4118, 'DE_STANDARD tax': 782 });
    });

    it('more money after it succeeded is noted, and tells nobody else anything new', async () => {
      await decide();
      expect(await decide({ receivedAmount: 9800 })).toMatchObject({ status: 'succeeded', receivedAmount: 9800, eventVersion: 3 });
    });

    it('saying the same again, ten times at once, counts it once', async () => {
      await Promise.all(Array.from({ length: 10 }, () => decide({ receivedAmount: 1900 })));
      expect((await transactionNow()).receivedAmount).toBe(1900);
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => decide()));
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['succeeded']));
      expect(await transactionNow()).toMatchObject({ status: 'succeeded', receivedAmount: 4900, eventVersion: 3 });
      expect((await receipts({ transactionId })).map(({ amount }) => amount).sort()).toEqual([1900, 3000]);
    });

    it('less than is recorded is refused, and so is a failure after the success', async () => {
      await decide({ receivedAmount: 1900 });
      await expect(decide({ receivedAmount: 1000 })).rejects.toMatchObject({
        code: 'received_amount_too_low',
        details: { receivedAmount: 1900, currency: 'EUR' },
      });
      await decide();
      await expect(decide({ status: 'failed' })).rejects.toMatchObject({ code: 'invalid_transition', details: { status: 'succeeded' } });
      expect((await transactionNow()).status).toBe('succeeded');
    });

    it('not received: it fails, the buyer may pay otherwise, and a late transfer is still welcome', async () => {
      expect(await decide({ status: 'failed' })).toMatchObject({ status: 'failed', failure: { code: 'transfer_not_received' } });
      expect(await checkoutStatus()).toBe('open');
      expect(await decide()).toMatchObject({ status: 'succeeded' });
      expect(await checkoutStatus()).toBe('completed');
      const told = (await stack.eventsOf(transactionId)).map(({ status }) => status);
      expect(told).toEqual(['initiated', 'pending_provider', 'failed', 'succeeded']);
    });

    it('success and failure at once end in one of them, told once', async () => {
      await Promise.allSettled([decide(), decide({ status: 'failed' }), decide(), decide({ status: 'failed' })]);
      const { status, eventVersion } = await transactionNow();
      expect(status).toBe('succeeded');
      expect((await stack.eventsOf(transactionId)).map((event) => event.eventVersion)).toEqual(
        Array.from({ length: eventVersion }, (_, index) => index + 1),
      );
    });

    it('a payment of another provider is not decided by hand', async () => {
      const other = await stack.newMerchant();
      const id = await pay(await stack.createCheckout(other), other);
      const command = { ...tenant(other), transactionId: id, status: 'succeeded' } as const;
      await expect(stack.rpc.request(decideTransfer, command)).rejects.toMatchObject({ code: 'invalid_transition' });
    });

    it("nor is another tenant's", async () => {
      const stranger = await stack.newMerchant();
      for (const scope of [tenant(stranger), { ...tenant(), livemode: true }]) {
        const command = { ...scope, transactionId, status: 'succeeded' } as const;
        await expect(stack.rpc.request(decideTransfer, command)).rejects.toMatchObject({ code: 'transaction_not_found' });
      }
      expect((await transactionNow()).status).toBe('pending_provider');
    });
  });

  describe('entries of a statement', () => {
    it('pay what they name', async () => {
      expect(await upload(entry())).toEqual([expect.objectContaining({ outcome: 'assigned', transactionId })]);
      const paid = await transactionNow();
      expect(paid).toMatchObject({ status: 'succeeded', receivedAmount: 4900 });
      expect(paid.timeline.at(-1)).toMatchObject({ type: 'provider_result', source: 'bank' });
      expect(await checkoutStatus()).toBe('completed');
      expect((await stack.eventsOf(transactionId)).map(({ status }) => status)).toEqual(['initiated', 'pending_provider', 'succeeded']);
    });

    it('told again, also ten times at once, change nothing', async () => {
      const told = [entry({ amount: 1000 }), entry({ text: 'no reference' })];
      const all = await Promise.all(Array.from({ length: 10 }, () => upload(...told)));
      const count = (outcome: string): number => all.flat().filter((result) => result.outcome === outcome).length;
      expect([count('assigned'), count('listed'), count('known')]).toEqual([1, 1, 18]);
      const before = [await transactionNow(), await receipts()];
      expect((await upload(...told)).map(({ outcome }) => outcome)).toEqual(['known', 'known']);
      expect([await transactionNow(), await receipts()]).toEqual(before);
      expect((await transactionNow()).receivedAmount).toBe(1000);
    });

    it('add up, also when they come at the same moment', async () => {
      await Promise.all([upload(entry({ amount: 1000 })), upload(entry({ amount: 2000 })), upload(entry({ amount: 1900 }))]);
      expect(await transactionNow()).toMatchObject({ status: 'succeeded', receivedAmount: 4900, eventVersion: 3 });
    });

    it.each([
      ['no reference', { text: 'thank you' }, 'no_reference'],
      ['the reference of nobody', { text: transferReference('0'.repeat(24)) }, 'unknown_reference'],
      ['another currency', { currency: 'CHF' }, 'other_currency'],
    ])('with %s wait for a person', async (_what, change, reason) => {
      expect(await upload(entry(change))).toMatchObject([{ outcome: 'listed', reason }]);
      expect(await transactionNow()).toMatchObject({ status: 'pending_provider' });
      expect(await transactionNow()).not.toHaveProperty('receivedAmount');
      expect(await receipts({ state: 'unassigned' })).toEqual([expect.objectContaining({ reason, payerName: 'Ada Lovelace' })]);
    });

    it('with two references wait for a person, who sees both', async () => {
      const second = await pay(await stack.createCheckout(merchant));
      const text = `${transferReference(transactionId)} ${transferReference(second)}`;
      expect(await upload(entry({ text, amount: 9800 }))).toMatchObject([{ outcome: 'listed', reason: 'several_payments' }]);
      expect((await receipts())[0]?.suggestions.sort()).toEqual([transactionId, second].sort());
    });

    it('that a person has told of before are not counted twice', async () => {
      await decide();
      expect(await upload(entry())).toMatchObject([{ outcome: 'listed', reason: 'possible_duplicate' }]);
      expect((await transactionNow()).receivedAmount).toBe(4900);
    });

    it('for what the buyer gave up are listed, and change nothing', async () => {
      await stack.app.get(CancelTransaction).execute({ transactionId });
      expect((await transactionNow()).status).toBe('cancelled');
      expect(await checkoutStatus()).toBe('open');
      expect(await upload(entry())).toMatchObject([{ outcome: 'listed', reason: 'payment_closed' }]);
      expect((await transactionNow()).status).toBe('cancelled');
    });

    it('never pay at another merchant, whatever they name', async () => {
      const stranger = await stack.newMerchant({ provider: { type: 'wire' }, credentials: BANK });
      const { outcomes } = await stack.rpc.request(importBankEntries, {
        ...tenant(stranger),
        providerId: stranger.providerId,
        entries: [entry()],
      });
      expect(outcomes).toMatchObject([{ outcome: 'listed', reason: 'unknown_reference' }]);
      expect((await transactionNow()).status).toBe('pending_provider');
    });

    it('go to a bank account of the tenant only', async () => {
      const stranger = await stack.newMerchant();
      const send = (organizationId: string, providerId: string) =>
        stack.rpc.request(importBankEntries, { organizationId, livemode: false, providerId, entries: [entry()] });
      await expect(send(stranger.organizationId, merchant.providerId)).rejects.toMatchObject({ code: 'provider_not_found' });
      await expect(send(stranger.organizationId, stranger.providerId)).rejects.toMatchObject({ code: 'provider_not_available' });
      await expect(send(merchant.organizationId, newObjectId())).rejects.toMatchObject({ code: 'provider_not_found' });
    });

    it('complete the payment also when we were cut off between the money and the status', async () => {
      await upload(entry({ amount: 1000 }));
      // What a crash leaves: the money is counted, nobody has looked at the sum.
      const now = stack.clock.now();
      await stack.database
        .collection<{ _id: string }>('transactions')
        .updateOne({ _id: transactionId }, { $set: { receivedAmount: 4900 } });
      await stack.database.collection('bank_receipts').updateOne({ transactionId }, { $set: { unsettledSince: now } });
      await stack.app.get(SettleTransfer).settleLeftBehind();
      expect((await transactionNow()).status).toBe('pending_provider');
      stack.clock.advance(HOUR_MS);
      await stack.app.get(SettleTransfer).settleLeftBehind();
      expect((await transactionNow()).status).toBe('succeeded');
      expect(await stack.database.collection('bank_receipts').countDocuments({ transactionId, unsettledSince: { $exists: true } })).toBe(0);
    });
  });

  describe('assigning by hand', () => {
    const waiting = async (change: Partial<BankEntry> = {}): Promise<string> =>
      (await upload(entry({ text: 'no reference', ...change })))[0]?.receiptId ?? '';
    const assign = (receiptId: string, to = transactionId) =>
      stack.rpc.request(assignBankReceipt, { ...tenant(), receiptId, transactionId: to });

    it('pays, once, also when it is said ten times at once', async () => {
      const receiptId = await waiting();
      expect((await receipts())[0]?.suggestions).toEqual([transactionId]);
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => assign(receiptId)));
      expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
      expect(await transactionNow()).toMatchObject({ status: 'succeeded', receivedAmount: 4900, eventVersion: 3 });
      expect(await receipts({ state: 'assigned' })).toEqual([expect.objectContaining({ id: receiptId, transactionId, suggestions: [] })]);
      expect(await receipts({ state: 'unassigned' })).toEqual([]);
    });

    it('to two payments at once, one wins', async () => {
      const receiptId = await waiting();
      const second = await pay(await stack.createCheckout(merchant));
      const outcomes = await Promise.allSettled([assign(receiptId), assign(receiptId, second)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const statuses = [(await transactionNow()).status, (await transactionNow(second)).status].sort();
      expect(statuses).toEqual(['pending_provider', 'succeeded']);
    });

    it('is refused for another currency, a closed payment, and what is not there', async () => {
      const francs = await waiting({ currency: 'CHF' });
      await expect(assign(francs)).rejects.toMatchObject({ code: 'invalid_transition' });
      await expect(assign(newObjectId())).rejects.toMatchObject({ code: 'bank_receipt_not_found' });
      await expect(assign(francs, newObjectId())).rejects.toMatchObject({ code: 'transaction_not_found' });
      const euros = await waiting();
      await stack.app.get(CancelTransaction).execute({ transactionId });
      await expect(assign(euros)).rejects.toMatchObject({ code: 'invalid_transition', details: { status: 'cancelled' } });
    });

    it("never touches another tenant's receipt or payment", async () => {
      const stranger = await stack.newMerchant({ provider: { type: 'wire' }, credentials: BANK });
      const theirs = await pay(await stack.createCheckout(stranger), stranger);
      const receiptId = await waiting();
      await expect(assign(receiptId, theirs)).rejects.toMatchObject({ code: 'transaction_not_found' });
      await expect(stack.rpc.request(assignBankReceipt, { ...tenant(stranger), receiptId, transactionId: theirs })).rejects.toMatchObject({
        code: 'bank_receipt_not_found',
      });
      await expect(stack.rpc.request(dismissBankReceipt, { ...tenant(stranger), receiptId })).rejects.toMatchObject({
        code: 'bank_receipt_not_found',
      });
    });

    it('dismissed money is out of the list, can be assigned later, and not be dismissed then', async () => {
      const receiptId = await waiting();
      const dismiss = () => stack.rpc.request(dismissBankReceipt, { ...tenant(), receiptId });
      expect((await dismiss()).state).toBe('dismissed');
      expect((await dismiss()).state).toBe('dismissed');
      expect(await receipts({ state: 'unassigned' })).toEqual([]);
      expect((await assign(receiptId)).state).toBe('assigned');
      await expect(dismiss()).rejects.toMatchObject({ code: 'invalid_transition' });
    });
  });
});
