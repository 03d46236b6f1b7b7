import { setTimeout as pause } from 'node:timers/promises';
import type { TestStack } from '../support/index.js';

/** A payment that was driven to the provider's success. */
export interface PaidOrder {
  readonly reference: string;
  readonly checkoutId: string;
  readonly transactionId: string;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const DEADLINE_MS = 120_000;

/**
 * A merchant and a buyer who do not give up: every step is repeated until it is answered, as a shop's retry and a buyer's
 * reload would, so that the platform is in the middle of something whenever a process dies.
 */
export class PersistentPayer {
  constructor(
    private readonly test: TestStack,
    private readonly tokenFor: (reference: string) => string,
  ) {}

  async pay(reference: string): Promise<PaidOrder> {
    const { stack, seed, merchant, shop } = this.test;
    const checkout = await this.until(
      () =>
        this.post(
          `${stack.adminApiUrl}/v1/checkouts/${seed.siteId}/create`,
          { amount: 4900, currency: 'EUR', externalReference: reference, ipnUrl: `${shop.url}/ipn`, items: [] },
          { authorization: `Bearer ${merchant.apiKey}`, 'idempotency-key': `create-${reference}` },
        ),
      (answer) => answer.status === 200,
    );
    const started = await this.until(
      () => this.startPayment(String(checkout.body['sessionPublicId'])),
      (answer) => typeof answer.body['transactionId'] === 'string' && typeof answer.body['redirectUrl'] === 'string',
    );
    await this.until(
      () => this.payAtProvider(String(started.body['redirectUrl']), this.tokenFor(reference)),
      (answer) => answer.status === 200,
    );
    return { reference, checkoutId: String(checkout.body['id']), transactionId: String(started.body['transactionId']) };
  }

  /** The whole payment back. @returns the id of the refund */
  async refund({ reference, transactionId }: PaidOrder): Promise<string> {
    const { stack, merchant } = this.test;
    const refund = await this.until(
      () =>
        this.post(
          `${stack.adminApiUrl}/v1/transactions/${transactionId}/refunds`,
          { reason: 'returned goods' },
          { authorization: `Bearer ${merchant.apiKey}`, 'idempotency-key': `refund-${reference}` },
        ),
      (answer) => answer.status === 201,
    );
    return String(refund.body['id']);
  }

  /** What the merchant's API answers at a path. */
  async read(path: string): Promise<Record<string, unknown>> {
    const { stack, merchant } = this.test;
    const answer = await this.until(
      () => this.call(stack.adminApiUrl + path, { headers: { authorization: `Bearer ${merchant.apiKey}` } }),
      ({ status }) => status === 200,
    );
    return answer.body;
  }

  private async startPayment(sessionPublicId: string): Promise<Answer> {
    const { stack, seed } = this.test;
    const answer = await this.post(`${stack.checkoutUrl}/api/v1/transactions/create`, {
      sessionPublicId,
      providerId: seed.providerId,
      billingAddress: { name: 'Ada Lovelace', email: 'ada@example.com', country: 'DE' },
    });
    if (answer.status !== 409) return answer;
    // The first try got through although its answer did not: go on with the payment it started.
    const { transactionId } = (answer.body['details'] ?? {}) as { transactionId?: string };
    if (!transactionId) return answer;
    const status = await this.get(
      `${stack.checkoutUrl}/api/v1/transactions/${transactionId}/status?sessionPublicId=${encodeURIComponent(sessionPublicId)}`,
    );
    return { status: status.status, body: { ...status.body, transactionId } };
  }

  /** The provider's page tells a repeated payment that it is already paid: that is what was wanted. */
  private async payAtProvider(pageUrl: string, token: string): Promise<Answer> {
    const response = await fetch(pageUrl, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(pageUrl).origin },
      body: new URLSearchParams({ instrument: token }),
      signal: AbortSignal.timeout(15_000),
    });
    await response.arrayBuffer();
    const moved = response.status === 302 || response.status === 303 || response.status === 409;
    return { status: moved ? 200 : response.status, body: {} };
  }

  private post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  }

  private get(url: string): Promise<Answer> {
    return this.call(url, {});
  }

  private async call(url: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(15_000) });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
  }

  private async until(step: () => Promise<Answer>, done: (answer: Answer) => boolean): Promise<Answer> {
    const deadline = Date.now() + DEADLINE_MS;
    let last = '';
    for (;;) {
      try {
        const answer = await step();
        if (done(answer)) return answer;
        last = `${answer.status} ${JSON.stringify(answer.body)}`;
        if (answer.status >= 400 && answer.status < 500 && answer.status !== 409 && answer.status !== 429) throw new RefusedError(last);
      } catch (error) {
        if (error instanceof RefusedError) throw error;
        last = error instanceof Error ? error.message : String(error);
      }
      if (Date.now() > deadline) throw new Error(`gave up after ${DEADLINE_MS} ms; last answer: ${last}`);
      await pause(150);
    }
  }
}

class RefusedError extends Error {}
