import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { DeletedTransaction, TransactionRequest } from '@paygate/messages';
import { CLOCK } from '../clock.js';
import { MANUAL_PROVIDER } from './transaction.js';
import type { TransactionRecord } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/**
 * Takes a transaction out of the lists and the figures. The record stays, because a provider may still say that it was paid;
 * then it is there again. Nothing is notified: to the shop, the payment is what it was.
 */
@Injectable()
export class DeleteTransaction {
  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly database: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError transaction_not_found; transaction_not_deletable with details `{transactionId, status}`; conflict when
   *   it changes at the same time
   */
  async execute(request: TransactionRequest): Promise<DeletedTransaction> {
    const scope = tenantScopeOf(request);
    const transaction = await this.transactions.findListed(scope, request.transactionId);
    if (!transaction) throw new DomainError('transaction_not_found');
    const { id, status } = transaction;
    if (!isDeletable(transaction)) throw new DomainError('transaction_not_deletable', undefined, { transactionId: id, status });
    const entry = { at: this.clock.now(), type: 'deleted', status, source: 'operator' } as const;
    const deleted = await this.database.run((session) => this.transactions.markDeleted(scope, transaction, entry, session));
    if (!deleted) throw new DomainError('conflict');
    return { id, status };
  }
}

/** An undecided payment may still succeed: it is cancelled first. */
function isDeletable({ providerId, status }: TransactionRecord): boolean {
  return status === 'failed' || status === 'cancelled' || (providerId === MANUAL_PROVIDER && status === 'succeeded');
}
