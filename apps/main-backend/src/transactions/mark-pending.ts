import { Injectable } from '@nestjs/common';
import { isTransactionUndecided } from '@paygate/payments-domain';
import { ConsultProvider } from './consult-provider.js';
import { FindBuyerTransaction } from './find-buyer-transaction.js';
import type { BuyerTransactionKey } from './find-buyer-transaction.js';
import type { TransactionRecord } from './transaction.js';

/**
 * The buyer's page believes that the payment now waits for the provider (a bank debit, a wire). Only the provider's own
 * word makes it so; when it says otherwise, that is applied, and when it says nothing, nothing changes.
 */
@Injectable()
export class MarkPending {
  constructor(
    private readonly find: FindBuyerTransaction,
    private readonly consult: ConsultProvider,
  ) {}

  /** @throws DomainError transaction_not_found */
  async execute(key: BuyerTransactionKey): Promise<TransactionRecord> {
    const transaction = await this.find.execute(key);
    if (!isTransactionUndecided(transaction.status)) return transaction;
    return (await this.consult.lookUp(transaction, 'buyer')).transaction;
  }
}
