import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import type { ChargebackStatus, ProviderWord, RefundStatus } from '@paygate/payments-domain';
import { eventually } from '@paygate/testing';
import { ProviderRefusal } from '../../src/providers/index.js';
import type {
  PaymentRequest,
  ProviderAccount,
  ProviderAdapter,
  ProviderPayment,
  ProviderRefund,
  ProviderRefunds,
  RefundRequest,
} from '../../src/providers/index.js';

/** A notification as it arrives at our hooks. */
export interface ArrivedNotification {
  rawBody: Buffer;
  headers: Record<string, string | string[] | undefined>;
}

export type BuyerDeed = 'pays' | 'is_declined' | 'orders_debit' | 'orders_failing_debit';

/** What a notification tells of a payment: its own state, that of its newest refund, or that of its dispute. */
export type Told =
  { kind: 'payment'; word: ProviderWord } | { kind: 'refund'; word: RefundStatus } | { kind: 'dispute'; word: ChargebackStatus };

/** In what providers may differ. */
export interface ProviderTraits {
  /** `receipts`: it tells of money that came in, not of payments. `nothing`: there is nobody to ask. Without it: payments. */
  keeps?: 'payments' | 'receipts' | 'nothing';
  /** False: it can be asked by its own reference only. Without it: also by our transaction. */
  findsByTransaction?: false;
  /** Where the buyer goes on after the payment was made. */
  goesOn: 'redirect' | 'stripe_element' | 'bank_transfer';
  /** Only the answer to `createPayment` says where the buyer goes on. */
  linksOnce?: boolean;
  /** Currencies it takes, one of them with other than two decimals if there is one. */
  currencies: readonly [string, ...string[]];
  /** What its buyers can do. */
  buyers: readonly BuyerDeed[];
  /** `signed`: over the raw bytes. `fetched`: the notification only names what to ask for. `none`: it never notifies. */
  notifies: 'signed' | 'fetched' | 'none';
  /** Whether a payment can be cancelled while its buyer has not paid. */
  cancels: boolean;
  refunds: 'partial' | 'full' | 'none';
  /** `true`: it tells how every dispute ends; a list: only of these ends. */
  disputes: boolean | readonly ('won' | 'lost')[];
}

export const ALL_TRAITS: ProviderTraits = {
  goesOn: 'redirect',
  currencies: ['EUR', 'KWD'],
  buyers: ['pays', 'is_declined', 'orders_debit', 'orders_failing_debit'],
  notifies: 'signed',
  cancels: true,
  refunds: 'partial',
  disputes: true,
};

/** An adapter with the provider it talks to, which the suite can tell what its buyers do. */
export interface AdapterUnderTest {
  adapter: ProviderAdapter;
  account: ProviderAccount;
  /** A second merchant at the same provider. */
  otherAccount: ProviderAccount;
  /** The first merchant with a key the provider does not accept. */
  wrongKeyAccount: ProviderAccount;
  /** The first merchant with an address at which nobody answers. */
  unreachableAccount: ProviderAccount;
  /** The first merchant with an address at which somebody takes the request and says nothing. */
  silentAccount: ProviderAccount;
  buyer(reference: string, does: BuyerDeed): Promise<void>;
  /** The buyer's bank: takes the money back, and decides the case. Only where the provider has disputes. */
  bank?: { disputes(reference: string): Promise<void>; decides(reference: string, word: 'won' | 'lost'): Promise<void> };
  /** The notification that tells of it, as the provider sent it. @param reference of the payment */
  notification(reference: string, told: Told): Promise<ArrivedNotification>;
  /** Signs any bytes as the provider would. */
  sign(account: ProviderAccount, rawBody: Buffer): ArrivedNotification['headers'];
  stop(): Promise<void>;
}

