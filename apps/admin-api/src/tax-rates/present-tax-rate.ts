import type { TaxRateResponse } from './dto/tax-rate.response.js';
import { rateDetailsOf } from './tax-rate.js';
import type { StoredTaxRate } from './tax-rate.js';

export function presentTaxRate(rate: StoredTaxRate): TaxRateResponse {
  const { id, source, catalogueVersion, createdAt } = rate;
  return { id, ...rateDetailsOf(rate), source, catalogueVersion, createdAt: createdAt.toISOString() };
}
