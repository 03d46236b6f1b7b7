import { Injectable } from '@nestjs/common';
import { CancelTransaction, FindBuyerTransaction, GetTransactionStatus, MarkPending, StartPayment } from '../transactions/index.js';
import type { BuyerTransactionKey, StartedPayment, TransactionRecord } from '../transactions/index.js';
import { CheckoutsRepository } from '../checkouts/index.js';
import { BuyerOrigins } from './buyer-origins.js';
import type { PageHeaders } from './buyer-origins.js';
import { toAddress } from './dto/buyer-address.js';
import type { BuyerTransaction } from './dto/buyer-transaction.js';
import type { StartPaymentBody } from './dto/start-payment-body.js';

/** The payment use cases as a page may call them: first its origin is checked against the site, then the use case runs. */
@Injectable()
export class BuyerTransactions {
  constructor(
    private readonly origins: BuyerOrigins,
    private readonly checkouts: CheckoutsRepository,
    private readonly find: FindBuyerTransaction,
    private readonly startPayment: StartPayment,
    private readonly getStatus: GetTransactionStatus,
    private readonly cancelTransaction: CancelTransaction,
    private readonly markTransactionPending: MarkPending,
  ) {}

  async start(body: StartPaymentBody, headers: PageHeaders): Promise<StartedPayment> {
    const { sessionPublicId, providerId, method, billingAddress } = body;
    const checkout = await this.checkouts.findBySession(sessionPublicId);
    if (checkout) this.origins.require(headers, checkout.siteId);
    const email = body.email ?? billingAddress?.email;
    return this.startPayment.execute({ sessionPublicId, providerId, method, billingAddress: toAddress(billingAddress), email });
  }

  async status(key: BuyerTransactionKey, headers: PageHeaders): Promise<BuyerTransaction> {
    await this.requireOrigin(key, headers);
    return presentForBuyer(await this.getStatus.execute({ ...key, source: 'poll' }), key);
  }

  async cancel(key: BuyerTransactionKey, headers: PageHeaders): Promise<BuyerTransaction> {
    await this.requireOrigin(key, headers);
    return presentForBuyer(await this.cancelTransaction.execute(key), key);
  }

  async markPending(key: BuyerTransactionKey, headers: PageHeaders): Promise<BuyerTransaction> {
    await this.requireOrigin(key, headers);
    return presentForBuyer(await this.markTransactionPending.execute(key), key);
  }

  private async requireOrigin(key: BuyerTransactionKey, headers: PageHeaders): Promise<void> {
    const { siteId } = await this.find.execute(key);
    this.origins.require(headers, siteId);
  }
}

/** Merchants and logs know transaction ids too; how to go on with the payment is for the buyer's session alone. */
export function presentForBuyer(transaction: TransactionRecord, key: BuyerTransactionKey): BuyerTransaction {
  const { id, status, amount, currency, redirectUrl, failure } = transaction;
  const answer = { id, status, amount, currency };
  return key.sessionPublicId === undefined ? answer : { ...answer, redirectUrl, failure };
}
