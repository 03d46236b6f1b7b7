import { expect } from '@jest/globals';
import { eventually } from '@paygate/testing';
import { createCheckout, listTransactions, readTransaction, verifyNotification } from '@paygate/tools';
import type { CreatedCheckout, NotificationBody, Transaction } from '@paygate/tools';
import type { TestStack } from '../support/index.js';

/** An order of the shop, and its checkout. */
export interface Order {
  readonly reference: string;
  readonly checkout: CreatedCheckout;
}

/** Codes of the notification's status, as documented for shops. */
export const IPN_STATUS = { initiated: -1, pending: 0, succeeded: 1, failed: 2, cancelled: -2 } as const;

let orders = 0;

/** The shop around a checkout: makes orders, has pages to come back to, and keeps the notifications it got. */
export class TestShop {
  constructor(private readonly test: TestStack) {
    test.shop.reply((request) =>
      request.method === 'GET'
        ? { headers: { 'content-type': 'text/html' }, body: '<!doctype html><html lang="en"><title>Shop</title><h1>The shop</h1></html>' }
        : {},
    );
  }

  get origin(): string {
    return this.test.shop.url;
  }

  /** @param changes fields of the create request that differ; undefined leaves a field out */
  async order(changes: Readonly<Record<string, unknown>> = {}): Promise<Order> {
    const reference = `order-${++orders}`;
    const checkout = await createCheckout(this.test.merchant, {
      amount: 4900,
      currency: 'EUR',
      externalReference: reference,
      ipnUrl: `${this.origin}/ipn/${reference}`,
      returnUrl: `${this.origin}/thanks/${reference}?transaction={transactionId}`,
      cancelUrl: `${this.origin}/basket/${reference}`,
      items: [{ name: 'Professional plan', quantity: 1, unitPrice: 4900, itemType: 'digital_service' }],
      ...changes,
    });
    return { reference, checkout };
  }

  /** Waits for the notification of that status; its signatures are verified as a shop would. */
  async notified({ reference }: Order, status: number): Promise<NotificationBody> {
    return eventually(
      () => {
        const bodies = this.test.shop.requests
          .filter((request) => request.method === 'POST' && request.path === `/ipn/${reference}`)
          .map((request) => verifyNotification(request, this.test.seed.ipnSigningSecret).body);
        expect(bodies.map((body) => body.status)).toContain(status);
        return bodies.find((body) => body.status === status)!;
      },
      { timeoutMs: 12_000, everyMs: 50 },
    );
  }

  readTransaction(id: string): Promise<Transaction> {
    return readTransaction(this.test.merchant, id);
  }

  /** Statuses of all attempts to pay an order, newest first. */
  async attempts({ checkout }: Order): Promise<string[]> {
    const { transactions } = await listTransactions(this.test.merchant, { checkoutId: checkout.id });
    return transactions.map((transaction) => transaction.status);
  }
}
