import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { TransactionRequest, TransactionView } from '@paygate/messages';
import { presentTransaction } from './present-transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** Reads one transaction of a tenant. */
@Injectable()
export class GetTransaction {
  constructor(private readonly transactions: TransactionsRepository) {}

  /** @throws DomainError transaction_not_found, also for the transaction of another tenant */
  async execute(request: TransactionRequest): Promise<TransactionView> {
    const transaction = await this.transactions.findById(tenantScopeOf(request), request.transactionId);
    if (!transaction) throw new DomainError('transaction_not_found');
    return presentTransaction(transaction);
  }
}
