import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { TaxRevisions } from '../tax-configuration/index.js';
import { pathId } from '../validation-rules/index.js';
import { rateDetailsOf } from './tax-rate.js';
import { TaxRatesRepository } from './tax-rates.repository.js';

/** What was sold under a rate keeps it. */
@Injectable()
export class DeleteTaxRates {
  constructor(
    private readonly changes: Changes,
    private readonly revisions: TaxRevisions,
    private readonly rates: TaxRatesRepository,
  ) {}

  /** @throws DomainError `tax_rate_not_found` */
  async one(scope: TenantScope, id: string): Promise<void> {
    const rateId = pathId(id, 'tax_rate_not_found');
    await this.changes.run(async (change) => {
      const rate = await this.rates.find(scope, rateId, change.session);
      if (!rate) throw new DomainError('tax_rate_not_found');
      await this.revisions.raise(change, scope);
      await this.rates.remove(scope, [rate.id], change.session);
      const resource = { type: 'tax_rate', id: rate.id, name: rate.code };
      await change.record({ action: 'tax_rate.deleted', scope, resource, before: rateDetailsOf(rate) });
    });
  }

  async all(scope: TenantScope): Promise<void> {
    await this.changes.run(async (change) => {
      const deleted = await this.rates.removeAll(scope, change.session);
      if (deleted === 0) return;
      await this.revisions.raise(change, scope);
      const resource = { type: 'tax_rate', id: scope.organizationId, name: 'all' };
      await change.record({ action: 'tax_rate.all_deleted', scope, resource, before: { rates: deleted }, after: { rates: 0 } });
    });
  }
}
