import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { TaxSettings } from '@paygate/tax';
import { TaxConfigurationsRepository } from '../tax-configuration/index.js';

@Injectable()
export class GetTaxSettings {
  constructor(private readonly configurations: TaxConfigurationsRepository) {}

  /** What is usual, with tax disabled, for an organization that never set anything. */
  async execute(scope: TenantScope): Promise<TaxSettings> {
    return (await this.configurations.find(scope)).settings;
  }
}
