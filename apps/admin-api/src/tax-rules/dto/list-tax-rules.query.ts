import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { BUYER_TYPES, RULE_TREATMENTS } from '@paygate/tax';
import type { BuyerType, RuleTreatment } from '@paygate/tax';
import { IsOptional } from 'class-validator';
import { InCapitals, IsTaxCountry, IsOneOf, IsQueryFlag } from '../../validation-rules/index.js';
import { FIELDS, IsBuyerCountry } from './tax-rule-fields.js';

export class ListTaxRulesQuery extends PageQuery {
  @ApiPropertyOptional(FIELDS.sellerCountry)
  @EmptyAsAbsent()
  @IsOptional()
  @InCapitals()
  @IsTaxCountry()
  sellerCountry?: string;

  @ApiPropertyOptional({ ...FIELDS.buyerCountry, description: 'As it stands in the rule: a country code, `EU` or `*`.' })
  @EmptyAsAbsent()
  @IsOptional()
  @InCapitals()
  @IsBuyerCountry()
  buyerCountry?: string;

  @ApiPropertyOptional({ ...FIELDS.buyerType, description: 'Only rules for these alone.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(BUYER_TYPES)
  buyerType?: BuyerType;

  @ApiPropertyOptional(FIELDS.treatment)
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(RULE_TREATMENTS)
  treatment?: RuleTreatment;

  @ApiPropertyOptional(FIELDS.active)
  @EmptyAsAbsent()
  @IsOptional()
  @IsQueryFlag()
  active?: boolean;
}
