import { taxShares } from '@paygate/tax';
import type { TaxCalculation } from '@paygate/tax';
import type { TaxSummary } from './tax-decision.js';

/** A calculation at a glance. @param amount what is charged, for what nothing is known of */
export function summariseTax(calculation: TaxCalculation | undefined, amount: number): TaxSummary {
  if (!calculation) return { taxIncluded: true, totalNet: amount, totalTax: 0, totalGross: amount, taxBreakdown: [] };
  const { taxIncluded, totalNet, totalTax, totalGross } = calculation;
  return { taxIncluded, totalNet, totalTax, totalGross, taxBreakdown: taxShares(calculation) };
}
