import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { RecalculateTransactionTaxCommand, TransactionTaxDecision } from '@paygate/messages';
import type { TaxInput } from '@paygate/tax';
import type { ClientSession } from 'mongoose';
import { CheckoutsRepository } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { DecideTax, saleTaxInput, TransactionTaxes } from '../transaction-taxes/index.js';
import type { TaxVerdict } from '../transaction-taxes/index.js';
import { TaxedTransactionsRepository, TransactionsRepository } from '../transactions/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import { ReadDecisions } from './read-decisions.js';
import { saleOf } from './sale-of.js';

/**
 * Decides about the tax of a transaction once more: the same sale with the present configuration. The new decision stands beside
 * the earlier ones, and what it changes about the sale and everything that went back of it is told, in one database transaction.
 */
@Injectable()
export class RecalculateTransactionTax {
  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly taxed: TaxedTransactionsRepository,
    private readonly checkouts: CheckoutsRepository,
    private readonly taxes: TransactionTaxes,
    private readonly decide: DecideTax,
    private readonly decisions: ReadDecisions,
    private readonly database: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError transaction_not_found */
  async execute(command: RecalculateTransactionTaxCommand): Promise<TransactionTaxDecision> {
    const scope = tenantScopeOf(command);
    const transaction = await this.find(scope, command.transactionId);
    const verdict = await this.decide.again(scope, transaction.id, await this.inputOf(transaction), transaction.amount);
    const isDecided = transaction.taxVersion !== undefined || verdict.configuration.settings.enabled;
    if (isDecided) await this.database.run((session) => this.record(scope, transaction.id, verdict, session));
    const [decision] = await this.decisions.of(scope, [await this.find(scope, transaction.id)]);
    if (!decision) throw new DomainError('transaction_not_found');
    return decision;
  }

  /** The sale as it was: of the earlier decision, which has what was known of the buyer then. */
  private async inputOf(transaction: TransactionRecord): Promise<TaxInput> {
    const { scope, id, checkoutId, taxVersion } = transaction;
    const earlier = taxVersion === undefined ? undefined : await this.taxes.find(scope, id, taxVersion);
    if (earlier) return earlier.input;
    const checkout = await this.checkouts.findById(scope, checkoutId);
    if (!checkout) throw new DomainError('transaction_not_found');
    const { sale, at } = saleOf(transaction, checkout);
    const { vatId } = sale.billingAddress ?? {};
    return saleTaxInput(sale, at, vatId === undefined ? {} : { vatId, vatIdStatus: 'format' });
  }

  private async record(scope: TenantScope, id: string, verdict: TaxVerdict, session: ClientSession): Promise<void> {
    const from = await this.transactions.findById(scope, id, session);
    if (!from) throw new DomainError('transaction_not_found');
    const now = this.clock.now();
    const version = (from.taxVersion ?? 0) + 1;
    const entry = { at: now, type: 'tax_recalculated', status: from.status, source: 'operator', detail: `version ${version}` } as const;
    await this.taxes.decide(scope, { transactionId: id, version }, verdict, now, session);
    if (!(await this.taxed.useTaxVersion(scope, from, version, entry, session))) throw new DomainError('conflict');
  }

  private async find(scope: TenantScope, id: string): Promise<TransactionRecord> {
    const transaction = await this.transactions.findListed(scope, id);
    if (!transaction) throw new DomainError('transaction_not_found');
    return transaction;
  }
}
