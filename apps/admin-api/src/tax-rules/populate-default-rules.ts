import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { TaxConfigurationsRepository, TaxRevisions } from '../tax-configuration/index.js';
import { defaultRulesFor } from './default-rules.js';
import { missingDefaults } from './missing-defaults.js';
import { requireRoom } from './rule-conflicts.js';
import type { StoredTaxRule } from './tax-rule.js';
import { TaxRulesRepository } from './tax-rules.repository.js';

/** Adds the default rules for the seller's country that are not there, and changes none. */
@Injectable()
export class PopulateDefaultRules {
  constructor(
    private readonly changes: Changes,
    private readonly configurations: TaxConfigurationsRepository,
    private readonly revisions: TaxRevisions,
    private readonly rules: TaxRulesRepository,
  ) {}

  /** @throws DomainError `tax_seller_country_required`, `tax_configuration_full` */
  async execute(scope: TenantScope): Promise<StoredTaxRule[]> {
    return this.changes.run(async (change) => {
      const { settings } = await this.configurations.find(scope, change.session);
      if (settings.sellerCountry === '') throw new DomainError('tax_seller_country_required');
      return this.add(change, scope, settings.sellerCountry);
    });
  }

  private async add(change: Change, scope: TenantScope, sellerCountry: string): Promise<StoredTaxRule[]> {
    const stored = await this.rules.all(scope, change.session);
    const missing = missingDefaults(stored, defaultRulesFor(sellerCountry));
    if (missing.length === 0) return [];
    requireRoom(stored, missing.length);
    await this.revisions.raise(change, scope);
    const created = await this.rules.insert(scope, missing, change.session);
    const resource = { type: 'tax_rule', id: scope.organizationId, name: 'defaults' };
    await change.record({ action: 'tax_rule.defaults_populated', scope, resource, after: { created: created.map(({ name }) => name) } });
    return created;
  }
}
