import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { DEFAULT_TAX_RATES, TAX_CATALOGUE_VERSION } from '@paygate/tax';
import { Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { TaxRevisions } from '../tax-configuration/index.js';
import { catalogueReplacement } from './catalogue-plan.js';
import type { SyncCounts } from './catalogue-plan.js';
import { TaxRatesRepository } from './tax-rates.repository.js';

export interface SyncedCatalogue extends SyncCounts {
  readonly version: string;
}

/** Makes an organization's default rates those of the catalogue; its own rates stay. */
@Injectable()
export class SyncCatalogue {
  constructor(
    private readonly changes: Changes,
    private readonly revisions: TaxRevisions,
    private readonly rates: TaxRatesRepository,
  ) {}

  async execute(scope: TenantScope): Promise<SyncedCatalogue> {
    return this.changes.run((change) => this.within(change, scope));
  }

  /** As a part of another change. */
  async within(change: Change, scope: TenantScope): Promise<SyncedCatalogue> {
    const { create, end, remove, counts } = catalogueReplacement(await this.rates.all(scope, change.session), DEFAULT_TAX_RATES);
    const synced = { ...counts, version: TAX_CATALOGUE_VERSION };
    if (create.length + end.length + remove.length === 0) return synced;
    await this.revisions.raise(change, scope);
    // First what goes, since of one series and day there is one rate.
    await this.rates.remove(scope, remove, change.session);
    for (const { id, validTo } of end) await this.rates.end(scope, id, validTo, change.session);
    await this.rates.insert(scope, create, { source: 'default', catalogueVersion: TAX_CATALOGUE_VERSION }, change.session);
    const resource = { type: 'tax_rate', id: scope.organizationId, name: 'catalogue' };
    await change.record({ action: 'tax_rate.defaults_replaced', scope, resource, after: synced });
    return synced;
  }
}
