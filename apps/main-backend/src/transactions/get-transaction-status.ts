import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import { isTransactionUndecided } from '@paygate/payments-domain';
import { CLOCK } from '../clock.js';
import { ConsultProvider } from './consult-provider.js';
import { FindBuyerTransaction } from './find-buyer-transaction.js';
import type { BuyerTransactionKey } from './find-buyer-transaction.js';
import type { TransactionRecord } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

export interface GetTransactionStatusInput extends BuyerTransactionKey {
  /** `return`: the provider has just sent the buyer back, so its word is probably new. */
  source: 'poll' | 'return';
}

/** The least time between two questions to the provider about one payment, whatever the pages of buyers do. */
const INTERVAL_MS = { poll: 3_000, return: 500 } as const;

/** How a payment stands, for the buyer's page. While it is undecided the provider is asked, but not on every call. */
@Injectable()
export class GetTransactionStatus {
  constructor(
    private readonly find: FindBuyerTransaction,
    private readonly transactions: TransactionsRepository,
    private readonly consult: ConsultProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError transaction_not_found */
  async execute(input: GetTransactionStatusInput): Promise<TransactionRecord> {
    const transaction = await this.find.execute(input);
    if (!isTransactionUndecided(transaction.status)) return transaction;
    const mayAsk = await this.transactions.claimPoll(transaction.scope, transaction.id, this.clock.now(), INTERVAL_MS[input.source]);
    if (!mayAsk) return transaction;
    return (await this.consult.lookUp(transaction, input.source)).transaction;
  }
}
