import { Injectable } from '@nestjs/common';
import { tenantScopeOf } from '@paygate/messages';
import type { ListTransactionTaxesRequest, TransactionTaxPage } from '@paygate/messages';
import { TaxedTransactionsRepository } from '../transactions/index.js';
import { ReadDecisions } from './read-decisions.js';

/** Lists a tenant's paid transactions with their tax, oldest first. */
@Injectable()
export class ListTransactionTaxes {
  constructor(
    private readonly transactions: TaxedTransactionsRepository,
    private readonly decisions: ReadDecisions,
  ) {}

  /** @throws DomainError validation_failed for dates and cursors that are none */
  async execute(request: ListTransactionTaxesRequest): Promise<TransactionTaxPage> {
    const scope = tenantScopeOf(request);
    const { from, to, siteId } = request;
    const found = await this.transactions.listPaid(scope, { from, to, siteId }, request);
    return { ...found, items: await this.decisions.of(scope, found.items) };
  }
}