/** What every provider adapter must do, whatever its provider is like. */
export function describeProviderAdapter(name: string, start: () => Promise<AdapterUnderTest>, traits: ProviderTraits = ALL_TRAITS): void {
  describe(`${name} keeps the contract of provider adapters:`, () => {
    let under: AdapterUnderTest;
    const remote = traits.keeps !== 'nothing';
    const keepsPayments = traits.keeps === undefined || traits.keeps === 'payments';
    beforeAll(async () => {
      under = await start();
    });
    afterAll(async () => {
      await under.stop();
    });

    const create = (request: PaymentRequest = newRequest()): Promise<ProviderPayment> =>
      under.adapter.createPayment(under.account, request);
    const lookUp = (reference: string): Promise<ProviderPayment | undefined> =>
      under.adapter.lookUpPayment(under.account, { transactionId: 'unused', reference });

    describe('createPayment', () => {
      it('makes a payment that waits for the buyer', async () => {
        const request = newRequest({ amount: 1250, currency: traits.currencies.at(-1) ?? 'EUR' });
        const payment = await create(request);
        expect(payment).toMatchObject({
          transactionId: request.transactionId,
          amount: 1250,
          currency: request.currency,
          // Whoever has to order a transfer at the bank is done with us.
          word: traits.goesOn === 'bank_transfer' ? 'pending' : 'requires_buyer',
        });
        expect(payment.reference).not.toBe('');
        if (traits.goesOn === 'redirect') expect(payment.redirectUrl).toMatch(/^https?:\/\//);
        else expect(payment).toMatchObject({ redirectUrl: undefined, handOff: { kind: traits.goesOn } });
      });

      it('makes one payment of one transaction, also when asked ten times at once', async () => {
        const request = newRequest();
        const payments = await Promise.all(Array.from({ length: 10 }, () => create(request)));
        expect(new Set(payments.map(({ reference }) => reference)).size).toBe(1);
      });

      only(keepsPayments, it)('answers a repetition with the payment as it stands by then', async () => {
        const request = newRequest();
        const { reference } = await create(request);
        await under.buyer(reference, 'pays');
        expect(await create(request)).toMatchObject({ reference, word: 'succeeded' });
      });

      it('says that a refusal is definitive', async () => {
        await expect(under.adapter.createPayment(under.wrongKeyAccount, newRequest())).rejects.toBeInstanceOf(ProviderRefusal);
      });

      only(remote, it)('leaves the outcome open when there is no answer', async () => {
        await expect(under.adapter.createPayment(under.unreachableAccount, newRequest())).rejects.toMatchObject({ code: 'provider_error' });
      });

      only(remote, it)('keeps secrets out of its errors', async () => {
        for (const account of [under.wrongKeyAccount, under.unreachableAccount]) {
          const error: unknown = await under.adapter.createPayment(account, newRequest()).catch((thrown: unknown) => thrown);
          const told = JSON.stringify([String(error), error instanceof DomainError ? error.toWire() : error]);
          for (const secret of Object.values(account.credentials).filter((value) => !value.startsWith('http')))
            expect(told).not.toContain(secret);
        }
      });
    });

    only(keepsPayments, describe)('lookUpPayment', () => {
      it('finds by reference and by transaction alike', async () => {
        const request = newRequest();
        const payment = await create(request);
        const found = traits.linksOnce ? { ...payment, redirectUrl: undefined } : payment;
        expect(await lookUp(payment.reference)).toEqual(found);
        if (traits.findsByTransaction !== false)
          expect(await under.adapter.lookUpPayment(under.account, { transactionId: request.transactionId })).toEqual(found);
      });

      it('says so when the provider never heard of it', async () => {
        expect(await under.adapter.lookUpPayment(under.account, { transactionId: newTransactionId() })).toBeUndefined();
        expect(await lookUp('there-is-no-such-payment')).toBeUndefined();
      });

      it("never finds another merchant's payment", async () => {
        const request = newRequest();
        const { reference } = await create(request);
        const { transactionId } = request;
        expect(await under.adapter.lookUpPayment(under.otherAccount, { transactionId, reference })).toBeUndefined();
        expect(await under.adapter.lookUpPayment(under.otherAccount, { transactionId })).toBeUndefined();
      });

      it('does not take trouble for an unknown payment', async () => {
        for (const account of [under.unreachableAccount, under.wrongKeyAccount]) {
          await expect(under.adapter.lookUpPayment(account, { transactionId: newTransactionId() })).rejects.toMatchObject({
            code: 'provider_error',
          });
        }
      });

      it.each(
        (
          [
            ['pays', 'succeeded'],
            ['is_declined', 'failed'],
            ['orders_debit', 'pending'],
          ] as const
        ).filter(([does]) => traits.buyers.includes(does)),
      )('after the buyer %s says %s', async (does, word) => {
        const { reference } = await create();
        await under.buyer(reference, does);
        const payment = await lookUp(reference);
        expect(payment).toMatchObject({ reference, word });
        expect(payment?.failure !== undefined).toBe(word === 'failed');
        expect(payment?.redirectUrl).toBeUndefined();
      });

      it.each(
        (
          [
            ['orders_debit', 'succeeded'],
            ['orders_failing_debit', 'failed'],
          ] as const
        ).filter(([does]) => traits.buyers.includes(does)),
      )('a buyer %s: pending, and later %s', async (does, word) => {
        const { reference } = await create();
        await under.buyer(reference, does);
        expect((await lookUp(reference))?.word).toBe('pending');
        await eventually(async () => expect((await lookUp(reference))?.word).toBe(word));
      });
    });

    only(traits.cancels, describe)('cancelPayment', () => {
      it('cancels, also twice', async () => {
        const { reference } = await create();
        expect(await under.adapter.cancelPayment(under.account, reference)).toMatchObject({ reference, word: 'cancelled' });
        expect(await under.adapter.cancelPayment(under.account, reference)).toMatchObject({ reference, word: 'cancelled' });
      });

      it('answers with the success that came first', async () => {
        const { reference } = await create();
        await under.buyer(reference, 'pays');
        expect(await under.adapter.cancelPayment(under.account, reference)).toMatchObject({ reference, word: 'succeeded' });
      });

      it('leaves the outcome open when there is no answer', async () => {
        const { reference } = await create();
        await expect(under.adapter.cancelPayment(under.unreachableAccount, reference)).rejects.toMatchObject({ code: 'provider_error' });
      });
    });

    describe('checkConnection', () => {
      const check = (account: ProviderAccount, withinMs = 5_000) => under.adapter.checkConnection(account, AbortSignal.timeout(withinMs));

      it('says that the provider accepts the account', async () => {
        expect(await check(under.account)).toEqual({ code: 'ok', message: expect.stringMatching(/\w+/) });
      });

      only(keepsPayments, it)('makes no payment of it', async () => {
        const transactionId = newTransactionId();
        await check(under.account);
        expect(await under.adapter.lookUpPayment(under.account, { transactionId })).toBeUndefined();
      });

      it('says that the provider does not accept the key, and does not quote it', async () => {
        const answer = await check(under.wrongKeyAccount);
        expect(answer.code).toBe('credentials_rejected');
        for (const value of Object.values(under.wrongKeyAccount.credentials)) expect(answer.message).not.toContain(value);
      });

      only(remote, it)('takes no answer for neither', async () => {
        await expect(check(under.unreachableAccount)).rejects.toMatchObject({ code: 'provider_error' });
      });

      only(remote, it)('gives up when its time is over', async () => {
        const started = performance.now();
        await expect(check(under.silentAccount, 200)).rejects.toMatchObject({ code: 'provider_error' });
        expect(performance.now() - started).toBeLessThan(3_000);
      });
    });

    only(traits.notifies !== 'none', describe)('readEvents', () => {
      const deeds = [
        ['pays', 'succeeded'],
        ['is_declined', 'failed'],
      ] as const;
      for (const [does, word] of deeds.filter(([deed]) => traits.buyers.includes(deed))) {
        it(`reads what the provider sends after the buyer ${does}`, async () => {
          const request = newRequest();
          const { reference } = await create(request);
          await under.buyer(reference, does);
          const { rawBody, headers } = await under.notification(reference, { kind: 'payment', word });
          const [event] = await under.adapter.readEvents(under.account, rawBody, headers);
          if (event?.subject?.kind !== 'payment') throw new Error('the event is not about a payment');
          expect(event.subject.payment).toMatchObject({ reference, word, transactionId: request.transactionId, amount: request.amount });
          expect(event.id).not.toBe('');
          expect(Math.abs(event.occurredAt.getTime() - Date.now())).toBeLessThan(60_000);
        });
      }

      only(traits.notifies === 'signed', it)('refuses what was changed, is unsigned, or was signed for another merchant', async () => {
        const { reference } = await create();
        await under.buyer(reference, 'pays');
        const { rawBody, headers } = await under.notification(reference, { kind: 'payment', word: 'succeeded' });
        const changed = Buffer.concat([rawBody.subarray(0, -1), Buffer.from(' }')]);
        const read = (account: ProviderAccount, body: Buffer, given: ArrivedNotification['headers']) =>
          codeThrownBy(async () => under.adapter.readEvents(account, body, given));
        const refused = 'webhook_signature_invalid';
        expect(await read(under.account, changed, headers)).toBe(refused);
        expect(await read(under.account, rawBody, {})).toBe(refused);
        expect(await read(under.otherAccount, rawBody, headers)).toBe(refused);
        expect(await read(under.account, rawBody, under.sign(under.otherAccount, rawBody))).toBe(refused);
      });

      it.each(['', 'no json', '[]', 'null', '{}', '{"id":"e"}'])('refuses the signed body %p that says nothing', async (text) => {
        const rawBody = Buffer.from(text);
        const headers = under.sign(under.account, rawBody);
        expect(await codeThrownBy(async () => under.adapter.readEvents(under.account, rawBody, headers))).toBe('webhook_payload_invalid');
      });
    });

    only(traits.refunds !== 'none', describe)('refunds', () => {
      const refunds = (): ProviderRefunds => {
        if (!under.adapter.refunds) throw new Error('the adapter has no refunds');
        return under.adapter.refunds;
      };
      const refund = (request: RefundRequest): Promise<ProviderRefund> => refunds().create(under.account, request);
      const paid = async (): Promise<RefundRequest> => {
        const { transactionId, amount, currency } = newRequest();
        const { reference } = await create(newRequest({ transactionId, amount, currency }));
        await under.buyer(reference, 'pays');
        return { refundId: newTransactionId(), transactionId, paymentReference: reference, amount, currency, reason: 'returned goods' };
      };

      it('sends everything back', async () => {
        const request = await paid();
        const made = await refund(request);
        const { paymentReference, amount, currency, refundId } = request;
        expect(made).toMatchObject({ paymentReference, amount, currency, refundId });
        expect(['pending', 'succeeded']).toContain(made.word);
        await eventually(async () =>
          expect((await refunds().lookUp(under.account, { refundId, paymentReference }))?.word).toBe('succeeded'),
        );
      });

      it('carries one refund out once, also when asked ten times at once', async () => {
        const request = await paid();
        const made = await Promise.all(Array.from({ length: 10 }, () => refund(request)));
        expect(new Set(made.map(({ reference }) => reference)).size).toBe(1);
      });

      only(traits.refunds === 'partial', it)('sends parts back, and says that more than is left is refused', async () => {
        const request = await paid();
        const first = await refund({ ...request, amount: 1900 });
        const second = await refund({ ...request, refundId: newTransactionId(), amount: 1000 });
        expect([first.amount, second.amount]).toEqual([1900, 1000]);
        expect(second.reference).not.toBe(first.reference);
        await expect(refund({ ...request, refundId: newTransactionId(), amount: 2001 })).rejects.toBeInstanceOf(ProviderRefusal);
        expect((await refund({ ...request, refundId: newTransactionId(), amount: 2000 })).amount).toBe(2000);
      });

      it('says that a refund of what was not paid is refused', async () => {
        const { transactionId, amount, currency } = newRequest();
        const { reference: paymentReference } = await create(newRequest({ transactionId }));
        const request = { refundId: newTransactionId(), transactionId, paymentReference, amount, currency };
        await expect(refund(request)).rejects.toBeInstanceOf(ProviderRefusal);
      });

      it('finds by reference and by our id alike, and says so when there is none', async () => {
        const request = await paid();
        const { refundId, paymentReference } = request;
        const { reference } = await refund(request);
        for (const wanted of [
          { refundId, paymentReference },
          { refundId, paymentReference, reference },
        ]) {
          expect(await refunds().lookUp(under.account, wanted)).toMatchObject({ reference, refundId, amount: request.amount });
        }
        expect(await refunds().lookUp(under.account, { refundId: newTransactionId(), paymentReference })).toBeUndefined();
      });

      it('leaves the outcome of a refund open when there is no answer', async () => {
        const request = await paid();
        for (const account of [under.unreachableAccount, under.silentAccount]) {
          await expect(refunds().create(account, request)).rejects.toMatchObject({ code: 'provider_error' });
          await expect(refunds().lookUp(account, request)).rejects.toMatchObject({ code: 'provider_error' });
        }
      }, 60_000);

      only(traits.notifies !== 'none', it)('is told when it came through', async () => {
        const request = await paid();
        const { reference } = await refund(request);
        const { rawBody, headers } = await under.notification(request.paymentReference, { kind: 'refund', word: 'succeeded' });
        const told = (await under.adapter.readEvents(under.account, rawBody, headers)).map(({ subject }) => subject);
        const { paymentReference, amount, currency } = request;
        expect(told).toContainEqual({
          kind: 'refund',
          refund: expect.objectContaining({ reference, paymentReference, amount, currency, word: 'succeeded' }),
        });
      });
    });

    only(traits.disputes !== false, describe)('disputes', () => {
      it.each((['won', 'lost'] as const).filter((word) => traits.disputes === true || tells(traits.disputes, word)))(
        'are told when the bank opens one, and when it is %s',
        async (word) => {
          const { reference: paymentReference, amount, currency } = await create();
          await under.buyer(paymentReference, 'pays');
          const steps = [
            { does: () => under.bank?.disputes(paymentReference), word: 'open' },
            { does: () => under.bank?.decides(paymentReference, word), word },
          ] as const;
          const references = new Set<string>();
          for (const step of steps) {
            await step.does();
            const { rawBody, headers } = await under.notification(paymentReference, { kind: 'dispute', word: step.word });
            const subjects = (await under.adapter.readEvents(under.account, rawBody, headers)).map(({ subject }) => subject);
            const dispute = subjects.find((subject) => subject?.kind === 'dispute')?.dispute;
            expect(dispute).toMatchObject({ paymentReference, amount, currency, word: step.word });
            references.add(dispute?.reference ?? '');
          }
          expect(references.size).toBe(1);
        },
      );
    });
  });
}

type Block = (name: string, body: () => void | Promise<void>, timeout?: number) => void;

function tells(ends: ProviderTraits['disputes'], word: 'won' | 'lost'): boolean {
  return typeof ends !== 'boolean' && ends.includes(word);
}

/** What a provider does not offer is not tested, and not counted as skipped either. */
function only(offered: boolean, block: Block): Block {
  return offered ? block : () => undefined;
}

function newRequest(changes: Partial<PaymentRequest> = {}): PaymentRequest {
  return {
    transactionId: newTransactionId(),
    amount: 4900,
    currency: 'EUR',
    description: 'Example Shop order_1',
    returnUrl: 'https://pay.example.test/checkout/abc/return?transactionId=1',
    email: 'ada@example.com',
    ...changes,
  };
}

/** Undefined when nothing was thrown. */
async function codeThrownBy(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

function newTransactionId(): string {
  return randomBytes(12).toString('hex');
}
