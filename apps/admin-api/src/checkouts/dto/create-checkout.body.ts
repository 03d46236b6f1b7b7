import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { Transform, Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { AddressBody } from '../../postal-address/index.js';
import {
  canonicalLocale,
  EmptyArrayAsAbsent,
  IsAmount,
  IsCurrency,
  IsEmailAddress,
  IsHttpUrl,
  IsId,
  IsIntegerWithin,
  IsLocaleTag,
  IsObjectList,
  IsPlainObject,
  IsText,
  MAX_MINOR_UNITS,
  Metadata,
} from '../../validation-rules/index.js';
import { CheckoutItemBody } from './checkout-item.body.js';

const MAX_ITEMS = 500;

/** What an integrator sends to open a checkout. Empty strings and null in optional fields count as absent. */
export class CreateCheckoutBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_MINOR_UNITS, description: 'Total in minor units.', example: 4900 })
  @IsAmount()
  amount!: number;

  @ApiProperty({ type: String, description: 'ISO 4217.', example: 'EUR' })
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({ type: String, format: 'email', example: 'buyer@example.com' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmailAddress()
  email?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uri',
    description: 'Where the buyer goes after paying; `{transactionId}` is replaced.',
    example: 'https://shop.example/success?txId={transactionId}',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsHttpUrl()
  returnUrl?: string;

  @ApiPropertyOptional({ type: String, format: 'uri', example: 'https://shop.example/cancel' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsHttpUrl()
  cancelUrl?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uri',
    description: 'Where signed notifications about this checkout are posted.',
    example: 'https://shop.example/webhooks/payment-ipn',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsHttpUrl()
  ipnUrl?: string;

  @ApiPropertyOptional({
    type: String,
    maxLength: 64,
    description: 'Your order. This or `invoiceNumber` is needed. The same reference again replaces the older open checkouts of the site.',
    example: 'order_12345',
  })
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

  @ApiPropertyOptional({
    type: [CheckoutItemBody],
    maxItems: MAX_ITEMS,
    description: 'When given, the sum of quantity × unitPrice must equal `amount`.',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsObjectList(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => CheckoutItemBody)
  items?: CheckoutItemBody[];

  @ApiPropertyOptional({ type: AddressBody })
  @EmptyAsAbsent()
  @EmptyArrayAsAbsent()
  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => AddressBody)
  billingAddress?: AddressBody;

  @ApiPropertyOptional({ type: AddressBody })
  @EmptyAsAbsent()
  @EmptyArrayAsAbsent()
  @IsOptional()
  @IsPlainObject()
  @ValidateNested()
  @Type(() => AddressBody)
  shippingAddress?: AddressBody;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 500 },
    maxProperties: 50,
    description: 'Free data of yours, at most 50 entries. Numbers and booleans are kept as text.',
    example: { cart: 'c-981' },
  })
  @EmptyAsAbsent()
  @IsOptional()
  @Metadata()
  metadata?: Record<string, string>;

  @ApiPropertyOptional({ type: String, maxLength: 35, description: 'BCP 47 language of the payment page.', example: 'de-DE' })
  @EmptyAsAbsent()
  @Transform(({ value }: { value: unknown }) => canonicalLocale(value))
  @IsOptional()
  @IsLocaleTag()
  locale?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 3120, default: 24, example: 24 })
  @EmptyAsAbsent()
  @IsOptional()
  @IsIntegerWithin(1, 3120)
  expireInHours?: number;
}
