import type { ApiPropertyOptions } from '@nestjs/swagger';
import { BUYER_TYPES, isCountryCode, RULE_TREATMENTS, SUPPLY_TYPES } from '@paygate/tax';
import { rule } from '../../validation-rules/index.js';

const SUPPLY_TYPE = /^[a-z][a-z0-9_]{0,49}$/;
const MOST_SUPPLY_TYPES = 20;

export const FIELDS = {
  name: { type: String, maxLength: 200, example: 'Books to Austria' },
  sellerCountry: { type: String, description: 'ISO 3166-1 alpha-2.', example: 'DE' },
  buyerCountry: { type: String, description: 'ISO 3166-1 alpha-2, `EU` for any other Member State, `*` for anywhere.', example: 'AT' },
  buyerType: { enum: BUYER_TYPES, description: 'Both when left out.', example: 'B2C' },
  supplyTypes: {
    type: [String],
    description: `Supply types (${SUPPLY_TYPES.join(', ')}) or item types of your own; \`*\` for all.`,
    example: ['goods'],
  },
  treatment: { enum: RULE_TREATMENTS, example: 'reduced' },
  rateCode: { type: String, maxLength: 40, description: 'Required for `standard`, `reduced` and `uk_vat`.', example: 'AT_REDUCED' },
  legalReference: { type: String, maxLength: 300, description: 'The words that stand on documents.', example: '§ 10 Abs. 2 UStG 1994' },
  evidenceRequired: { type: 'integer', minimum: 0, maximum: 5, description: 'Pieces of evidence that must agree.', example: 2 },
  priority: { type: 'integer', minimum: -1000, maximum: 1000, description: 'The highest goes first.', example: 100 },
  active: { type: Boolean, example: true },
  effectiveFrom: { type: String, format: 'date', description: 'A calendar day in the seller’s country, inclusive.', example: '2026-01-01' },
  effectiveTo: { type: String, format: 'date', description: 'A calendar day in the seller’s country, inclusive.', example: '2026-12-31' },
} as const satisfies Record<string, ApiPropertyOptions>;

export function IsBuyerCountry(): PropertyDecorator {
  return rule(
    'buyer_country',
    'an ISO 3166-1 alpha-2 country code, EU or *',
    (value) => value === 'EU' || value === '*' || isCountryCode(value),
  );
}

export function IsSupplyTypeList(): PropertyDecorator {
  return rule(
    'supply_types',
    `an array of 1 to ${MOST_SUPPLY_TYPES} different supply or item types, e.g. goods, or ["*"]`,
    isSupplyTypeList,
  );
}

function isSupplyTypeList(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_SUPPLY_TYPES || new Set(value).size !== value.length) return false;
  return value.every((type) => typeof type === 'string' && (type === '*' || SUPPLY_TYPE.test(type)));
}
