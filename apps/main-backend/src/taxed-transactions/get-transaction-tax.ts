import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { TransactionRequest, TransactionTaxDecision } from '@paygate/messages';
import { TransactionsRepository } from '../transactions/index.js';
import { ReadDecisions } from './read-decisions.js';

/** Reads how one transaction of a tenant is taxed, and why. */
@Injectable()
export class GetTransactionTax {
  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly decisions: ReadDecisions,
  ) {}

  /** @throws DomainError transaction_not_found, also for the transaction of another tenant, and a deleted one */
  async execute(request: TransactionRequest): Promise<TransactionTaxDecision> {
    const scope = tenantScopeOf(request);
    const transaction = await this.transactions.findListed(scope, request.transactionId);
    const [decision] = transaction ? await this.decisions.of(scope, [transaction]) : [];
    if (!decision) throw new DomainError('transaction_not_found');
    return decision;
  }
}
