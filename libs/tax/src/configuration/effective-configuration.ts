import type { TaxConfiguration } from '../tax-configuration.js';
import type { TaxCalculation } from '../tax-result.js';

/**
 * The settings with only those rates and rules that took part, small enough to be kept with the sale. An engine of it gives the same
 * calculation for the same input again.
 */
export function effectiveConfiguration(configuration: TaxConfiguration, calculation: TaxCalculation): TaxConfiguration {
  const rates = new Set(calculation.basis?.rates);
  const rules = new Set(calculation.basis?.rules);
  return {
    settings: configuration.settings,
    rates: configuration.rates.filter(({ id }) => rates.has(id)),
    rules: configuration.rules.filter(({ id }) => rules.has(id)),
  };
}
