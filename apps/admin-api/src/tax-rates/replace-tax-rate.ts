import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { checkTaxRate } from '@paygate/tax';
import { Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { refuseFindings, TaxRevisions } from '../tax-configuration/index.js';
import { pathId } from '../validation-rules/index.js';
import { requireRoom } from './own-rates.js';
import { dayBefore } from './rate-periods.js';
import { rateDetailsOf } from './tax-rate.js';
import type { RateDetails, StoredTaxRate } from './tax-rate.js';
import { TaxRatesRepository } from './tax-rates.repository.js';

export interface RateChange {
  rate: number;
  effectiveFrom: string;
  /** Null: it goes on; absent: as long as the rate it follows. */
  validTo?: string | null;
}

/** A rate is never edited: what was sold under it must be found again. Another row follows it. */
@Injectable()
export class ReplaceTaxRate {
  constructor(
    private readonly changes: Changes,
    private readonly revisions: TaxRevisions,
    private readonly rates: TaxRatesRepository,
  ) {}

  /**
   * Returns the new rate; the old one ends the day before.
   * @throws DomainError `tax_rate_not_found`, `validation_failed`, `tax_rate_overlap`, `tax_configuration_full`
   */
  async execute(scope: TenantScope, id: string, wanted: RateChange): Promise<StoredTaxRate> {
    const rateId = pathId(id, 'tax_rate_not_found');
    return this.changes.run(async (change) => {
      const stored = await this.rates.all(scope, change.session);
      const old = stored.find((rate) => rate.id === rateId);
      if (!old) throw new DomainError('tax_rate_not_found');
      const next = successor(old, wanted);
      const others = stored.filter((rate) => rate.id !== rateId);
      requireRoom([...others, { ...old, validTo: lastDay(old, next) }], next);
      await this.revisions.raise(change, scope);
      return this.store(change, scope, old, next);
    });
  }

  private async store(change: Change, scope: TenantScope, old: StoredTaxRate, next: RateDetails): Promise<StoredTaxRate> {
    const validTo = lastDay(old, next);
    if (validTo !== old.validTo) await this.rates.end(scope, old.id, validTo, change.session);
    const [rate] = (await this.rates.insert(scope, [next], { source: 'custom' }, change.session)) as [StoredTaxRate];
    await change.record({
      action: 'tax_rate.updated',
      scope,
      resource: { type: 'tax_rate', id: rate.id, name: rate.code },
      before: { id: old.id, ...rateDetailsOf(old) },
      after: { id: rate.id, ...next },
    });
    return rate;
  }
}

function successor(old: StoredTaxRate, { rate, effectiveFrom, validTo }: RateChange): RateDetails {
  if (effectiveFrom <= old.validFrom) {
    const expected = `a day after ${old.validFrom}, the first of the rate it follows`;
    throw DomainError.invalid({ field: 'effectiveFrom', code: 'day', message: `effectiveFrom must be ${expected}.`, expected });
  }
  const end = validTo === undefined && (old.validTo ?? '9999-12-31') >= effectiveFrom ? old.validTo : (validTo ?? undefined);
  const next = rateDetailsOf({ ...old, rate, validFrom: effectiveFrom, validTo: end });
  refuseFindings(checkTaxRate(next));
  return next;
}

/** It may have ended earlier already. */
function lastDay(old: StoredTaxRate, next: RateDetails): string {
  const before = dayBefore(next.validFrom);
  return old.validTo !== undefined && old.validTo < before ? old.validTo : before;
}
