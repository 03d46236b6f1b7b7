import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newObjectId } from '@paygate/kernel';
import {
  createManualTransaction,
  deleteTransaction,
  getTransaction,
  getTransactionTax,
  listTransactionTaxes,
  recalculateTransactionTax,
} from '@paygate/messages';
import type { CreateCheckoutCommand, TransactionTaxDecision } from '@paygate/messages';
import type { ProviderWord } from '@paygate/payments-domain';
import { TaxEngine } from '@paygate/tax';
import { CreateRefund } from '../src/refunds/create-refund.js';
import { ApplyProviderResult, StartPayment } from '../src/transactions/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { taxMerchant, toldTax } from './support/tax.js';

const SONG = { name: 'Song', quantity: 1, unitPrice: 4900, itemType: 'digital_service' };
const OSS = { enabled: true, scheme: 'union', thresholdExceeded: false } as const;

describe('the tax of transactions', () => {
  let stack: MainStack;
  let merchant: Merchant;

  beforeAll(async () => {
    stack = await MainStack.start();
  }, 60_000);
  afterAll(async () => stack.stop());
  beforeEach(async () => {
    stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
    stack.provider.onRefund({ kind: 'answer', word: 'succeeded' });
    merchant = await stack.newMerchant();
  });

  const tenant = (of: Merchant = merchant) => ({ organizationId: of.organizationId, livemode: false });
  async function begin(changes: Partial<CreateCheckoutCommand> = {}): Promise<string> {
    const { sessionPublicId } = await stack.createCheckout(merchant, { items: [SONG], billingAddress: { country: 'DE' }, ...changes });
    return (await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId })).transactionId;
  }
  async function say(transactionId: string, word: ProviderWord): Promise<void> {
    const { scope, providerId } = merchant;
    const payment = stack.provider.decide(transactionId, { word });
    await stack.app.get(ApplyProviderResult).execute({ scope, providerId, transactionId, payment, source: 'webhook' });
  }
  async function paid(changes: Partial<CreateCheckoutCommand> = {}): Promise<string> {
    const transactionId = await begin(changes);
    await say(transactionId, 'succeeded');
    return transactionId;
  }
  const refund = (transactionId: string, amount: number) => stack.app.get(CreateRefund).execute({ ...tenant(), transactionId, amount });
  const taxOf = (transactionId: string): Promise<TransactionTaxDecision> =>
    stack.rpc.request(getTransactionTax, { ...tenant(), transactionId });
  const recalculate = (transactionId: string): Promise<TransactionTaxDecision> =>
    stack.rpc.request(recalculateTransactionTax, { ...tenant(), transactionId });
  const detailTax = async (transactionId: string) => (await stack.rpc.request(getTransaction, { ...tenant(), transactionId })).tax;

  it('is decided when the payment begins, told when it succeeds, and can be calculated again from what was kept', async () => {
    await taxMerchant(stack, merchant, { oss: OSS });
    const billingAddress = { country: 'FR', postcode: '75001', phone: '+33 1 23 45 67 89' };
    const transactionId = await begin({ billingAddress });
    const decided = await taxOf(transactionId);
    expect(decided).toMatchObject({
      ...{ transactionId, origin: 'calculated', version: 1, amount: 4900, currency: 'EUR', configurationRevision: 1, movements: [] },
      calculation: { totalNet: 4083, totalTax: 817, breakdown: [{ taxCountry: 'FR', treatment: 'oss', taxRateCode: 'FR_STANDARD' }] },
      input: {
        evidence: [
          { source: 'billing_address', country: 'FR' },
          { source: 'phone_prefix', country: 'FR' },
        ],
      },
      configuration: { rates: [{ code: 'FR_STANDARD' }] },
    });
    expect(new TaxEngine(decided.configuration).calculate(decided.input)).toEqual({ ok: true, calculation: decided.calculation });
    expect(await detailTax(transactionId)).toEqual({
      ...{ taxIncluded: true, totalNet: 4083, totalTax: 817, totalGross: 4900 },
      taxBreakdown: [{ taxRate: 20, taxRateCode: 'FR_STANDARD', taxableBase: 4083, taxAmount: 817 }],
    });
    await say(transactionId, 'succeeded');
    await refund(transactionId, 1000);
    const { movements } = await taxOf(transactionId);
    expect(movements.map(({ sourceKind, taxVersion }) => [sourceKind, taxVersion])).toEqual([
      ['transaction', 1],
      ['refund', 1],
    ]);
    expect(movements).toEqual((await toldTax(stack, transactionId)).told);
  });

  it('is what it was decided by, whatever the merchant changes meanwhile, also of a late success', async () => {
    await taxMerchant(stack, merchant);
    const transactionId = await begin();
    await say(transactionId, 'failed');
    expect((await toldTax(stack, transactionId)).told).toEqual([]);
    await taxMerchant(stack, merchant, {}, { rates: [] });
    await say(transactionId, 'succeeded');
    await say(transactionId, 'succeeded');
    const { told, sums } = await toldTax(stack, transactionId);
    expect(told.map(({ id }) => id)).toEqual([`transaction-${transactionId}-1`]);
    expect(sums).toEqual({ 'DE_STANDARD net': 4118, 'DE_STANDARD tax': 782 });
  });

  it('is what the shop named, and told to nobody, while tax is not enabled', async () => {
    const [named, unnamed] = [await paid({ items: [{ ...SONG, vatRate: 19 }] }), await paid()];
    expect(await taxOf(named)).toMatchObject({ origin: 'given', version: 0, calculation: { totalTax: 782 }, movements: [] });
    expect(await taxOf(unnamed)).toMatchObject({ origin: 'unknown', version: 0, movements: [] });
    expect(await recalculate(unnamed)).toMatchObject({ origin: 'unknown', version: 0 });
    for (const transactionId of [named, unnamed]) expect((await toldTax(stack, transactionId)).told).toEqual([]);
    expect(await stack.database.collection('transaction_taxes').countDocuments({ organizationId: merchant.organizationId })).toBe(0);
  });

  it('that nobody knows keeps nobody from paying, and is told as such', async () => {
    await taxMerchant(stack, merchant, {}, { rates: [] });
    const transactionId = await paid();
    await refund(transactionId, 1000);
    expect(await taxOf(transactionId)).toMatchObject({ origin: 'unknown', problems: [{ code: 'tax_rate_missing' }] });
    expect(await detailTax(transactionId)).toBeUndefined();
    expect((await toldTax(stack, transactionId)).sums).toEqual({ untaxed: 3900 });
  });

  it('is refused to be unsure of, before anything is recorded, where the merchant wants strict evidence', async () => {
    await taxMerchant(stack, merchant, { oss: OSS, strictEvidence: true });
    await expect(begin({ billingAddress: { country: 'FR' } })).rejects.toMatchObject({
      code: 'tax_evidence_insufficient',
      details: { evidence: [{ source: 'billing_address', country: 'FR' }], accepted: expect.arrayContaining(['phone_prefix']) },
    });
    expect(await stack.database.collection('transactions').countDocuments({ organizationId: merchant.organizationId })).toBe(0);
    await begin({ billingAddress: { country: 'FR', phone: '+33 1 23 45 67 89' } });
    await begin({ billingAddress: { country: 'DE' } });
  });

  it('is known of a sale that took place, whatever evidence is wanted by now', async () => {
    await taxMerchant(stack, merchant, { oss: OSS });
    const transactionId = await paid({ billingAddress: { country: 'FR' } });
    await taxMerchant(stack, merchant, { oss: OSS, strictEvidence: true });
    expect(await recalculate(transactionId)).toMatchObject({
      origin: 'calculated',
      calculation: { totalTax: 817, evidence: { sufficient: false } },
    });
    expect((await toldTax(stack, transactionId)).sums).toMatchObject({ 'FR_STANDARD tax': 817 });
  });

  it('can be decided once more: the sale and what went back of it are told anew, the earlier decision stays', async () => {
    await taxMerchant(stack, merchant);
    const transactionId = await paid({ billingAddress: { country: 'FR' } });
    const refunds = [await refund(transactionId, 1001), await refund(transactionId, 99)];
    const before = await toldTax(stack, transactionId);
    expect(before.sums).toEqual({ 'DE_STANDARD net': 3194, 'DE_STANDARD tax': 606 });
    await taxMerchant(stack, merchant, { oss: OSS });
    expect(await recalculate(transactionId)).toMatchObject({ version: 2, configurationRevision: 2, calculation: { totalTax: 817 } });
    const after = await toldTax(stack, transactionId);
    expect(after.sums).toEqual({ 'FR_STANDARD net': 3166, 'FR_STANDARD tax': 634 });
    expect(after.told.slice(before.told.length).map(({ sourceId, taxVersion }) => [sourceId, taxVersion])).toEqual([
      [transactionId, 2],
      ...refunds.map(({ id }) => [id, 2]),
    ]);
    for (const { id } of refunds) {
      expect(new Set(after.told.filter(({ sourceId }) => sourceId === id).map(({ recognizedAt }) => recognizedAt)).size).toBe(1);
    }
    // With nothing different, nothing is told; the decision is kept all the same.
    expect(await recalculate(transactionId)).toMatchObject({ version: 3 });
    expect((await toldTax(stack, transactionId)).told).toHaveLength(after.told.length);
    const kept = await stack.database.collection('transaction_taxes').find({ transactionId }).toArray();
    expect(kept.map(({ version }) => version as number)).toEqual([1, 2, 3]);
    expect((await stack.rpc.request(getTransaction, { ...tenant(), transactionId })).timeline.map(({ type }) => type)).toContain(
      'tax_recalculated',
    );
  });

  it('of a payment made before tax was enabled is decided by asking for it', async () => {
    const transactionId = await paid();
    await refund(transactionId, 4900);
    await taxMerchant(stack, merchant);
    expect(await recalculate(transactionId)).toMatchObject({ version: 1, origin: 'calculated' });
    const { told, sums } = await toldTax(stack, transactionId);
    expect(told.map(({ sourceKind }) => sourceKind)).toEqual(['transaction', 'refund']);
    expect(sums).toEqual({});
    await taxMerchant(stack, merchant, { enabled: false });
    expect(await recalculate(transactionId)).toMatchObject({ version: 2, origin: 'unknown' });
    expect((await toldTax(stack, transactionId)).standing).toEqual([]);
  });

  it('calculated ten times at once ends with one answer, and says it once', async () => {
    await taxMerchant(stack, merchant);
    const transactionId = await paid({ billingAddress: { country: 'FR' } });
    await taxMerchant(stack, merchant, { oss: OSS });
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => recalculate(transactionId)));
    const made = answers.filter(({ status }) => status === 'fulfilled').length;
    expect(made).toBeGreaterThan(0);
    expect((await taxOf(transactionId)).version).toBe(1 + made);
    expect((await toldTax(stack, transactionId)).told.map(({ taxVersion }) => taxVersion)).toEqual([1, 2]);
  });

  it('of a payment recorded by hand counts when it was made, and no more when it is deleted', async () => {
    await taxMerchant(stack, merchant);
    const command = { ...tenant(), siteId: merchant.siteId, amount: 1190, currency: 'EUR', method: 'cash' } as const;
    const at = { paidAt: '2020-08-01T10:00:00.000Z', billingAddress: { country: 'DE' } };
    const { transaction } = await stack.rpc.request(createManualTransaction, { ...command, ...at });
    const [told] = (await toldTax(stack, transaction.id)).told;
    expect(told).toMatchObject({ recognizedAt: at.paidAt, breakdown: [{ taxRate: 16, taxableBase: 1026, taxAmount: 164 }] });
    await stack.rpc.request(deleteTransaction, { ...tenant(), transactionId: transaction.id });
    expect((await toldTax(stack, transaction.id)).standing).toEqual([]);
  });

  it('is listed oldest first, of paid transactions only, page by page', async () => {
    await taxMerchant(stack, merchant);
    const ids: string[] = [];
    for (let made = 0; made < 5; made++) {
      stack.clock.advance(1_000);
      ids.push(await paid());
    }
    await begin();
    const ask = (selection: object) => stack.rpc.request(listTransactionTaxes, { ...tenant(), page: 1, limit: 2, ...selection });
    const seen: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 4; pages++) {
      const page = await ask({ ...(cursor === undefined ? {} : { cursor }) });
      expect(page.total).toBe(5);
      seen.push(...page.items.map(({ transactionId }) => transactionId));
      for (const { movements } of page.items) expect(movements).toHaveLength(1);
      cursor = page.nextCursor;
      if (cursor === undefined) break;
    }
    expect(seen).toEqual(ids);
    expect((await ask({ page: 3 })).items.map(({ transactionId }) => transactionId)).toEqual(ids.slice(4));
    expect((await ask({ siteId: newObjectId() })).total).toBe(0);
    expect((await ask({ from: stack.clock.now().toISOString() })).total).toBe(1);
  });

  it('is for the owner only', async () => {
    await taxMerchant(stack, merchant);
    const transactionId = await paid();
    const other = await stack.newMerchant();
    for (const contract of [getTransactionTax, recalculateTransactionTax]) {
      await expect(stack.rpc.request(contract, { ...tenant(other), transactionId })).rejects.toMatchObject({
        code: 'transaction_not_found',
      });
      await expect(stack.rpc.request(contract, { ...tenant(), livemode: true, transactionId })).rejects.toMatchObject({
        code: 'transaction_not_found',
      });
    }
    expect((await stack.rpc.request(listTransactionTaxes, { ...tenant(other), page: 1, limit: 10 })).total).toBe(0);
  });
});
