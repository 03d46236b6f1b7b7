import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { TransactionView, UpdateTransactionMetadataCommand } from '@paygate/messages';
import { CLOCK } from '../clock.js';
import { presentTransaction } from './present-transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** Replaces the merchant's own data on a transaction, in any status. */
@Injectable()
export class UpdateTransactionMetadata {
  constructor(
    private readonly transactions: TransactionsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError transaction_not_found, also for the transaction of another tenant */
  async execute(command: UpdateTransactionMetadataCommand): Promise<TransactionView> {
    const { transactionId, metadata } = command;
    const transaction = await this.transactions.replaceMetadata(tenantScopeOf(command), transactionId, metadata, this.clock.now());
    if (!transaction) throw new DomainError('transaction_not_found');
    return presentTransaction(transaction);
  }
}
