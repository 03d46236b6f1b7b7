import { Injectable } from '@nestjs/common';
import { isTransactionUndecided } from '@paygate/payments-domain';
import type { ProviderWord } from '@paygate/payments-domain';
import { CheckoutsRepository } from '../checkouts/index.js';
import { Configuration } from '../configuration/index.js';
import { ProviderGateway } from '../providers/index.js';
import type { ProviderPayment } from '../providers/index.js';
import { ApplyProviderResult } from './apply-provider-result.js';
import type { TransactionRecord, WordSource } from './transaction.js';

export interface Completion {
  /** What the provider said last. */
  word: ProviderWord;
  transaction: TransactionRecord;
}

/**
 * Takes the money of a payment its buyer has agreed to, at providers that move none before. Before the call the transaction is
 * moved to `pending_provider`: from then on it can no longer be given up, so no money is taken for a cancelled attempt, and
 * after a crash the reconcile sweep finds it and asks again. The provider carries a repetition out once.
 */
@Injectable()
export class CompletePayment {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly configuration: Configuration,
    private readonly gateway: ProviderGateway,
    private readonly apply: ApplyProviderResult,
  ) {}

  /**
   * @returns the transaction as it then stands; unchanged when it is decided already, when the provider speaks of another
   *   amount, and when its checkout was taken by another attempt
   * @throws as ApplyProviderResult
   */
  async execute(transaction: TransactionRecord, payment: ProviderPayment, source: WordSource): Promise<Completion> {
    const unchanged = { word: payment.word, transaction };
    const account = this.configuration.account(transaction.providerId);
    if (!account || !isTransactionUndecided(transaction.status) || !(await this.stillWanted(transaction))) return unchanged;
    const result = { scope: transaction.scope, providerId: transaction.providerId, transactionId: transaction.id, source };
    const claim = await this.apply.execute({ ...result, payment: { ...payment, word: 'pending' } });
    if (claim.outcome === 'contradiction' || claim.transaction.status !== 'pending_provider') {
      return { ...unchanged, transaction: claim.transaction };
    }
    const outcome = await this.gateway.completePayment(account, { transactionId: transaction.id, reference: payment.reference });
    switch (outcome.kind) {
      case 'answered': {
        const applied = await this.apply.execute({ ...result, payment: outcome.payment });
        return { word: outcome.payment.word, transaction: applied.transaction };
      }
      case 'refused': {
        const refused = await this.apply.concludeUnreceived({ ...result, to: 'failed', failure: outcome.failure });
        return { word: 'failed', transaction: refused.transaction };
      }
      case 'unknown':
        return { word: 'pending', transaction: claim.transaction };
    }
  }

  /** No second payment for a checkout that another attempt has paid or is paying. */
  private async stillWanted({ scope, id, checkoutId }: TransactionRecord): Promise<boolean> {
    const checkout = await this.checkouts.findById(scope, checkoutId);
    return checkout?.transactionId === id;
  }
}
