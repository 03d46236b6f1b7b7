import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import {
  IsCurrency,
  IsFlag,
  IsHttpUrl,
  IsLabel,
  IsOneOf,
  IsPercent,
  IsPrice,
  IsText,
  MAX_MINOR_UNITS,
  Metadata,
} from '../../validation-rules/index.js';
import { AMOUNT_TYPES } from '../product.js';
import type { AmountType } from '../product.js';
import { FIELDS, IsItemType } from './product-fields.js';

export class CreateProductBody {
  @ApiProperty(FIELDS.name)
  @IsLabel(200)
  name!: string;

  @ApiPropertyOptional(FIELDS.description)
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(2000)
  description?: string;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: MAX_MINOR_UNITS, description: 'Minor units.', example: 4900 })
  @IsPrice()
  price!: number;

  @ApiProperty(FIELDS.currency)
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({ ...FIELDS.itemType, default: 'goods' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsItemType()
  itemType?: string;

  @ApiPropertyOptional(FIELDS.amountType)
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(AMOUNT_TYPES)
  amountType?: AmountType;

  @ApiPropertyOptional(FIELDS.taxRate)
  @EmptyAsAbsent()
  @IsOptional()
  @IsPercent()
  taxRate?: number;

  @ApiPropertyOptional(FIELDS.sku)
  @EmptyAsAbsent()
  @IsOptional()
  @IsLabel(100)
  sku?: string;

  @ApiPropertyOptional(FIELDS.imageUrl)
  @EmptyAsAbsent()
  @IsOptional()
  @IsHttpUrl()
  imageUrl?: string;

  @ApiPropertyOptional({ type: Boolean, default: true, description: 'Whether it is offered to buyers.', example: true })
  @EmptyAsAbsent()
  @IsOptional()
  @IsFlag()
  active?: boolean;

  @ApiPropertyOptional({ ...FIELDS.metadata, description: 'Free data of yours, at most 50 entries.' })
  @EmptyAsAbsent()
  @IsOptional()
  @Metadata()
  metadata?: Record<string, string>;
}
