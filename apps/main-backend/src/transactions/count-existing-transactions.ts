import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { TalliesOfAllTenants } from '../transaction-tallies/index.js';
import { TransactionsOfAllTenants } from './transactions-of-all-tenants.repository.js';

/** Counts the transactions of a database that was filled before they were counted. */
@Injectable()
export class CountExistingTransactions implements OnApplicationBootstrap {
  constructor(
    private readonly tallies: TalliesOfAllTenants,
    private readonly transactions: TransactionsOfAllTenants,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if ((await this.tallies.isEmpty()) && (await this.transactions.hasAny())) await this.tallies.rebuild(this.transactions.collectionName);
  }
}
