import { Injectable } from '@nestjs/common';
import { DomainError, isObjectId } from '@paygate/kernel';
import type { TransactionRecord } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** What a buyer's page knows of a payment. */
export interface BuyerTransactionKey {
  transactionId: string;
  /** When given, the transaction must belong to this session. */
  sessionPublicId?: string;
}

/**
 * Finds a transaction for a buyer, who has no tenant. Transaction ids are unguessable, so knowing one is the permission;
 * a session that is sent along and does not fit is treated like an unknown id.
 */
@Injectable()
export class FindBuyerTransaction {
  constructor(private readonly transactions: TransactionsRepository) {}

  /** @throws DomainError transaction_not_found */
  async execute({ transactionId, sessionPublicId }: BuyerTransactionKey): Promise<TransactionRecord> {
    const found = isObjectId(transactionId) ? await this.transactions.findByUnguessableId(transactionId) : undefined;
    if (!found || (sessionPublicId !== undefined && sessionPublicId !== found.sessionPublicId)) {
      throw new DomainError('transaction_not_found');
    }
    return found;
  }
}
