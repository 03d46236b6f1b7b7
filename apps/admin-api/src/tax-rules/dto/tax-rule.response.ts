import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { BuyerType, RuleTreatment } from '@paygate/tax';
import { FIELDS } from './tax-rule-fields.js';

const RULE_SOURCES = ['default', 'custom'] as const;

export class TaxRuleResponse {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439071' }) id!: string;
  @ApiProperty(FIELDS.name) name!: string;
  @ApiProperty(FIELDS.sellerCountry) sellerCountry!: string;
  @ApiProperty(FIELDS.buyerCountry) buyerCountry!: string;
  @ApiPropertyOptional(FIELDS.buyerType) buyerType?: BuyerType;
  @ApiProperty(FIELDS.supplyTypes) supplyTypes!: readonly string[];
  @ApiProperty(FIELDS.treatment) treatment!: RuleTreatment;
  @ApiPropertyOptional(FIELDS.rateCode) rateCode?: string;
  @ApiPropertyOptional(FIELDS.legalReference) legalReference?: string;
  @ApiPropertyOptional(FIELDS.evidenceRequired) evidenceRequired?: number;
  @ApiProperty(FIELDS.priority) priority!: number;
  @ApiProperty(FIELDS.active) active!: boolean;
  @ApiPropertyOptional(FIELDS.effectiveFrom) effectiveFrom?: string;
  @ApiPropertyOptional(FIELDS.effectiveTo) effectiveTo?: string;
  @ApiProperty({ enum: RULE_SOURCES, description: '`default`: made by populate-defaults, perhaps changed since.', example: 'custom' })
  source!: (typeof RULE_SOURCES)[number];
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:00:00.000Z' }) updatedAt!: string;
}

export class TaxRuleListResponse {
  @ApiProperty({ type: [TaxRuleResponse] }) taxRules!: TaxRuleResponse[];
  @ApiProperty({ type: 'integer', description: 'Of all rules that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export class PopulatedRulesResponse {
  @ApiProperty({ type: [TaxRuleResponse], description: 'Empty when all are there.' }) created!: TaxRuleResponse[];
}

export const TAX_RULE_EXAMPLE = {
  id: '507f1f77bcf86cd799439071',
  name: 'Books to Austria',
  sellerCountry: 'DE',
  buyerCountry: 'AT',
  buyerType: 'B2C',
  supplyTypes: ['goods'],
  treatment: 'reduced',
  rateCode: 'AT_REDUCED',
  priority: 100,
  active: true,
  effectiveFrom: '2026-01-01',
  source: 'custom',
  createdAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T10:00:00.000Z',
} satisfies TaxRuleResponse;
