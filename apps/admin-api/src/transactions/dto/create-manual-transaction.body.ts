import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MANUAL_METHODS } from '@paygate/messages';
import type { ManualMethod } from '@paygate/messages';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { AddressBody } from '../../postal-address/index.js';
import {
  EmptyArrayAsAbsent,
  IsAmount,
  IsCurrency,
  IsDateOrInstant,
  IsEmailAddress,
  IsHttpUrl,
  IsId,
  IsOneOf,
  IsPercent,
  IsPlainObject,
  IsText,
  MAX_MINOR_UNITS,
  Metadata,
} from '../../validation-rules/index.js';

/** A payment made outside the platform. */
export class CreateManualTransactionBody {
  @ApiProperty({ type: String, pattern: '^[0-9a-f]{24}$', example: '507f1f77bcf86cd799439012' })
  @IsId()
  siteId!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_MINOR_UNITS, description: 'Minor units.', example: 4900 })
  @IsAmount()
  amount!: number;

  @ApiProperty({ type: String, description: 'ISO 4217.', example: 'EUR' })
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({ enum: MANUAL_METHODS, default: 'other', example: 'cash' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(MANUAL_METHODS)
  method?: ManualMethod;

  @ApiPropertyOptional({ type: String, description: 'When it was paid, not in the future; now when left out.', example: '2026-03-01' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  paidAt?: string;

  @ApiPropertyOptional({ type: String, maxLength: 500, description: 'What was paid for.', example: 'Workshop' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  description?: string;

  @ApiPropertyOptional({ type: 'number', minimum: 0, maximum: 100, description: 'Percent that the amount includes.', example: 19 })
  @EmptyAsAbsent()
  @IsOptional()
  @IsPercent()
  vatRate?: number;

  @ApiPropertyOptional({
    type: String,
    maxLength: 500,
    description: 'For yourself; it stands in the timeline.',
    example: 'Paid at the counter',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(500)
  note?: string;

  @ApiPropertyOptional({ type: String, maxLength: 64, description: 'Your order. Its open checkouts are closed.', example: 'order_12345' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(64)
  externalReference?: string;

  @ApiPropertyOptional({ type: String, maxLength: 64, example: 'INV-2026-0001' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(64)
  invoiceNumber?: string;

  @ApiPropertyOptional({ type: String, pattern: '^[0-9a-f]{24}$', example: '507f1f77bcf86cd799439014' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  clientId?: string;

  @ApiPropertyOptional({ type: String, format: 'email', example: 'buyer@example.com' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmailAddress()
  email?: string;

  @ApiPropertyOptional({ type: AddressBody })
  @EmptyAsAbsent()
  @EmptyArrayAsAbsent()
  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => AddressBody)
  billingAddress?: AddressBody;

  @ApiPropertyOptional({
    type: String,
    format: 'uri',
    description: 'Where the signed notification of the payment is posted; none is sent without.',
    example: 'https://shop.example/webhooks/payment-ipn',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsHttpUrl()
  ipnUrl?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 500 },
    maxProperties: 50,
    description: 'Free data of yours, at most 50 entries.',
    example: { till: '3' },
  })
  @EmptyAsAbsent()
  @IsOptional()
  @Metadata()
  metadata?: Record<string, string>;
}
