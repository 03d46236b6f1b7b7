import { Injectable } from '@nestjs/common';
import { tenantScopeOf } from '@paygate/messages';
import type { TransactionFigures, TransactionFiguresRequest } from '@paygate/messages';
import { TransactionTallies } from '../transaction-tallies/index.js';
import { sumFigures } from './sum-figures.js';

/** What a tenant's transactions of some days come to. */
@Injectable()
export class GetFigures {
  constructor(private readonly tallies: TransactionTallies) {}

  async execute(request: TransactionFiguresRequest): Promise<TransactionFigures> {
    const { from, to, siteId } = request;
    return sumFigures(await this.tallies.sumsByDay(tenantScopeOf(request), { siteId, days: { first: from, last: to } }));
  }
}
