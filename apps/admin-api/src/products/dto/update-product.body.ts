import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateIf } from 'class-validator';
import {
  EmptyClears,
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

/** May be left out, but not removed. */
function IfGiven(): PropertyDecorator {
  return ValidateIf((_body, value) => value !== undefined);
}

/** Fields that are left out stay as they are; `null` or an empty text removes an optional one. */
export class UpdateProductBody {
  @ApiPropertyOptional(FIELDS.name)
  @IfGiven()
  @IsLabel(200)
  name?: string;

  @ApiPropertyOptional({ ...FIELDS.description, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsText(2000)
  description?: string | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_MINOR_UNITS,
    description: 'Minor units. Counts for what is sold from now on.',
    example: 5900,
  })
  @IfGiven()
  @IsPrice()
  price?: number;

  @ApiPropertyOptional(FIELDS.currency)
  @IfGiven()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional(FIELDS.itemType)
  @IfGiven()
  @IsItemType()
  itemType?: string;

  @ApiPropertyOptional({ ...FIELDS.amountType, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsOneOf(AMOUNT_TYPES)
  amountType?: AmountType | null;

  @ApiPropertyOptional({ ...FIELDS.taxRate, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsPercent()
  taxRate?: number | null;

  @ApiPropertyOptional({ ...FIELDS.sku, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsLabel(100)
  sku?: string | null;

  @ApiPropertyOptional({ ...FIELDS.imageUrl, nullable: true })
  @EmptyClears()
  @IsOptional()
  @IsHttpUrl()
  imageUrl?: string | null;

  @ApiPropertyOptional({ type: Boolean, description: 'Whether it is offered to buyers.', example: false })
  @IfGiven()
  @IsFlag()
  active?: boolean;

  @ApiPropertyOptional({ ...FIELDS.metadata, description: 'Replaces the metadata; an empty object clears it.' })
  @IfGiven()
  @Metadata()
  metadata?: Record<string, string>;
}
