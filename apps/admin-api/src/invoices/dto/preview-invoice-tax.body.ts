import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsOptional, ValidateNested } from 'class-validator';
import { IsCurrency, IsId, IsObjectList, IsOneOf, IsPercent, IsText, IsUnitPrice, rule, startOf } from '../../validation-rules/index.js';

const MAX_ITEMS = 500;
const MAX_QUANTITY = 1_000_000;
const ZONED = /(Z|[+-]\d{2}:?\d{2})$/;

function IsQuantity(): PropertyDecorator {
  const expected = `a number above 0 and at most ${MAX_QUANTITY}, with at most six decimals`;
  return rule('quantity', expected, (value) => {
    if (typeof value !== 'number' || !(value > 0) || value > MAX_QUANTITY) return false;
    return Number(value.toFixed(6)) === value;
  });
}

/** A moment without its zone is another day for some. */
function IsTaxPoint(): PropertyDecorator {
  const expected = 'a date, e.g. 2026-01-31, or a date-time with its zone, e.g. 2026-01-31T09:30:00+01:00';
  return rule(
    'tax_point',
    expected,
    (value) => typeof value === 'string' && startOf(value) !== undefined && (!value.includes('T') || ZONED.test(value)),
  );
}

/** One line of an invoice. */
export class InvoiceItemBody {
  @ApiProperty({ type: String, maxLength: 2000, example: 'Subscription' })
  @IsText(2000)
  description!: string;

  @ApiProperty({
    type: Number,
    minimum: 0,
    exclusiveMinimum: true,
    maximum: MAX_QUANTITY,
    description: 'At most six decimals.',
    example: 1,
  })
  @IsQuantity()
  quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Minor units; negative for a discount.', example: 12100 })
  @IsUnitPrice()
  unitPrice!: number;

  @ApiPropertyOptional({
    enum: ['gross', 'net'],
    description: 'Whether `unitPrice` includes tax. Without it `pricesIncludeTax` of the tax settings says.',
    example: 'gross',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(['gross', 'net'])
  amountType?: 'gross' | 'net';

  @ApiPropertyOptional({
    type: Number,
    minimum: 0,
    maximum: 100,
    description: 'Percent: a manual override. Calculated without it.',
    example: 7,
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsPercent()
  taxRate?: number;

  @ApiPropertyOptional({
    type: String,
    maxLength: 50,
    description: 'Which rate of the place: `reduced`, or a whole code.',
    example: 'DE_REDUCED',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(50)
  taxRateCode?: string;

  @ApiPropertyOptional({
    type: String,
    maxLength: 50,
    description:
      '`goods`, `digital_service`, `service`, `shipping` or `discount`; `physical` and `virtual` are read as `goods` and `digital_service`. ' +
      'Other types count as goods.',
    example: 'virtual',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(50)
  itemType?: string;
}

/** A draft invoice as far as its tax depends on it. */
export class PreviewInvoiceTaxBody {
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439011' }) @IsId() siteId!: string;
  @ApiProperty({ type: String, example: '507f1f77bcf86cd799439012' }) @IsId() clientId!: string;
  @ApiProperty({ type: String, example: 'EUR' }) @IsCurrency() currency!: string;

  @ApiPropertyOptional({
    type: String,
    description: 'When the tax arises: a date, or a date-time with its zone. Now without it.',
    example: '2026-03-01',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsTaxPoint()
  taxPoint?: string;

  @ApiProperty({ type: [InvoiceItemBody], minItems: 1, maxItems: MAX_ITEMS, description: 'The lines.' })
  @IsObjectList(MAX_ITEMS)
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => InvoiceItemBody)
  items!: InvoiceItemBody[];
}
