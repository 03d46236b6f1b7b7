import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import { isTransactionUndecided } from '@paygate/payments-domain';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import { ConsultProvider } from './consult-provider.js';
import { FindBuyerTransaction } from './find-buyer-transaction.js';
import type { BuyerTransactionKey } from './find-buyer-transaction.js';
import { SubmitPayment } from './submit-payment.js';
import type { TransactionRecord } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

export interface GetTransactionStatusInput extends BuyerTransactionKey {
  /** `return`: the provider has just sent the buyer back, so its word is probably new. */
  source: 'poll' | 'return';
}

/** The least time between two questions to the provider about one payment, whatever the pages of buyers do. */
const INTERVAL_MS = { poll: 3_000, return: 500 } as const;

/**
 * How a payment stands, for the buyer's page. While it is undecided the provider is asked, but not on every call. A payment
 * that never reached the provider is submitted again, so that a waiting buyer can go on.
 */
@Injectable()
export class GetTransactionStatus {
  constructor(
    private readonly find: FindBuyerTransaction,
    private readonly transactions: TransactionsRepository,
    private readonly consult: ConsultProvider,
    private readonly submit: SubmitPayment,
    private readonly config: MainConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError transaction_not_found */
  async execute(input: GetTransactionStatusInput): Promise<TransactionRecord> {
    const transaction = await this.find.execute(input);
    if (!isTransactionUndecided(transaction.status)) return transaction;
    const mayAsk = await this.transactions.claimPoll(transaction.scope, transaction.id, this.clock.now(), INTERVAL_MS[input.source]);
    if (!mayAsk) return transaction;
    const { heard, transaction: current } = await this.consult.lookUp(transaction, input.source);
    return heard === 'never' && this.wasLost(current) ? (await this.submit.execute(current, input.source)).transaction : current;
  }

  /** A crash came between our record and the provider's: a call that is still on its way would have ended by now. */
  private wasLost({ providerReference, createdAt }: TransactionRecord): boolean {
    const age = this.clock.now().getTime() - createdAt.getTime();
    return providerReference === undefined && age > this.config.PROVIDER_TIMEOUT_MS;
  }
}
