import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { TransactionTaxDecision } from '@paygate/messages';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { CheckoutRecord } from '../checkouts/index.js';
import { DecideTax, TransactionTaxes } from '../transaction-taxes/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import { presentDecision } from './present-decision.js';
import { saleOf } from './sale-of.js';

/** Reads what was decided about transactions. Where nothing was, what the checkout names is told: it never changes. */
@Injectable()
export class ReadDecisions {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly taxes: TransactionTaxes,
    private readonly decide: DecideTax,
  ) {}

  /** In the order of the transactions. */
  async of(scope: TenantScope, transactions: readonly TransactionRecord[]): Promise<TransactionTaxDecision[]> {
    const decided = await this.taxes.findAll(scope, transactions);
    const undecided = transactions.filter(({ id }) => !decided.has(id)).map(({ checkoutId }) => checkoutId);
    const checkouts = new Map((await this.checkouts.findByIds(scope, undecided)).map((checkout) => [checkout.id, checkout]));
    return transactions.flatMap((transaction) => {
      const known = decided.get(transaction.id);
      if (known) return [presentDecision(transaction, known.decision, known.movements)];
      const checkout = checkouts.get(transaction.checkoutId);
      return checkout ? [this.asNamed(transaction, checkout)] : [];
    });
  }

  private asNamed(transaction: TransactionRecord, checkout: CheckoutRecord): TransactionTaxDecision {
    const { sale, at } = saleOf(transaction, checkout);
    const verdict = this.decide.asNamed(sale, at);
    return presentDecision(transaction, { ...verdict, version: 0, calculatedAt: transaction.createdAt }, []);
  }
}
