import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { checkTaxRate } from '@paygate/tax';
import { Changes } from '../changes/index.js';
import { refuseFindings, TaxRevisions } from '../tax-configuration/index.js';
import type { TaxRateResponse } from './dto/tax-rate.response.js';
import { requireRoom } from './own-rates.js';
import { presentTaxRate } from './present-tax-rate.js';
import { rateDetailsOf } from './tax-rate.js';
import type { RateDetails, StoredTaxRate } from './tax-rate.js';
import { TaxRatesRepository } from './tax-rates.repository.js';

@Injectable()
export class CreateTaxRate {
  constructor(
    private readonly changes: Changes,
    private readonly revisions: TaxRevisions,
    private readonly rates: TaxRatesRepository,
  ) {}

  /** @throws DomainError `validation_failed`, `tax_rate_overlap`, `tax_configuration_full` */
  async execute(scope: TenantScope, wanted: RateDetails, claim?: IdempotencyClaim): Promise<TaxRateResponse> {
    const details = rateDetailsOf(wanted);
    refuseFindings(checkTaxRate(details));
    return this.changes.once(scope, 'tax_rate.create', claim, async (change) => {
      requireRoom(await this.rates.all(scope, change.session), details);
      await this.revisions.raise(change, scope);
      const [rate] = (await this.rates.insert(scope, [details], { source: 'custom' }, change.session)) as [StoredTaxRate];
      const resource = { type: 'tax_rate', id: rate.id, name: rate.code };
      await change.record({ action: 'tax_rate.created', scope, resource, after: details });
      return presentTaxRate(rate);
    });
  }
}
