import type { TaxRule } from '@paygate/tax';

export type RuleDetails = Omit<TaxRule, 'id'>;

export interface StoredTaxRule extends TaxRule {
  /** Which of the default rules it was made from; it may have been changed since. */
  readonly defaultKey?: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a calculation needs of it. */
export function contractRule({ id, ...rule }: StoredTaxRule): TaxRule {
  return { id, ...ruleDetailsOf(rule) };
}

/** Field by field, and without what is absent. */
export function ruleDetailsOf(rule: RuleDetails): RuleDetails {
  const { name, sellerCountry, buyerCountry, buyerType, supplyTypes, treatment, rateCode, legalReference } = rule;
  const { evidenceRequired, priority, active, effectiveFrom, effectiveTo } = rule;
  return {
    name,
    sellerCountry,
    buyerCountry,
    ...(buyerType === undefined ? {} : { buyerType }),
    supplyTypes: [...supplyTypes],
    treatment,
    ...(rateCode === undefined ? {} : { rateCode }),
    ...(legalReference === undefined ? {} : { legalReference }),
    ...(evidenceRequired === undefined ? {} : { evidenceRequired }),
    priority,
    active,
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
  };
}
