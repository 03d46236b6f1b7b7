import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import { checkTaxSettings } from '@paygate/tax';
import type { TaxSettings } from '@paygate/tax';
import { Changes } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { refuseFindings, TaxConfigurationsRepository, TaxRevisions } from '../tax-configuration/index.js';
import type { StoredTaxConfiguration } from '../tax-configuration/index.js';
import { SyncCatalogue, TaxRatesRepository } from '../tax-rates/index.js';
import { mergedSettings } from './merged-settings.js';
import type { TaxSettingsChange } from './merged-settings.js';
import { numberFindings, withWholeNumbers } from './own-numbers.js';

@Injectable()
export class UpdateTaxSettings {
  constructor(
    private readonly changes: Changes,
    private readonly configurations: TaxConfigurationsRepository,
    private readonly revisions: TaxRevisions,
    private readonly rates: TaxRatesRepository,
    private readonly catalogue: SyncCatalogue,
  ) {}

  /**
   * Who enables tax for the first time and has no rates gets the catalogue in the same change.
   * @throws DomainError `validation_failed` when the settings do not go together
   */
  async execute(scope: TenantScope, wanted: TaxSettingsChange): Promise<TaxSettings> {
    return this.changes.run(async (change) => {
      const stored = await this.configurations.find(scope, change.session);
      const settings = withWholeNumbers(mergedSettings(stored.settings, wanted));
      refuseFindings([...checkTaxSettings(settings), ...numberFindings(settings)]);
      if (!isDeepStrictEqual(settings, stored.settings)) await this.store(change, scope, stored, settings);
      return settings;
    });
  }

  private async store(change: Change, scope: TenantScope, stored: StoredTaxConfiguration, settings: TaxSettings): Promise<void> {
    const isFirst = settings.enabled && stored.enabledAt === undefined;
    await this.revisions.raise(change, scope, { settings, ...(isFirst ? { enabledAt: change.now } : {}) });
    await change.record({
      action: 'tax_settings.updated',
      scope,
      resource: { type: 'tax_settings', id: scope.organizationId },
      before: stored.settings,
      after: settings,
    });
    if (isFirst && (await this.rates.count(scope, change.session)) === 0) await this.catalogue.within(change, scope);
  }
}
