import { Injectable } from '@nestjs/common';
import { isTransactionUndecided } from '@paygate/payments-domain';
import { httpUrl } from '../html-pages/index.js';
import { ProviderRegistry } from '../providers/index.js';
import type { BrowserSources } from '../providers/index.js';
import { GetTransactionStatus, GoOnPaying } from '../transactions/index.js';
import type { WayOn } from '../transactions/index.js';
import { billingValuesOf } from './billing-form.js';
import { pagePath, returnPath } from './checkout-paths.js';
import { checkoutScreen, returnUrlOf } from './checkout-screen.js';
import { LoadCheckout } from './load-checkout.js';
import type { LoadedCheckout } from './load-checkout.js';
import type { CheckoutScreen } from './page-model.js';

/** What a waiting page learns: which screen is right now, and where to go when it is another one. */
export interface ScreenUpdate {
  readonly screen: CheckoutScreen['kind'];
  readonly url: string;
}

/** Where the buyer goes on to pay. */
export interface NextScreen {
  readonly loaded: LoadedCheckout;
  /** Undefined when there is nothing left for the buyer to do. */
  readonly screen?: CheckoutScreen;
  /** What the fields of the provider need, when the screen has them. */
  readonly sources?: BrowserSources;
}

/** The ways between the provider and us: out to pay, back again, and looking whether something has changed. */
@Injectable()
export class ReturnToCheckout {
  constructor(
    private readonly load: LoadCheckout,
    private readonly goOn: GoOnPaying,
    private readonly status: GetTransactionStatus,
    private readonly registry: ProviderRegistry,
  ) {}

  /** To the provider's page, or to what our page shows instead. */
  async next(shortCode: string, transactionId: string): Promise<NextScreen> {
    const loaded = await this.load.execute(shortCode);
    if (loaded.closed) return { loaded };
    const way = await this.goOn.execute({ transactionId, sessionPublicId: loaded.checkout.sessionPublicId });
    const screen = nextScreen(loaded, way);
    const adapter = screen?.kind === 'fields' ? this.registry.get(way.transaction.providerType) : undefined;
    return { loaded, screen, sources: adapter?.browserSources };
  }

  /** The buyer comes back: asks the provider, then leads to the shop when paid, else to our page, which tells the rest. */
  async execute(shortCode: string, transactionId: string): Promise<string> {
    const { checkout } = await this.load.execute(shortCode);
    const transaction = await this.status.execute({ transactionId, sessionPublicId: checkout.sessionPublicId, source: 'return' });
    const paid = transaction.status === 'succeeded' ? returnUrlOf(checkout, transaction.id) : undefined;
    return paid ?? pagePath(checkout.shortCode);
  }

  async look(shortCode: string): Promise<ScreenUpdate> {
    const loaded = await this.load.execute(shortCode);
    const { checkout, transaction } = loaded;
    const { shortCode: code, sessionPublicId } = checkout;
    let { kind } = checkoutScreen(loaded);
    if (transaction && isTransactionUndecided(transaction.status)) {
      await this.status.execute({ transactionId: transaction.id, sessionPublicId, source: 'poll' });
      ({ kind } = checkoutScreen(await this.load.execute(code)));
    }
    // Whoever waited for the payment goes on to the shop.
    return { screen: kind, url: transaction && kind === 'paid' ? returnPath(code, transaction.id) : pagePath(code) };
  }
}

function nextScreen({ checkout }: LoadedCheckout, { transaction, handOff }: WayOn): CheckoutScreen | undefined {
  const { id, status } = transaction;
  const waitsForBuyer = status === 'initiated';
  const url = waitsForBuyer ? httpUrl(transaction.redirectUrl) : undefined;
  if (url !== undefined) return { kind: 'handoff', url };
  switch (handOff?.kind) {
    case 'stripe_element':
      return waitsForBuyer
        ? { kind: 'fields', element: handOff, transactionId: id, buyer: billingValuesOf(transaction.email, transaction.billingAddress) }
        : undefined;
    case 'bank_transfer': {
      const state = waitsForBuyer ? 'processing' : 'pending';
      return { kind: 'transfer', transfer: handOff.transfer, state, returnUrl: returnUrlOf(checkout, id) };
    }
    case undefined:
      return undefined;
  }
}
