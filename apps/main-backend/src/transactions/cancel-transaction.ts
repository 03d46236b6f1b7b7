import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { isTransactionUndecided } from '@paygate/payments-domain';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import { ApplyProviderResult } from './apply-provider-result.js';
import { ConsultProvider } from './consult-provider.js';
import { FindBuyerTransaction } from './find-buyer-transaction.js';
import type { BuyerTransactionKey } from './find-buyer-transaction.js';
import type { TransactionRecord, WordSource } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** Lets the buyer, or the merchant, give a payment up. The provider decides: a success that came first stands. */
@Injectable()
export class CancelTransaction {
  constructor(
    private readonly find: FindBuyerTransaction,
    private readonly transactions: TransactionsRepository,
    private readonly consult: ConsultProvider,
    private readonly apply: ApplyProviderResult,
    private readonly config: MainConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the cancelled transaction, also when it was cancelled before
   * @throws DomainError transaction_not_found; transaction_not_cancellable with details `{transactionId, status}` when it was
   *   decided otherwise or the provider would not cancel; payment_in_progress while it is on its way to the provider;
   *   provider_error when the provider could not be asked
   */
  async execute(key: BuyerTransactionKey): Promise<TransactionRecord> {
    return this.cancel(await this.find.execute(key), 'buyer');
  }

  /** The same for the merchant. @throws DomainError as `execute` */
  async forOperator(scope: TenantScope, transactionId: string): Promise<TransactionRecord> {
    const transaction = await this.transactions.findListed(scope, transactionId);
    if (!transaction) throw new DomainError('transaction_not_found');
    return this.cancel(transaction, 'operator');
  }

  private async cancel(transaction: TransactionRecord, source: WordSource): Promise<TransactionRecord> {
    const now = isTransactionUndecided(transaction.status) ? await this.ask(transaction, source) : transaction;
    if (now.status === 'cancelled') return now;
    throw new DomainError('transaction_not_cancellable', undefined, { transactionId: now.id, status: now.status });
  }

  private async ask(transaction: TransactionRecord, source: WordSource): Promise<TransactionRecord> {
    let current = transaction;
    if (current.providerReference === undefined) {
      const { heard, transaction: known } = await this.consult.lookUp(current, source);
      if (heard === 'unknown') throw new DomainError('provider_error');
      if (heard === 'never') return this.giveUp(current, source);
      current = known;
    }
    if (!isTransactionUndecided(current.status) || current.providerReference === undefined) return current;
    const cancelled = await this.consult.cancel(current, current.providerReference, source);
    if (cancelled.heard === 'unknown') throw new DomainError('provider_error');
    return cancelled.transaction;
  }

  /** The provider has no such payment. Our own call may still be on its way, so a fresh attempt is not given up yet. */
  private async giveUp({ scope, id, createdAt }: TransactionRecord, source: WordSource): Promise<TransactionRecord> {
    const settledAt = createdAt.getTime() + 2 * this.config.PROVIDER_TIMEOUT_MS;
    if (this.clock.now().getTime() < settledAt) throw new DomainError('payment_in_progress', undefined, { transactionId: id });
    return (await this.apply.concludeUnreceived({ scope, transactionId: id, to: 'cancelled', source })).transaction;
  }
}
