import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import { pathId } from '../validation-rules/index.js';
import type { ListTaxRatesQuery } from './dto/list-tax-rates.query.js';
import type { StoredTaxRate } from './tax-rate.js';
import { TaxRatesRepository } from './tax-rates.repository.js';

@Injectable()
export class ReadTaxRates {
  constructor(private readonly rates: TaxRatesRepository) {}

  async list(scope: TenantScope, query: ListTaxRatesQuery): Promise<Page<StoredTaxRate>> {
    const { country, region, code, type, source, activeOn } = query;
    return this.rates.page(scope, { country, region, code, type, source, activeOn }, query);
  }

  /** @throws DomainError `tax_rate_not_found` */
  async get(scope: TenantScope, id: string): Promise<StoredTaxRate> {
    const rate = await this.rates.find(scope, pathId(id, 'tax_rate_not_found'));
    if (!rate) throw new DomainError('tax_rate_not_found');
    return rate;
  }
}
