import { isEuMember } from '@paygate/tax';
import type { TaxDimensions } from '../../tax-records/index.js';

/** What of a sum of tax records tells whether it counts. */
export type CountedDimensions = Pick<
  TaxDimensions,
  'sellerCountry' | 'taxCountry' | 'buyerCountry' | 'buyerType' | 'supplyType' | 'taxTreatment' | 'reason'
>;

/** Distance sales of goods and electronic services, with what was charged for sending and what was taken off. */
const SUPPLY_TYPES: ReadonlySet<string> = new Set(['goods', 'digital_service', 'shipping', 'discount']);
const REASONS: ReadonlySet<string> = new Set(['below_oss_threshold', 'oss_union', 'oss_registration_missing']);

/**
 * Whether it counts towards the EUR 10,000 of Art. 59c of the VAT Directive: sold to consumers in Member States other than the
 * seller's. Not counted is what is taxed by a registration in the buyer's country, and sales under the non-Union scheme and IOSS.
 */
export function countsTowardsThreshold(sum: CountedDimensions, sellerCountry: string): boolean {
  const { buyerCountry, taxCountry, buyerType, supplyType, taxTreatment, reason } = sum;
  if (sum.sellerCountry !== sellerCountry || buyerType !== 'B2C' || !SUPPLY_TYPES.has(supplyType)) return false;
  if (REASONS.has(reason)) return true;
  const isAbroad = (country: string): boolean => isEuMember(country) && country !== sellerCountry;
  // A shop that names the tax itself, or a rule of the merchant: then only the places tell.
  if (taxTreatment === 'manual') return isAbroad(buyerCountry);
  return reason === 'merchant_rule' && taxTreatment === 'oss' && isAbroad(taxCountry);
}
