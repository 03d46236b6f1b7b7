import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { isPaid, isTransactionUndecided } from '@paygate/payments-domain';
import { ConsultProvider } from './consult-provider.js';
import { FindProviderTransaction } from './find-provider-transaction.js';
import type { PaymentAtProvider } from './find-provider-transaction.js';
import type { TransactionRecord, WordSource } from './transaction.js';

export interface FoundPayment {
  transaction: TransactionRecord;
  /** Why what the provider says cannot be about it. */
  contradiction?: string;
}

/**
 * Finds the transaction whose money a provider reports to have gone back. News of that may overtake the news of the payment:
 * then the provider is asked for the payment first, so that the order in which we hear makes no difference.
 */
@Injectable()
export class FindPaidTransaction {
  constructor(
    private readonly find: FindProviderTransaction,
    private readonly consult: ConsultProvider,
  ) {}

  /**
   * @throws DomainError transaction_not_found; provider_error when the provider could not be asked; conflict when it does not
   *   know of the money yet either: both to be tried again
   */
  async execute(scope: TenantScope, payment: PaymentAtProvider, source: WordSource): Promise<FoundPayment> {
    const found = await this.find.execute(scope, payment);
    if (!found) throw new DomainError('transaction_not_found');
    const transaction = isPaid(found.status) ? found : await this.ask(found, source);
    const { status, providerReference } = transaction;
    if (providerReference !== undefined && providerReference !== payment.paymentReference) {
      return { transaction, contradiction: `provider reports payment ${payment.paymentReference}, recorded is ${providerReference}` };
    }
    if (isTransactionUndecided(status)) throw new DomainError('conflict', 'The payment itself is not decided yet.');
    return isPaid(status) ? { transaction } : { transaction, contradiction: `money went back of a payment recorded as ${status}` };
  }

  private async ask(transaction: TransactionRecord, source: WordSource): Promise<TransactionRecord> {
    const { heard, transaction: current } = await this.consult.lookUp(transaction, source);
    if (heard === 'unknown') throw new DomainError('provider_error');
    return current;
  }
}
