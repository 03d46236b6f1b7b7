import { Injectable } from '@nestjs/common';
import { tenantScopeOf } from '@paygate/messages';
import type { TransactionFigures, TransactionFiguresRequest } from '@paygate/messages';
import { TransactionTallies } from '../transaction-tallies/index.js';
import { MANUAL_PROVIDER } from './transaction.js';

/** What a tenant's transactions of some days come to. */
@Injectable()
export class GetFigures {
  constructor(private readonly tallies: TransactionTallies) {}

  async execute(request: TransactionFiguresRequest): Promise<TransactionFigures> {
    const { from, to, siteId, withDays } = request;
    const scope = tenantScopeOf(request);
    const filter = { siteId, first: from, last: to };
    const { byStatus, byProvider } = await this.tallies.sums(scope, filter);
    const byDay = withDays ? await this.tallies.paidByDay(scope, filter) : [];
    return {
      byStatus,
      byProvider: byProvider.map(({ providerId, ...sum }) => (providerId === MANUAL_PROVIDER ? sum : { providerId, ...sum })),
      byDay,
    };
  }
}
