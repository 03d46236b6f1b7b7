import { ApiPropertyOptional } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { EmptyClears, IfGiven, IsPlainObject, IsText, rule, VatIdInCapitals } from '../../validation-rules/index.js';

export const FIELDS = {
  enabled: { type: Boolean, description: 'Off: only what shops name themselves is tax, and no tax records are written.', example: true },
  sellerCountry: { type: String, description: 'ISO 3166-1 alpha-2.', example: 'DE' },
  sellerRegion: { type: String, maxLength: 10, description: 'State or province, for sellers in the US and Canada.', example: 'QC' },
  vatId: { type: String, maxLength: 20, description: 'With its prefix.', example: 'DE123456789' },
  taxNumber: { type: String, maxLength: 50, description: 'For those without a VAT id.', example: '12/345/67890' },
  country: { type: String, description: 'ISO 3166-1 alpha-2; `XI` for Northern Ireland.', example: 'CH' },
  pricesIncludeTax: { type: Boolean, description: 'How prices without an `amountType` are meant.', example: true },
  roundingMethod: {
    enum: ['document', 'line'],
    description: '`document`: once per rate, as EN 16931 computes; `line`: on every line.',
    example: 'document',
  },
  recognitionMode: { enum: ['accrual', 'cash'], example: 'accrual' },
  scheme: { enum: ['union', 'non_union'], example: 'union' },
  registrationId: { type: String, maxLength: 50, example: 'DE123456789' },
  thresholdExceeded: {
    type: Boolean,
    description:
      'Sales to consumers in other Member States passed EUR 10,000 in this or the previous year. Becomes true by itself from the tax records; set it for sales made elsewhere.',
    example: false,
  },
  legalReference: { type: String, maxLength: 300, description: 'The words that must stand on documents.', example: '§ 19 UStG' },
  vatIdValidation: {
    enum: ['none', 'format', 'vies'],
    description:
      'What is asked about a VAT id that a buyer names: nothing, its form and check digits, or the Commission’s service too, where `vies.enabled` allows it.',
    example: 'vies',
  },
  fallback: {
    enum: ['charge_vat', 'accept_recent'],
    description: 'When the Commission’s service does not answer about a VAT id: charge VAT, or let a recent positive answer stand in.',
    example: 'charge_vat',
  },
  recentDays: { type: 'integer', minimum: 1, maximum: 365, description: 'How old such an answer may be, in days.', example: 30 },
  strictEvidence: {
    type: Boolean,
    description: 'Refuse a sale taxed in the buyer’s country without two pieces of evidence that agree.',
    example: false,
  },
  nexusStates: { type: [String], description: 'States in which sales tax must be collected.', example: ['TX', 'NY'] },
  provinces: { type: [String], description: 'Registered there for PST or QST besides GST/HST.', example: ['QC'] },
} as const satisfies Record<string, ApiPropertyOptions>;

/** May be left out; cannot be removed. */
export function Given(options: ApiPropertyOptions, check: () => PropertyDecorator): PropertyDecorator {
  return together(ApiPropertyOptional(options), IfGiven(), check());
}

/** May be left out; empty or null removes it. */
export function Removable(options: ApiPropertyOptions, check: () => PropertyDecorator): PropertyDecorator {
  return together(ApiPropertyOptional({ ...options, nullable: true }), EmptyClears(), IsOptional(), check());
}

/** Several settings that belong together; what is left out of them stays as it is. */
export function Group(type: new () => object): PropertyDecorator {
  return together(
    ApiPropertyOptional({ type }),
    IfGiven(),
    IsPlainObject(),
    ValidateNested(),
    Type(() => type),
  );
}

const REGION = /^[A-Z]{2}$/;

export function IsRegionCode(): PropertyDecorator {
  return rule('region', 'the two letters of a state or province, e.g. TX', isRegion);
}

/** After {@link InCapitals}. */
export function IsRegionList(): PropertyDecorator {
  const expected = 'an array of different two-letter codes of states or provinces';
  return rule('region_list', expected, (value) => Array.isArray(value) && new Set(value).size === value.length && value.every(isRegion));
}

export function IsVatId(): PropertyDecorator {
  return together(VatIdInCapitals(), IsText(20));
}

function isRegion(value: unknown): boolean {
  return typeof value === 'string' && REGION.test(value);
}

function together(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
