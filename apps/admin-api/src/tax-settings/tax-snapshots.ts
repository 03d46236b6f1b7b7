import { Injectable } from '@nestjs/common';
import { TenantScope } from '@paygate/kernel';
import { taxSnapshot } from '@paygate/messages';
import type { TaxSnapshot } from '@paygate/messages';
import { ConfigurationPublisher } from '../configuration-snapshots/index.js';
import type { SnapshotSource } from '../configuration-snapshots/index.js';
import { TaxConfigurationsRepository } from '../tax-configuration/index.js';
import type { StoredTaxConfiguration } from '../tax-configuration/index.js';
import { contractRate, TaxRatesRepository } from '../tax-rates/index.js';
import { contractRule, TaxRulesRepository } from '../tax-rules/index.js';

/**
 * All that decides an organization's tax, as the other services see it. Test and live sales are taxed alike. There is none
 * for an organization that never enabled tax.
 */
@Injectable()
export class TaxSnapshots implements SnapshotSource<TaxSnapshot> {
  readonly contract = taxSnapshot;

  constructor(
    private readonly configurations: TaxConfigurationsRepository,
    private readonly rates: TaxRatesRepository,
    private readonly rules: TaxRulesRepository,
    publisher: ConfigurationPublisher,
  ) {
    publisher.register(this);
  }

  async load(id: string): Promise<TaxSnapshot | undefined> {
    const stored = await this.configurations.findByIdForOperators(id);
    return stored?.enabledAt ? this.snapshotOf(stored) : undefined;
  }

  async loadAll(): Promise<TaxSnapshot[]> {
    const snapshots: TaxSnapshot[] = [];
    for (const id of (await this.configurations.revisionsForOperators()).keys()) {
      const snapshot = await this.load(id);
      if (snapshot) snapshots.push(snapshot);
    }
    return snapshots;
  }

  /** Every change raises the revision, so the hundreds of rates of every organization need not be compared. */
  async differing(published: readonly TaxSnapshot[]): Promise<string[]> {
    const current = await this.configurations.revisionsForOperators();
    const told = new Map(published.map(({ id, revision }) => [id, revision]));
    const ids = new Set([...current.keys(), ...told.keys()]);
    return [...ids].filter((id) => current.get(id) !== told.get(id));
  }

  private async snapshotOf({ organizationId, settings, revision }: StoredTaxConfiguration): Promise<TaxSnapshot> {
    const scope = TenantScope.of(organizationId, true);
    const [rates, rules] = await Promise.all([this.rates.all(scope), this.rules.all(scope)]);
    const configuration = { settings, rates: rates.map(contractRate), rules: rules.map(contractRule) };
    return { id: organizationId, configuration, revision };
  }
}
