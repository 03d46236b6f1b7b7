import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getCheckout, getTransaction, listChargebacks, listRefunds } from '@paygate/messages';
import { eventually } from '@paygate/testing';
import fc from 'fast-check';
import { ProcessProviderEvents } from '../src/hooks/process-provider-events.js';
import type { ProviderSubject } from '../src/providers/index.js';
import { StartPayment } from '../src/transactions/index.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';
import { taxMerchant, toldTax } from './support/tax.js';

/** Two rates, and amounts that no part divides evenly. */
const ITEMS = [
  { name: 'Subscription', quantity: 1, unitPrice: 3333, itemType: 'digital_service' },
  { name: 'Book', quantity: 1, unitPrice: 1567, vatRate: 7, itemType: 'goods' },
];

/** Events of one payment, in the order in which they happened at the provider. */
type Step = 'paid' | 'part' | 'part_fails' | 'rest' | 'opened' | 'reviewed' | 'won' | 'lost';

const STORIES: readonly { name: string; steps: readonly Step[]; status: string; refunded: number }[] = [
  { name: 'paid and partly refunded', steps: ['paid', 'part'], status: 'succeeded', refunded: 1900 },
  { name: 'fully refunded in two parts', steps: ['paid', 'part', 'rest'], status: 'refunded', refunded: 4900 },
  { name: 'a refund that comes back', steps: ['paid', 'part', 'rest', 'part_fails'], status: 'succeeded', refunded: 3000 },
  { name: 'a won dispute', steps: ['paid', 'opened', 'reviewed', 'won'], status: 'succeeded', refunded: 0 },
  { name: 'a lost dispute after a refund', steps: ['paid', 'part', 'opened', 'lost'], status: 'charged_back', refunded: 1900 },
  { name: 'refunded, disputed and won', steps: ['paid', 'part', 'rest', 'opened', 'won'], status: 'refunded', refunded: 4900 },
];

describe('news of a payment, its refunds and its dispute in any order', () => {
  let stack: MainStack;
  let merchant: Merchant;

  beforeAll(async () => {
    stack = await MainStack.start();
    merchant = await stack.newMerchant();
    await taxMerchant(stack, merchant);
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
  });

  const tenant = () => ({ organizationId: merchant.organizationId, livemode: false });

  /** What the provider would tell, step by step. */
  function tell(transactionId: string, steps: readonly Step[]): ProviderSubject[] {
    const { provider } = stack;
    const parts = new Map<Step, string>();
    return steps.map((step): ProviderSubject => {
      switch (step) {
        case 'paid':
          return { kind: 'payment', payment: provider.payment(transactionId) };
        case 'part':
        case 'rest': {
          const refund = provider.ownRefund(transactionId, step === 'part' ? 1900 : 3000);
          parts.set(step, refund.reference);
          return { kind: 'refund', refund };
        }
        case 'part_fails':
          return { kind: 'refund', refund: provider.decideRefund(parts.get('part') ?? '', 'failed') };
        case 'opened':
          return { kind: 'dispute', dispute: provider.dispute(transactionId, 'open') };
        case 'reviewed':
          return { kind: 'dispute', dispute: provider.dispute(transactionId, 'under_review') };
        case 'won':
        case 'lost':
          return { kind: 'dispute', dispute: provider.dispute(transactionId, step) };
      }
    });
  }

  it.each(STORIES)(
    '$name',
    async ({ steps, status, refunded }) => {
      let taxOfFirst: Record<string, number> | undefined;
      const order = fc.shuffledSubarray(
        steps.flatMap((_step, index) => [index, index]),
        { minLength: steps.length * 2 },
      );
      await fc.assert(
        fc.asyncProperty(order, fc.boolean(), async (indexes, atOnce) => {
          const { sessionPublicId, id: checkoutId } = await stack.createCheckout(merchant, {
            items: ITEMS,
            billingAddress: { country: 'DE' },
          });
          const { transactionId } = await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: merchant.providerId });
          stack.provider.decide(transactionId, { word: 'succeeded' });
          const subjects = tell(transactionId, steps);
          const events = indexes.flatMap((index) => {
            const subject = subjects[index];
            return subject ? [{ subject }] : [];
          });
          // One notification processes its events at the same time, several one after the other as they arrive.
          for (const batch of atOnce ? [events] : events.map((event) => [event]))
            expect((await stack.tell(merchant, batch)).status).toBe(200);
          const rows = stack.database.collection('provider_events');
          // What could not be placed yet, or met another of them, is tried again.
          await eventually(
            async () => {
              stack.clock.advance(60_000);
              await stack.app.get(ProcessProviderEvents).execute();
              expect(await rows.countDocuments({ providerId: merchant.providerId, processedAt: { $exists: false } })).toBe(0);
            },
            { timeoutMs: 30_000 },
          );
          expect(await stack.rpc.request(getTransaction, { ...tenant(), transactionId })).toMatchObject({
            status,
            refundedAmount: refunded,
            pendingRefundAmount: 0,
          });
          expect(await stack.rpc.request(getCheckout, { ...tenant(), checkoutId })).toMatchObject({ status: 'completed', transactionId });
          const page = { ...tenant(), transactionId, page: 1, limit: 10 };
          const refunds = (await stack.rpc.request(listRefunds, page)).items;
          const came = refunds.filter((refund) => refund.status === 'succeeded').reduce((sum, { amount }) => sum + amount, 0);
          expect(came).toBe(refunded);
          expect(refunds).toHaveLength(steps.filter((step) => step === 'part' || step === 'rest').length);
          const disputes = (await stack.rpc.request(listChargebacks, page)).items.map((dispute) => dispute.status);
          const end = steps.filter((step) => step === 'won' || step === 'lost');
          expect(disputes).toEqual(end);
          const told = await stack.eventsOf(transactionId);
          expect(told.map(({ eventVersion }) => eventVersion)).toEqual(told.map((_event, index) => index + 1));
          expect(told.at(-1)?.status).toBe(status);
          const tax = await toldTax(stack, transactionId);
          expect(tax.sums).toEqual((taxOfFirst ??= tax.sums));
          const disputed = steps.includes('opened') && !steps.includes('won');
          expect(Object.values(tax.sums).reduce((sum, amount) => sum + amount, 0)).toBe(4900 - refunded - (disputed ? 4900 : 0));
          expect(new Set(tax.told.map(({ id }) => id)).size).toBe(tax.told.length);
          for (const { id, sourceKind, sourceId, taxVersion } of tax.told) expect(id).toBe(`${sourceKind}-${sourceId}-${taxVersion}`);
        }),
        { numRuns: 4, endOnFailure: true },
      );
    },
    120_000,
  );
});
