import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsIntegerWithin, IsOneOf, IsPercent, IsText, IsUnitPrice, MAX_MINOR_UNITS } from '../../validation-rules/index.js';

/** One line of an order. Its name may come as `name` or, alone, as `description`. */
export class CheckoutItemBody {
  @ApiPropertyOptional({ type: String, maxLength: 500, description: 'Needed unless `description` is given.', example: 'Professional Plan' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  name?: string;

  @ApiPropertyOptional({ type: String, maxLength: 2000, description: 'Becomes the name of a line without one.', example: 'Monthly' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(2000)
  description?: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 1_000_000, example: 1 })
  @IsIntegerWithin(1, 1_000_000)
  quantity!: number;

  @ApiProperty({
    type: 'integer',
    minimum: -MAX_MINOR_UNITS,
    maximum: MAX_MINOR_UNITS,
    description: 'Minor units; negative for a discount, 0 for a gift.',
    example: 4900,
  })
  @IsUnitPrice()
  unitPrice!: number;

  @ApiPropertyOptional({ type: Number, minimum: 0, maximum: 100, description: 'Percent.', example: 19 })
  @EmptyAsAbsent()
  @IsOptional()
  @IsPercent()
  vatRate?: number;

  @ApiPropertyOptional({
    type: String,
    maxLength: 50,
    description:
      '`goods`, `digital_service`, `shipping`, `discount` or `tax`. `physical` and `virtual` are read as `goods` and `digital_service`; ' +
      'other types are kept. Without one a line is `goods`, or `discount` when its price is negative.',
    example: 'digital_service',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(50)
  itemType?: string;

  @ApiPropertyOptional({ enum: ['gross', 'net'], description: 'Whether `unitPrice` includes tax.', example: 'gross' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(['gross', 'net'])
  amountType?: 'gross' | 'net';
}
