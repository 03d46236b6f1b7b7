import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { vatIdCountry } from '@paygate/tax';
import type { ClientSession } from 'mongoose';
import { RecheckVatIds } from '../vat-ids/index.js';
import type { TaxVerdict } from './tax-decision.js';
import { TransactionTaxes } from './transaction-taxes.repository.js';

const FIRST_VERSION = 1;

/** Writes the first decision about a transaction, in the database transaction that writes the transaction itself. */
@Injectable()
export class RecordTax {
  constructor(
    private readonly taxes: TransactionTaxes,
    private readonly rechecks: RecheckVatIds,
  ) {}

  /** @returns the version the transaction names; undefined when nothing was decided */
  async execute(
    scope: TenantScope,
    transactionId: string,
    verdict: TaxVerdict | undefined,
    now: Date,
    session: ClientSession,
  ): Promise<number | undefined> {
    if (!verdict) return undefined;
    await this.taxes.decide(scope, { transactionId, version: FIRST_VERSION }, verdict, now, session);
    const { vatId, vatIdStatus, country } = verdict.input.buyer;
    if (vatId !== undefined && (vatIdStatus === 'unavailable' || vatIdStatus === 'recent')) {
      await this.rechecks.later(scope, { transactionId, vatId, countryCode: vatIdCountry(vatId) ?? country ?? '' }, session);
    }
    return FIRST_VERSION;
  }
}
