import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getChargeback, getTransaction, listChargebacks, updateChargeback } from '@paygate/messages';
import type { ChargebackView, TransactionView, UpdateChargebackCommand } from '@paygate/messages';
import { CHARGEBACK_STATUSES, CHARGEBACK_TRANSITIONS } from '@paygate/payments-domain';
import type { ChargebackStatus } from '@paygate/payments-domain';
import { ApplyDispute } from '../src/chargebacks/index.js';
import { ApplyProviderResult, StartPayment } from '../src/transactions/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { talliesOf } from './support/tallies.js';

describe('chargebacks', () => {
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
    merchant = await stack.newMerchant();
    const { sessionPublicId } = await stack.createCheckout(merchant, { externalReference: 'order_1', email: 'ada@example.com' });
    transactionId = (await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId })).transactionId;
    stack.provider.decide(transactionId, { word: 'succeeded' });
  });

  const tenant = (of = merchant) => ({ organizationId: of.organizationId, livemode: false });
  const hear = (word: ChargebackStatus, changes: object = {}) => {
    const { scope, providerId } = merchant;
    const dispute = stack.provider.dispute(transactionId, word, changes);
    return stack.app.get(ApplyDispute).execute({ scope, providerId, dispute, source: 'webhook' });
  };
  const pay = () => {
    const { scope, providerId } = merchant;
    const payment = stack.provider.payment(transactionId);
    return stack.app.get(ApplyProviderResult).execute({ scope, providerId, transactionId, payment, source: 'webhook' });
  };
  const transactionNow = (): Promise<TransactionView> => stack.rpc.request(getTransaction, { ...tenant(), transactionId });
  const list = async (filter: object = {}, of = merchant): Promise<ChargebackView[]> =>
    (await stack.rpc.request(listChargebacks, { ...tenant(of), page: 1, limit: 50, ...filter })).items;
  const only = async (): Promise<ChargebackView> => {
    const [chargeback, ...others] = await list({ transactionId });
    if (!chargeback || others.length > 0) throw new Error('there is not exactly one chargeback');
    return chargeback;
  };
  const update = (changes: Partial<UpdateChargebackCommand> & Pick<UpdateChargebackCommand, 'chargebackId' | 'status'>) =>
    stack.rpc.request(updateChargeback, { ...tenant(), transactionId, ...changes });
  const statusesTold = async () => (await stack.eventsOf(transactionId)).map(({ status }) => status);

  it('a dispute takes the payment, a won one gives it back', async () => {
    await pay();
    await hear('open', { evidenceDueBy: new Date('2026-04-01T00:00:00Z') });
    expect(await transactionNow()).toMatchObject({ status: 'charged_back', refundableAmount: 0 });
    expect(await only()).toMatchObject({
      ...{ status: 'open', amount: 4900, currency: 'EUR', reason: 'fraudulent', evidenceDueBy: '2026-04-01T00:00:00.000Z' },
      ...{ transactionId, externalReference: 'order_1', email: 'ada@example.com', providerReference: `dp_${transactionId}` },
    });
    await hear('won');
    expect((await transactionNow()).status).toBe('succeeded');
    expect(await only()).toMatchObject({ status: 'won', closedAt: expect.any(String) });
    expect(await statusesTold()).toEqual(['initiated', 'succeeded', 'charged_back', 'succeeded']);
  });

  it('one that overtakes the payment makes the provider be asked for it first', async () => {
    expect(await hear('open')).toBe('moved');
    expect(await statusesTold()).toEqual(['initiated', 'succeeded', 'charged_back']);
  });

  it('an older word changes nothing; a later one may reopen the case', async () => {
    await pay();
    const { scope, providerId } = merchant;
    const older = stack.provider.dispute(transactionId, 'under_review');
    await hear('lost');
    expect(await stack.app.get(ApplyDispute).execute({ scope, providerId, dispute: older, source: 'webhook' })).toBe('unchanged');
    expect((await only()).status).toBe('lost');
    expect(await hear('open')).toBe('moved');
    expect(await only()).not.toHaveProperty('closedAt');
  });

  it.each(CHARGEBACK_STATUSES.flatMap((from) => CHARGEBACK_STATUSES.map((to) => ({ from, to }))))(
    'an operator moves $from → $to as the table says',
    async ({ from, to }) => {
      await hear(from);
      const { id: chargebackId } = await only();
      const allowed = CHARGEBACK_TRANSITIONS[from] as readonly ChargebackStatus[];
      if (from === to || allowed.includes(to)) {
        expect((await update({ chargebackId, status: to, note: 'as agreed' })).status).toBe(to);
        expect((await transactionNow()).status).toBe(to === 'won' ? 'succeeded' : 'charged_back');
      } else {
        await expect(update({ chargebackId, status: to })).rejects.toMatchObject({
          code: 'invalid_transition',
          details: { status: from, allowed },
        });
        expect((await only()).status).toBe(from);
      }
    },
  );

  it("nobody reaches another tenant's, or one by another transaction", async () => {
    await hear('open');
    const { id: chargebackId } = await only();
    const other = await stack.newMerchant();
    const refused = { code: 'chargeback_not_found' };
    await expect(update({ ...tenant(other), chargebackId, status: 'won' })).rejects.toMatchObject(refused);
    await expect(update({ transactionId: 'f'.repeat(24), chargebackId, status: 'won' })).rejects.toMatchObject(refused);
    await expect(stack.rpc.request(getChargeback, { ...tenant(other), transactionId, chargebackId })).rejects.toMatchObject(refused);
    expect(await list({}, other)).toEqual([]);
    expect((await only()).status).toBe('open');
  });

  it('disputes are listed with every filter', async () => {
    await hear('open');
    const { id, createdAt } = await only();
    const ids = async (filter: object): Promise<string[]> => (await list(filter)).map((each) => each.id);
    expect(await ids({ status: 'open', currency: 'EUR', siteId: merchant.siteId, providerId: merchant.providerId })).toEqual([id]);
    expect(await ids({ from: createdAt, to: createdAt })).toEqual([id]);
    for (const filter of [{ status: 'won' }, { currency: 'USD' }, { clientId: 'f'.repeat(24) }, { transactionId: 'f'.repeat(24) }]) {
      expect(await ids(filter)).toEqual([]);
    }
  });

  it('all of this is counted: the totals are those of counting everything anew', async () => {
    await hear('open');
    const { kept, counted } = await talliesOf(stack);
    expect(kept).toEqual(counted);
    const cell = expect.objectContaining({ status: 'charged_back', providerId: merchant.providerId, period: 'all' });
    expect(kept).toContainEqual({ _id: cell, count: 1, amount: 4900, refundedAmount: 0 });
  });
});
