import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import type { ListTaxRulesQuery } from './dto/list-tax-rules.query.js';
import type { StoredTaxRule } from './tax-rule.js';
import { TaxRulesRepository } from './tax-rules.repository.js';

@Injectable()
export class ListTaxRules {
  constructor(private readonly rules: TaxRulesRepository) {}

  async execute(scope: TenantScope, query: ListTaxRulesQuery): Promise<Page<StoredTaxRule>> {
    const { sellerCountry, buyerCountry, buyerType, treatment, active } = query;
    return this.rules.page(scope, { sellerCountry, buyerCountry, buyerType, treatment, active }, query);
  }
}
