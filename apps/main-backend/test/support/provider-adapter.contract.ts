import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '@paygate/kernel';
import type { ProviderWord } from '@paygate/payments-domain';
import { eventually } from '@paygate/testing';
import { ProviderRefusal } from '../../src/providers/index.js';
import type { PaymentRequest, ProviderAccount, ProviderAdapter, ProviderPayment } from '../../src/providers/index.js';

/** A notification as it arrives at our hooks. */
export interface ArrivedNotification {
  rawBody: Buffer;
  headers: Record<string, string | string[] | undefined>;
}

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
  buyer(reference: string, does: 'pays' | 'is_declined' | 'orders_debit' | 'orders_failing_debit'): Promise<void>;
  /** The notification that tells of the word, as the provider sent it. */
  notification(reference: string, word: ProviderWord): Promise<ArrivedNotification>;
  /** Signs any bytes as the provider would. */
  sign(account: ProviderAccount, rawBody: Buffer): ArrivedNotification['headers'];
  stop(): Promise<void>;
}

/** What every provider adapter must do, whatever its provider is like. */
export function describeProviderAdapter(name: string, start: () => Promise<AdapterUnderTest>): void {
  describe(`${name} keeps the contract of provider adapters:`, () => {
    let under: AdapterUnderTest;
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
        const request = newRequest({ amount: 1250, currency: 'KWD' });
        const payment = await create(request);
        expect(payment).toMatchObject({ transactionId: request.transactionId, amount: 1250, currency: 'KWD', word: 'requires_buyer' });
        expect(payment.reference).not.toBe('');
        expect(payment.redirectUrl).toMatch(/^https?:\/\//);
      });

      it('makes one payment of one transaction, also when asked ten times at once', async () => {
        const request = newRequest();
        const payments = await Promise.all(Array.from({ length: 10 }, () => create(request)));
        expect(new Set(payments.map(({ reference }) => reference)).size).toBe(1);
      });

      it('answers a repetition with the payment as it stands by then', async () => {
        const request = newRequest();
        const { reference } = await create(request);
        await under.buyer(reference, 'pays');
        expect(await create(request)).toMatchObject({ reference, word: 'succeeded' });
      });

      it('says that a refusal is definitive', async () => {
        await expect(under.adapter.createPayment(under.wrongKeyAccount, newRequest())).rejects.toBeInstanceOf(ProviderRefusal);
      });

      it('leaves the outcome open when there is no answer', async () => {
        await expect(under.adapter.createPayment(under.unreachableAccount, newRequest())).rejects.toMatchObject({ code: 'provider_error' });
      });

      it('keeps secrets out of its errors', async () => {
        for (const account of [under.wrongKeyAccount, under.unreachableAccount]) {
          const error: unknown = await under.adapter.createPayment(account, newRequest()).catch((thrown: unknown) => thrown);
          const told = JSON.stringify([String(error), error instanceof DomainError ? error.toWire() : error]);
          for (const secret of Object.values(account.credentials).filter((value) => !value.startsWith('http')))
            expect(told).not.toContain(secret);
        }
      });
    });

    describe('lookUpPayment', () => {
      it('finds by reference and by transaction alike', async () => {
        const request = newRequest();
        const payment = await create(request);
        expect(await lookUp(payment.reference)).toEqual(payment);
        expect(await under.adapter.lookUpPayment(under.account, { transactionId: request.transactionId })).toEqual(payment);
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

      it.each([
        ['pays', 'succeeded'],
        ['is_declined', 'failed'],
        ['orders_debit', 'pending'],
      ] as const)('after the buyer %s says %s', async (does, word) => {
        const { reference } = await create();
        await under.buyer(reference, does);
        const payment = await lookUp(reference);
        expect(payment).toMatchObject({ reference, word });
        expect(payment?.failure !== undefined).toBe(word === 'failed');
        expect(payment?.redirectUrl).toBeUndefined();
      });

      it.each([
        ['orders_debit', 'succeeded'],
        ['orders_failing_debit', 'failed'],
      ] as const)('a buyer %s: pending, and later %s', async (does, word) => {
        const { reference } = await create();
        await under.buyer(reference, does);
        expect((await lookUp(reference))?.word).toBe('pending');
        await eventually(async () => expect((await lookUp(reference))?.word).toBe(word));
      });
    });

    describe('cancelPayment', () => {
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

      it('makes no payment of it', async () => {
        const transactionId = newTransactionId();
        await check(under.account);
        expect(await under.adapter.lookUpPayment(under.account, { transactionId })).toBeUndefined();
      });

      it('says that the provider does not accept the key, and does not quote it', async () => {
        const answer = await check(under.wrongKeyAccount);
        expect(answer.code).toBe('credentials_rejected');
        for (const value of Object.values(under.wrongKeyAccount.credentials)) expect(answer.message).not.toContain(value);
      });

      it('takes no answer for neither', async () => {
        await expect(check(under.unreachableAccount)).rejects.toMatchObject({ code: 'provider_error' });
      });

      it('gives up when its time is over', async () => {
        const started = performance.now();
        await expect(check(under.silentAccount, 200)).rejects.toMatchObject({ code: 'provider_error' });
        expect(performance.now() - started).toBeLessThan(3_000);
      });
    });

    describe('readEvent', () => {
      it.each([
        ['pays', 'succeeded'],
        ['is_declined', 'failed'],
      ] as const)('reads what the provider sends after the buyer %s', async (does, word) => {
        const request = newRequest();
        const { reference } = await create(request);
        await under.buyer(reference, does);
        const { rawBody, headers } = await under.notification(reference, word);
        const event = under.adapter.readEvent(under.account, rawBody, headers);
        expect(event.payment).toMatchObject({ reference, word, transactionId: request.transactionId, amount: request.amount });
        expect(event.id).not.toBe('');
        expect(Math.abs(event.occurredAt.getTime() - Date.now())).toBeLessThan(60_000);
      });

      it('refuses what was changed, is unsigned, or was signed for another merchant', async () => {
        const { reference } = await create();
        await under.buyer(reference, 'pays');
        const { rawBody, headers } = await under.notification(reference, 'succeeded');
        const changed = Buffer.concat([rawBody.subarray(0, -1), Buffer.from(' }')]);
        const read = (account: ProviderAccount, body: Buffer, given: ArrivedNotification['headers']) =>
          codeThrownBy(() => under.adapter.readEvent(account, body, given));
        const refused = 'webhook_signature_invalid';
        expect(read(under.account, changed, headers)).toBe(refused);
        expect(read(under.account, rawBody, {})).toBe(refused);
        expect(read(under.otherAccount, rawBody, headers)).toBe(refused);
        expect(read(under.account, rawBody, under.sign(under.otherAccount, rawBody))).toBe(refused);
      });

      it.each(['', 'no json', '[]', 'null', '{}', '{"id":"e"}'])('refuses the signed body %p that says nothing', (text) => {
        const rawBody = Buffer.from(text);
        const headers = under.sign(under.account, rawBody);
        expect(codeThrownBy(() => under.adapter.readEvent(under.account, rawBody, headers))).toBe('webhook_payload_invalid');
      });
    });
  });
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
function codeThrownBy(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

function newTransactionId(): string {
  return randomBytes(12).toString('hex');
}
