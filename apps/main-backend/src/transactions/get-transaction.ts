import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { TransactionDetail, TransactionRequest, TransactionTax } from '@paygate/messages';
import { CheckoutsRepository } from '../checkouts/index.js';
import { ShowTax } from '../transaction-taxes/index.js';
import { presentTransaction } from './present-transaction.js';
import type { TransactionRecord } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** Reads one transaction of a tenant with what belongs to it. */
@Injectable()
export class GetTransaction {
  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly checkouts: CheckoutsRepository,
    private readonly showTax: ShowTax,
  ) {}

  /** @throws DomainError transaction_not_found, also for the transaction of another tenant, and a deleted one */
  async execute(request: TransactionRequest): Promise<TransactionDetail> {
    const transaction = await this.transactions.findListed(tenantScopeOf(request), request.transactionId);
    if (!transaction) throw new DomainError('transaction_not_found');
    return Object.assign(presentTransaction(transaction), { tax: await this.tax(transaction) });
  }

  /** As it was decided; else what the lines of the checkout, which never change, say. */
  private async tax(transaction: TransactionRecord): Promise<TransactionTax | undefined> {
    const { scope, checkoutId, billingAddress } = transaction;
    const checkout = await this.checkouts.findById(scope, checkoutId);
    if (!checkout) return undefined;
    const { taxBreakdown, ...totals } = await this.showTax.execute({ ...checkout, billingAddress }, transaction);
    return taxBreakdown.length === 0 ? undefined : { ...totals, taxBreakdown: [...taxBreakdown] };
  }
}
