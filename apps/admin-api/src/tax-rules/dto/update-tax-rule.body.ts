import { ApiPropertyOptional } from '@nestjs/swagger';
import { BUYER_TYPES, RULE_TREATMENTS } from '@paygate/tax';
import type { BuyerType, RuleTreatment } from '@paygate/tax';
import { IsOptional } from 'class-validator';
import {
  EmptyClears,
  IfGiven,
  InCapitals,
  IsTaxCountry,
  IsDay,
  IsFlag,
  IsIntegerWithin,
  IsLabel,
  IsOneOf,
  IsRateCode,
} from '../../validation-rules/index.js';
import { FIELDS, IsBuyerCountry, IsSupplyTypeList } from './tax-rule-fields.js';

/** What is left out stays; `null` or empty text removes what is optional. */
export class UpdateTaxRuleBody {
  @ApiPropertyOptional(FIELDS.name)
  @IfGiven()
  @IsLabel(200)
  name?: string;

  @ApiPropertyOptional(FIELDS.sellerCountry)
  @IfGiven()
  @InCapitals()
  @IsTaxCountry()
  sellerCountry?: string;

  @ApiPropertyOptional(FIELDS.buyerCountry)
  @IfGiven()
  @InCapitals()
  @IsBuyerCountry()
  buyerCountry?: string;

  @ApiPropertyOptional({ ...FIELDS.buyerType, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsOneOf(BUYER_TYPES)
  buyerType?: BuyerType | null;

  @ApiPropertyOptional(FIELDS.supplyTypes)
  @IfGiven()
  @IsSupplyTypeList()
  supplyTypes?: string[];

  @ApiPropertyOptional(FIELDS.treatment)
  @IfGiven()
  @IsOneOf(RULE_TREATMENTS)
  treatment?: RuleTreatment;

  @ApiPropertyOptional({ ...FIELDS.rateCode, nullable: true })
  @EmptyClears()
  @IsOptional()
  @InCapitals()
  @IsRateCode()
  rateCode?: string | null;

  @ApiPropertyOptional({ ...FIELDS.legalReference, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsLabel(300)
  legalReference?: string | null;

  @ApiPropertyOptional({ ...FIELDS.evidenceRequired, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsIntegerWithin(0, 5)
  evidenceRequired?: number | null;

  @ApiPropertyOptional(FIELDS.priority)
  @IfGiven()
  @IsIntegerWithin(-1000, 1000)
  priority?: number;

  @ApiPropertyOptional(FIELDS.active)
  @IfGiven()
  @IsFlag()
  active?: boolean;

  @ApiPropertyOptional({ ...FIELDS.effectiveFrom, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsDay()
  effectiveFrom?: string | null;

  @ApiPropertyOptional({ ...FIELDS.effectiveTo, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsDay()
  effectiveTo?: string | null;
}
