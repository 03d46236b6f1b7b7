import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { BUYER_TYPES, RULE_TREATMENTS } from '@paygate/tax';
import type { BuyerType, RuleTreatment } from '@paygate/tax';
import { IsOptional } from 'class-validator';
import { InCapitals, IsTaxCountry, IsDay, IsFlag, IsIntegerWithin, IsLabel, IsOneOf, IsRateCode } from '../../validation-rules/index.js';
import { FIELDS, IsBuyerCountry, IsSupplyTypeList } from './tax-rule-fields.js';

export class CreateTaxRuleBody {
  @ApiProperty(FIELDS.name)
  @IsLabel(200)
  name!: string;

  @ApiProperty(FIELDS.sellerCountry)
  @InCapitals()
  @IsTaxCountry()
  sellerCountry!: string;

  @ApiProperty(FIELDS.buyerCountry)
  @InCapitals()
  @IsBuyerCountry()
  buyerCountry!: string;

  @ApiPropertyOptional(FIELDS.buyerType)
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(BUYER_TYPES)
  buyerType?: BuyerType;

  @ApiPropertyOptional({ ...FIELDS.supplyTypes, default: ['*'] })
  @EmptyAsAbsent()
  @IsOptional()
  @IsSupplyTypeList()
  supplyTypes?: string[];

  @ApiProperty(FIELDS.treatment)
  @IsOneOf(RULE_TREATMENTS)
  treatment!: RuleTreatment;

  @ApiPropertyOptional(FIELDS.rateCode)
  @EmptyAsAbsent()
  @IsOptional()
  @InCapitals()
  @IsRateCode()
  rateCode?: string;

  @ApiPropertyOptional(FIELDS.legalReference)
  @EmptyAsAbsent()
  @IsOptional()
  @IsLabel(300)
  legalReference?: string;

  @ApiPropertyOptional(FIELDS.evidenceRequired)
  @EmptyAsAbsent()
  @IsOptional()
  @IsIntegerWithin(0, 5)
  evidenceRequired?: number;

  @ApiPropertyOptional({ ...FIELDS.priority, default: 0 })
  @EmptyAsAbsent()
  @IsOptional()
  @IsIntegerWithin(-1000, 1000)
  priority?: number;

  @ApiPropertyOptional({ ...FIELDS.active, default: true })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFlag()
  active?: boolean;

  @ApiPropertyOptional(FIELDS.effectiveFrom)
  @EmptyAsAbsent()
  @IsOptional()
  @IsDay()
  effectiveFrom?: string;

  @ApiPropertyOptional(FIELDS.effectiveTo)
  @EmptyAsAbsent()
  @IsOptional()
  @IsDay()
  effectiveTo?: string;
}
