import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { getCheckout, getTransaction } from '@paygate/messages';
import type { CheckoutView, CreatedCheckout, TransactionView } from '@paygate/messages';
import type { ProviderWord } from '@paygate/payments-domain';
import { ApplyProviderResult, StartPayment } from '../../src/transactions/index.js';
import type { AppliedResult, StartedPayment } from '../../src/transactions/index.js';
import { ReconcilePayments } from '../../src/transactions/reconcile-payments.js';
import { MainStack } from './main-stack.js';
import type { Merchant } from './main-stack.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** The service with one merchant and one open checkout, new for every test, and what payment tests do with them. */
export class PaymentDesk {
  stack!: MainStack;
  merchant!: Merchant;
  checkout!: CreatedCheckout;

  /** Starts and stops the service with the tests of the file. */
  static open(): PaymentDesk {
    const desk = new PaymentDesk();
    beforeAll(async () => {
      desk.stack = await MainStack.start();
    }, 60_000);
    afterAll(async () => desk.stack.stop());
    beforeEach(async () => {
      desk.stack.provider.onCreate({ kind: 'answer', word: 'requires_buyer' });
      desk.stack.provider.reachable = true;
      desk.merchant = await desk.stack.newMerchant();
      desk.checkout = await desk.stack.createCheckout(desk.merchant, { externalReference: 'order_1' });
    });
    return desk;
  }

  start(of: CreatedCheckout = this.checkout): Promise<StartedPayment> {
    return this.stack.app.get(StartPayment).execute({ sessionPublicId: of.sessionPublicId, providerId: this.merchant.providerId });
  }

  transactionOf(transactionId: string): Promise<TransactionView> {
    return this.stack.rpc.request(getTransaction, { organizationId: this.merchant.organizationId, livemode: false, transactionId });
  }

  checkoutNow(of: CreatedCheckout = this.checkout): Promise<CheckoutView> {
    return this.stack.rpc.request(getCheckout, { organizationId: this.merchant.organizationId, livemode: false, checkoutId: of.id });
  }

  /** The provider decides, and tells us. */
  say(transactionId: string, word: ProviderWord): Promise<AppliedResult> {
    const { scope, providerId } = this.merchant;
    const payment = this.stack.provider.decide(transactionId, { word });
    return this.stack.app.get(ApplyProviderResult).execute({ scope, providerId, transactionId, payment, source: 'webhook' });
  }

  async statusesTold(transactionId: string): Promise<string[]> {
    return (await this.stack.eventsOf(transactionId)).map((event) => event.status);
  }

  reconcile(): Promise<number> {
    return this.stack.app.get(ReconcilePayments).execute();
  }
}
