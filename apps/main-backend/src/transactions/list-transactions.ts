import { Injectable } from '@nestjs/common';
import { tenantScopeOf } from '@paygate/messages';
import type { ListTransactionsRequest, TransactionPage } from '@paygate/messages';
import { presentTransaction } from './present-transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** Lists a tenant's transactions, newest first. */
@Injectable()
export class ListTransactions {
  constructor(private readonly transactions: TransactionsRepository) {}

  async execute(request: ListTransactionsRequest): Promise<TransactionPage> {
    const { status, currency, from, to, siteId, providerId, clientId, checkoutId, externalReference } = request;
    const filter = { status, currency, from, to, siteId, providerId, clientId, checkoutId, externalReference };
    const found = await this.transactions.list(tenantScopeOf(request), filter, request);
    return { ...found, items: found.items.map(presentTransaction) };
  }
}
