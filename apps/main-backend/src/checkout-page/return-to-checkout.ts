import { Injectable } from '@nestjs/common';
import { httpUrl } from '../html-pages/index.js';
import { FindBuyerTransaction, GetTransactionStatus } from '../transactions/index.js';
import { checkoutScreen, pagePath, returnPath, returnUrlOf } from './checkout-screen.js';
import { LoadCheckout } from './load-checkout.js';
import type { LoadedCheckout } from './load-checkout.js';
import type { CheckoutScreen } from './page-model.js';

/** What a waiting page learns: which screen is right now, and where to go when it is another one. */
export interface ScreenUpdate {
  readonly screen: CheckoutScreen['kind'];
  readonly url: string;
}

/** The ways between the provider and us: out to pay, back again, and looking whether something has changed. */
@Injectable()
export class ReturnToCheckout {
  constructor(
    private readonly load: LoadCheckout,
    private readonly find: FindBuyerTransaction,
    private readonly status: GetTransactionStatus,
  ) {}

  /** Where the provider takes the payment; undefined when there is nothing left for the buyer to do there. */
  async handoff(shortCode: string, transactionId: string): Promise<{ loaded: LoadedCheckout; url: string | undefined }> {
    const loaded = await this.load.execute(shortCode);
    const key = { transactionId, sessionPublicId: loaded.checkout.sessionPublicId };
    if (loaded.closed) return { loaded, url: undefined };
    const known = await this.find.execute(key);
    // A start whose outcome we never learned has no address yet; the provider may know it.
    const transaction = known.redirectUrl === undefined ? await this.status.execute({ ...key, source: 'return' }) : known;
    return { loaded, url: transaction.status === 'initiated' ? httpUrl(transaction.redirectUrl) : undefined };
  }

  /** The buyer comes back: asks the provider, then leads to the shop when paid, else to our page, which tells the rest. */
  async execute(shortCode: string, transactionId: string): Promise<string> {
    const { checkout } = await this.load.execute(shortCode);
    const transaction = await this.status.execute({ transactionId, sessionPublicId: checkout.sessionPublicId, source: 'return' });
    const paid = transaction.status === 'succeeded' ? returnUrlOf(checkout, transaction.id) : undefined;
    return paid ?? pagePath(checkout.shortCode);
  }

  async look(shortCode: string): Promise<ScreenUpdate> {
    const { checkout, transaction, ...facts } = await this.load.execute(shortCode);
    const { shortCode: code, sessionPublicId } = checkout;
    let { kind } = checkoutScreen({ checkout, transaction, ...facts });
    if (transaction && (kind === 'pending' || kind === 'processing')) {
      await this.status.execute({ transactionId: transaction.id, sessionPublicId, source: 'poll' });
      ({ kind } = checkoutScreen(await this.load.execute(code)));
    }
    // Whoever waited for the payment goes on to the shop.
    return { screen: kind, url: transaction && kind === 'paid' ? returnPath(code, transaction.id) : pagePath(code) };
  }
}
