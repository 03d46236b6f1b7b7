import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getTransaction } from '@paygate/messages';
import type { TransactionView } from '@paygate/messages';
import { eventually } from '@paygate/testing';
import { ProcessProviderEvents } from '../src/hooks/process-provider-events.js';
import type { ProviderSubject } from '../src/providers/index.js';
import { StartPayment } from '../src/transactions/index.js';
import { ReconcilePayments } from '../src/transactions/reconcile-payments.js';
import { MainStack } from './support/main-stack.js';
import type { Merchant } from './support/main-stack.js';

const PATIENCE = { timeoutMs: 15_000 };

describe('provider notifications', () => {
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
    transactionId = await startedPayment(merchant);
  });

  async function startedPayment(of: Merchant): Promise<string> {
    const { sessionPublicId } = await stack.createCheckout(of);
    return (await stack.app.get(StartPayment).execute({ sessionPublicId, providerId: of.providerId })).transactionId;
  }
  const transactionOf = (id: string, of = merchant): Promise<TransactionView> =>
    stack.rpc.request(getTransaction, { organizationId: of.organizationId, livemode: false, transactionId: id });
  const events = () => stack.database.collection('provider_events');
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${stack.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

  it('are answered at once and then applied', async () => {
    stack.provider.decide(transactionId, { word: 'succeeded' });
    const answer = await stack.notify(merchant, transactionId);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ received: true });
    await eventually(async () => {
      expect(await transactionOf(transactionId)).toMatchObject({ status: 'succeeded' });
    });
    expect((await transactionOf(transactionId)).timeline.at(-1)).toMatchObject({ source: 'webhook', status: 'succeeded' });
    await eventually(async () => {
      expect(await events().findOne({ providerId: merchant.providerId })).toMatchObject({ outcome: 'moved', attempts: 1 });
    });
  });

  it('are taken whatever their media type', async () => {
    stack.provider.decide(transactionId, { word: 'succeeded' });
    const { body, headers } = stack.provider.notification(stack.account(merchant), transactionId);
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(`/hooks/fake/${merchant.providerId}`, body, form)).status).toBe(200);
    await eventually(async () => {
      expect((await transactionOf(transactionId)).status).toBe('succeeded');
    });
  });

  it('repeated ones are answered the same and stored once', async () => {
    stack.provider.decide(transactionId, { word: 'succeeded' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => stack.notify(merchant, transactionId, 'evt_same')));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await events().countDocuments({ providerId: merchant.providerId })).toBe(1);
    await eventually(async () => {
      expect((await transactionOf(transactionId)).status).toBe('succeeded');
    });
    expect((await stack.eventsOf(transactionId)).map(({ status }) => status)).toEqual(['initiated', 'succeeded']);
  });

  it('the same event id of another provider account is another event', async () => {
    const other = await stack.newMerchant();
    const theirs = await startedPayment(other);
    stack.provider.decide(transactionId, { word: 'succeeded' });
    stack.provider.decide(theirs, { word: 'succeeded' });
    await stack.notify(merchant, transactionId, 'evt_1');
    await stack.notify(other, theirs, 'evt_1');
    await eventually(async () => {
      expect((await transactionOf(theirs, other)).status).toBe('succeeded');
    });
  });

  it('an older word that arrives late changes nothing', async () => {
    stack.provider.decide(transactionId, { word: 'pending' });
    const late = stack.provider.notification(stack.account(merchant), transactionId);
    stack.provider.decide(transactionId, { word: 'succeeded' });
    await stack.notify(merchant, transactionId);
    await eventually(async () => {
      expect((await transactionOf(transactionId)).status).toBe('succeeded');
    });
    expect((await post(`/hooks/fake/${merchant.providerId}`, late.body, late.headers)).status).toBe(200);
    await eventually(async () => {
      expect(await events().countDocuments({ providerId: merchant.providerId, processedAt: { $exists: true } })).toBe(2);
    });
    expect(await transactionOf(transactionId)).toMatchObject({ status: 'succeeded', eventVersion: 2 });
  });

  it('one that cannot be processed now is kept and processed later', async () => {
    stack.provider.decide(transactionId, { word: 'succeeded' });
    // The checkout is out of reach for a moment, so the whole change must roll back.
    const checkouts = stack.database.collection<{ _id: string }>('checkouts');
    const { checkoutId } = await transactionOf(transactionId);
    const kept = await checkouts.findOneAndDelete({ _id: checkoutId });
    expect((await stack.notify(merchant, transactionId)).status).toBe(200);
    await eventually(async () => {
      expect(await events().findOne({ providerId: merchant.providerId })).toMatchObject({
        attempts: 1,
        lastError: expect.stringContaining('checkout'),
      });
    });
    expect(await transactionOf(transactionId)).toMatchObject({ status: 'initiated', eventVersion: 1 });
    expect((await stack.eventsOf(transactionId)).map(({ status }) => status)).toEqual(['initiated']);

    await checkouts.insertOne(kept ?? { _id: checkoutId });
    await stack.app.get(ProcessProviderEvents).execute();
    expect((await transactionOf(transactionId)).status).toBe('initiated');
    stack.clock.advance(1_000);
    await stack.app.get(ProcessProviderEvents).execute();
    expect((await transactionOf(transactionId)).status).toBe('succeeded');
    expect(await events().findOne({ providerId: merchant.providerId })).not.toHaveProperty('dueAt');
  });

  it('one left by a crashed instance is taken over when its lease has run out', async () => {
    stack.provider.decide(transactionId, { word: 'succeeded' });
    await stack.notify(merchant, transactionId);
    await eventually(async () => {
      expect((await transactionOf(transactionId)).status).toBe('succeeded');
    });
    const crashed = { $set: { dueAt: new Date(stack.clock.now().getTime() + 60_000) }, $unset: { processedAt: '', outcome: '' } } as const;
    await eventually(async () => {
      expect((await events().updateOne({ providerId: merchant.providerId, processedAt: { $exists: true } }, crashed)).modifiedCount).toBe(
        1,
      );
    });
    await stack.app.get(ProcessProviderEvents).execute();
    expect(await events().findOne({ providerId: merchant.providerId })).not.toHaveProperty('outcome');
    stack.clock.advance(60_000);
    await stack.app.get(ProcessProviderEvents).execute();
    expect(await events().findOne({ providerId: merchant.providerId })).toMatchObject({ outcome: 'unchanged' });
    expect((await transactionOf(transactionId)).eventVersion).toBe(2);
  });

  describe('that bring several events', () => {
    const processedAs = async (eventId: string): Promise<unknown> => (await events().findOne({ eventId }))?.['outcome'];
    /** A merchant's other business at the same provider. */
    const elsewhere = (): ProviderSubject => {
      const dispute = stack.provider.dispute(transactionId, 'open', { reference: 'dp_elsewhere', paymentReference: 'pay_elsewhere' });
      return { kind: 'dispute', dispute };
    };

    it('have each applied: payment, refund and dispute in one', async () => {
      const payment = stack.provider.decide(transactionId, { word: 'succeeded' });
      const refund = stack.provider.ownRefund(transactionId, 1900);
      const told = [
        { kind: 'dispute', dispute: stack.provider.dispute(transactionId, 'open') },
        { kind: 'refund', refund },
        { kind: 'payment', payment },
      ] as const;
      expect((await stack.tell(merchant, [{}, ...told.map((subject) => ({ subject }))])).status).toBe(200);
      await eventually(async () => {
        stack.clock.advance(1_000);
        await stack.app.get(ProcessProviderEvents).execute();
        expect(await transactionOf(transactionId)).toMatchObject({ status: 'charged_back', refundedAmount: 1900 });
      }, PATIENCE);
    });

    it('with nothing of interest are taken', async () => {
      expect((await stack.tell(merchant, [{}, {}])).status).toBe(200);
      expect((await stack.tell(merchant, [])).status).toBe(200);
      expect(await events().countDocuments({ providerId: merchant.providerId })).toBe(0);
    });

    it('lose nothing of ours by what is of elsewhere, which is given up after days', async () => {
      const [ours, theirs] = [`evt_ours_${transactionId}`, `evt_theirs_${transactionId}`];
      const payment = stack.provider.decide(transactionId, { word: 'succeeded' });
      const told = [
        { id: theirs, subject: elsewhere() },
        { id: ours, subject: { kind: 'payment', payment } },
      ] as const;
      expect((await stack.tell(merchant, told)).status).toBe(200);
      await eventually(async () => expect(await processedAs(ours)).toBe('moved'), PATIENCE);
      expect(await processedAs(theirs)).toBeUndefined();
      await eventually(async () => {
        stack.clock.advance(24 * 3_600_000);
        await stack.app.get(ProcessProviderEvents).execute();
        expect(await processedAs(theirs)).toBe('not_here');
      }, PATIENCE);
    });

    it('keep news of a payment whose id at the provider we do not know yet, until we know it', async () => {
      stack.provider.onCreate({ kind: 'timeout', received: true });
      const unnamed = await startedPayment(merchant);
      stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
      stack.provider.decide(transactionId, { word: 'succeeded' });
      stack.provider.decide(unnamed, { word: 'succeeded' });
      const dispute = stack.provider.dispute(unnamed, 'open');
      const payment = stack.provider.payment(transactionId);
      const told = [{ subject: { kind: 'dispute', dispute } }, { subject: { kind: 'payment', payment } }] as const;
      expect((await stack.tell(merchant, told)).status).toBe(200);
      stack.clock.advance(60_000);
      await stack.app.get(ReconcilePayments).execute();
      await eventually(async () => {
        stack.clock.advance(60_000);
        await stack.app.get(ProcessProviderEvents).execute();
        expect((await transactionOf(unnamed)).status).toBe('charged_back');
      }, PATIENCE);
    });

    it('are refused when all of it is of elsewhere', async () => {
      expect((await stack.tell(merchant, [{ subject: elsewhere() }])).status).toBe(400);
      expect(await events().countDocuments({ providerId: merchant.providerId })).toBe(0);
    });
  });

  it('are asked for again with 503 when the provider has to be asked and does not answer', async () => {
    stack.provider.decide(transactionId, { word: 'succeeded' });
    stack.provider.reachable = false;
    const answer = await stack.notify(merchant, transactionId);
    stack.provider.reachable = true;
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 503, body: { code: 'service_unavailable' } });
    expect(await events().countDocuments({ providerId: merchant.providerId })).toBe(0);
  });

  describe('are refused with 400', () => {
    const codeOf = async (answer: Response) => ({ status: answer.status, code: ((await answer.json()) as { code: string }).code });

    it('without a signature, and with a wrong one', async () => {
      const { body } = stack.provider.notification(stack.account(merchant), transactionId);
      const path = `/hooks/fake/${merchant.providerId}`;
      const refused = { status: 400, code: 'webhook_signature_invalid' };
      expect(await codeOf(await post(path, body))).toEqual(refused);
      expect(await codeOf(await post(path, body, { 'x-fake-signature': 'f'.repeat(64) }))).toEqual(refused);
    });

    it('when a byte of the body was changed', async () => {
      const { body, headers } = stack.provider.notification(stack.account(merchant), transactionId);
      const answer = await post(`/hooks/fake/${merchant.providerId}`, body.replace('4900', '4901'), headers);
      expect(await codeOf(answer)).toEqual({ status: 400, code: 'webhook_signature_invalid' });
    });

    it.each([
      { case: 'an unknown provider', path: () => `/hooks/fake/${'d'.repeat(24)}` },
      { case: 'a wrong type', path: () => `/hooks/stripe/${merchant.providerId}` },
      { case: 'an id that is none', path: () => '/hooks/fake/%00' },
    ])('$case', async ({ path }) => {
      const { body, headers } = stack.provider.notification(stack.account(merchant), transactionId);
      expect(await codeOf(await post(path(), body, headers))).toEqual({ status: 400, code: 'webhook_payload_invalid' });
    });

    it("about another organization's payment, although the signature is right", async () => {
      const other = await stack.newMerchant();
      stack.provider.decide(transactionId, { word: 'succeeded' });
      const answer = await stack.notify({ ...merchant, ...pick(other) }, transactionId);
      expect(await codeOf(answer)).toEqual({ status: 400, code: 'webhook_payload_invalid' });
      expect((await transactionOf(transactionId)).status).toBe('initiated');
      expect(await events().countDocuments({ providerId: other.providerId })).toBe(0);
    });

    it('about a payment of another provider account of the same organization', async () => {
      const second = await stack.newMerchant({ provider: { organizationId: merchant.organizationId } });
      stack.provider.decide(transactionId, { word: 'succeeded' });
      const answer = await stack.notify({ ...merchant, providerId: second.providerId }, transactionId);
      expect(await codeOf(answer)).toEqual({ status: 400, code: 'webhook_payload_invalid' });
    });
  });
});

function pick({ providerId, scope }: Merchant): Pick<Merchant, 'providerId' | 'scope'> {
  return { providerId, scope };
}
