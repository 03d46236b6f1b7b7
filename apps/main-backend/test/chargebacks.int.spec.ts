import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createCustomerRiskHold,
  getChargeback,
  getCustomerRiskHold,
  getTransaction,
  listChargebacks,
  listCustomerRiskHolds,
  releaseCustomerRiskHold,
  updateChargeback,
} from '@paygate/messages';
import type {
  ChargebackView,
  CreateCheckoutCommand,
  CreateCustomerRiskHoldCommand,
  CustomerRiskHoldView,
  ProviderSnapshot,
  TransactionView,
  UpdateChargebackCommand,
} from '@paygate/messages';
import { CHARGEBACK_STATUSES, CHARGEBACK_TRANSITIONS } from '@paygate/payments-domain';
import type { ChargebackStatus } from '@paygate/payments-domain';
import { ApplyDispute } from '../src/chargebacks/index.js';
import { WireAdapter } from '../src/providers/wire/index.js';
import { ApplyProviderResult, StartPayment } from '../src/transactions/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { talliesOf } from './support/tallies.js';

describe('chargebacks', () => {
  let stack: MainStack;
  let merchant: Merchant;
  let transactionId: string;

  beforeAll(async () => {
    stack = await MainStack.start({}, { adapters: [new WireAdapter()] });
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

  describe('and the buyer', () => {
    const ADA = 'ada@example.com';
    const BANK = { type: 'wire', label: 'Bank transfer' } satisfies Partial<ProviderSnapshot>;
    const holds = async (filter: object = {}, of = merchant): Promise<CustomerRiskHoldView[]> =>
      (await stack.rpc.request(listCustomerRiskHolds, { ...tenant(of), page: 1, limit: 50, ...filter })).items;
    const checkout = (changes: Partial<CreateCheckoutCommand> = {}, of = merchant) => stack.createCheckout(of, { email: ADA, ...changes });
    const hold = (changes: Partial<CreateCustomerRiskHoldCommand> = {}, of = merchant) =>
      stack.rpc.request(createCustomerRiskHold, { ...tenant(of), email: ADA, action: 'block_all', ...changes });
    const release = (holdId: string, of = merchant) => stack.rpc.request(releaseCustomerRiskHold, { ...tenant(of), holdId, note: 'paid' });
    const start = (sessionPublicId: string, providerId = merchant.providerId, email?: string) =>
      stack.app.get(StartPayment).execute({ sessionPublicId, providerId, email });
    const wireAccount = () => stack.addProvider(merchant, BANK);

    it('has no new checkout while the dispute is undecided; the merchant learns of which one', async () => {
      await hear('open');
      const { id: disputeId, createdAt: disputeDate } = await only();
      const dispute = { disputeId, chargebackId: disputeId, disputeStatus: 'open', disputeDate };
      const refused = {
        code: 'CHECKOUT_BLOCKED_BY_DISPUTE',
        details: { ...dispute, transactionId, externalReference: 'order_1', amount: 4900, currency: 'EUR' },
      };
      await expect(checkout()).rejects.toMatchObject(refused);
      await expect(checkout({ email: ' Ada@Example.COM' })).rejects.toMatchObject(refused);
      await hear('under_review');
      await expect(checkout()).rejects.toMatchObject({ code: refused.code, details: { disputeStatus: 'under_review' } });
      await expect(checkout({ email: 'eve@example.com' })).resolves.toHaveProperty('id');
      await expect(checkout({}, await stack.newMerchant())).resolves.toHaveProperty('id');
      await hear('won');
      await expect(checkout()).resolves.toHaveProperty('id');
      expect(await holds()).toEqual([]);
    });

    it('cannot pay a checkout that was open before, nor one where only the page asks for the address', async () => {
      const known = await checkout();
      const unknown = await checkout({ email: undefined });
      await hear('open');
      const refused = { code: 'CHECKOUT_BLOCKED_BY_DISPUTE', details: undefined };
      await expect(start(known.sessionPublicId)).rejects.toMatchObject(refused);
      await expect(start(unknown.sessionPublicId, undefined, ADA)).rejects.toMatchObject(refused);
      await expect(start(unknown.sessionPublicId, undefined, 'eve@example.com')).resolves.toHaveProperty('transactionId');
    });

    it.each(['lost', 'accepted'] as const)('is held after a %s dispute, until the hold is released for good', async (word) => {
      await hear('open');
      await hear(word);
      const { id: chargebackId } = await only();
      const [made, ...others] = await holds({ status: 'active' });
      expect(made).toMatchObject({
        action: 'block_all',
        reason: `${word}_dispute`,
        email: ADA,
        chargebackId,
        transactionId,
        livemode: false,
      });
      expect(others).toEqual([]);
      const id = made?.id ?? '';
      await expect(checkout()).rejects.toMatchObject({
        code: 'CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD',
        details: { customerRiskHold: { id, action: 'block_all', reason: `${word}_dispute` }, chargebackId, transactionId },
      });
      const released = await release(id);
      expect(released).toMatchObject({ id, status: 'released', releasedAt: expect.any(String), note: 'paid' });
      expect(await release(id)).toEqual(released);
      await expect(checkout()).resolves.toHaveProperty('id');
      // The provider repeats itself: somebody has decided about this dispute.
      await hear(word);
      expect(await holds({ status: 'active' })).toEqual([]);
    });

    it.each<[string, ChargebackStatus[], string[]]>([
      ['won after all', ['lost', 'won'], ['released']],
      ['won and then lost', ['won', 'lost'], ['active']],
      ['lost, won, and lost again', ['lost', 'won', 'accepted'], ['active']],
    ])('%s', async (_name, words, statuses) => {
      for (const word of words) await hear(word);
      expect((await holds()).map(({ status }) => status)).toEqual(statuses);
    });

    it('a dispute an operator decides counts as one the provider decides', async () => {
      await hear('open');
      const { id: chargebackId } = await only();
      await update({ chargebackId, status: 'accepted' });
      expect(await holds()).toMatchObject([{ reason: 'accepted_dispute', chargebackId, status: 'active' }]);
    });

    it('is found by the client, too', async () => {
      const clientId = 'c'.repeat(24);
      const { id } = await hold({ email: undefined, clientId, action: 'manual_review' });
      await expect(checkout({ email: undefined, clientId })).rejects.toMatchObject({
        code: 'CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD',
        details: { customerRiskHold: { id, action: 'manual_review', reason: 'manual' } },
      });
      await expect(checkout()).resolves.toHaveProperty('id');
    });

    it('who may use some types of providers only gets a checkout where one of them is offered', async () => {
      const { id } = await hold({ action: 'allow_provider_types', allowedProviderTypes: ['wire', 'wise'] });
      const refused = (allowedProviderIds: string[]) => ({
        code: 'CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD',
        details: {
          customerRiskHold: { id, action: 'allow_provider_types', reason: 'manual' },
          ...{ allowedProviderTypes: ['wire', 'wise'], allowedProviderIds },
        },
      });
      await expect(checkout()).rejects.toMatchObject(refused([]));
      const wire = await wireAccount();
      const { sessionPublicId } = await checkout();
      await expect(start(sessionPublicId)).rejects.toMatchObject({
        code: 'CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD',
        details: { allowedProviderTypes: ['wire', 'wise'], allowedProviderIds: [wire] },
      });
      // An account that this site does not offer is named all the same: the merchant may offer it.
      await stack.changeSite(merchant, { providerIds: [merchant.providerId] });
      await expect(checkout()).rejects.toMatchObject(refused([wire]));
    });

    it('the page offers what is left, and does not say why', async () => {
      const wire = await wireAccount();
      const { shortCode } = await checkout();
      await hold({ action: 'allow_provider_types', allowedProviderTypes: ['wire'] });
      const body = new URLSearchParams({ provider: merchant.providerId, email: ADA, name: 'Ada', country: 'DE' });
      const answer = await fetch(`${stack.url}/checkout/${shortCode}/pay`, { method: 'POST', body, redirect: 'manual' });
      const page = await answer.text();
      expect(answer.status).toBe(409);
      expect(page).toContain(`value="${wire}"`);
      expect(page).not.toContain(`value="${merchant.providerId}"`);
      expect(page).not.toMatch(/hold|dispute/i);
    });

    it('a request that is repeated is answered as before', async () => {
      const idempotency = { key: 'k-1', requestHash: 'a'.repeat(64) };
      const first = await checkout({ idempotency });
      const made = await hold({ idempotency });
      expect(await checkout({ idempotency })).toMatchObject({ id: first.id, replayed: true });
      expect(await hold({ idempotency })).toMatchObject({ id: made.id, replayed: true });
      expect(await holds()).toHaveLength(1);
    });

    it('holds are listed with every filter, and are nobody else’s', async () => {
      const clientId = 'd'.repeat(24);
      const [byEmail, byClient] = [await hold({ note: 'called twice' }), await hold({ email: undefined, clientId })];
      const ids = async (filter: object, of = merchant): Promise<string[]> => (await holds(filter, of)).map(({ id }) => id);
      expect(await ids({})).toEqual([byClient.id, byEmail.id]);
      expect(await ids({ email: ' ADA@example.com ' })).toEqual([byEmail.id]);
      expect(await ids({ clientId, status: 'active' })).toEqual([byClient.id]);
      for (const filter of [{ status: 'released' }, { email: 'eve@example.com' }, { email: ADA, clientId }])
        expect(await ids(filter)).toEqual([]);
      const other = await stack.newMerchant();
      expect(await ids({}, other)).toEqual([]);
      const refused = { code: 'customer_risk_hold_not_found' };
      await expect(release(byEmail.id, other)).rejects.toMatchObject(refused);
      for (const foreign of [tenant(other), { ...tenant(), livemode: true }]) {
        await expect(stack.rpc.request(getCustomerRiskHold, { ...foreign, holdId: byEmail.id })).rejects.toMatchObject(refused);
      }
      expect(await stack.rpc.request(getCustomerRiskHold, { ...tenant(), holdId: byEmail.id })).toMatchObject({
        status: 'active',
        note: 'called twice',
      });
    });
  });
});
