import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { TaxConfiguration } from '@paygate/tax';
import { TaxConfigurationsRepository } from '../tax-configuration/index.js';
import { contractRate, TaxRatesRepository } from '../tax-rates/index.js';
import { contractRule, TaxRulesRepository } from '../tax-rules/index.js';

/** All that decides an organization's tax, as it is stored. */
@Injectable()
export class ReadTaxConfiguration {
  constructor(
    private readonly configurations: TaxConfigurationsRepository,
    private readonly rates: TaxRatesRepository,
    private readonly rules: TaxRulesRepository,
  ) {}

  async execute(scope: TenantScope): Promise<TaxConfiguration> {
    const [{ settings }, rates, rules] = await Promise.all([this.configurations.find(scope), this.rates.all(scope), this.rules.all(scope)]);
    return { settings, rates: rates.map(contractRate), rules: rules.map(contractRule) };
  }
}
