import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { PAYMENT_METHODS } from '@paygate/payments-domain';
import type { PaymentMethod } from '@paygate/payments-domain';
import { Transform } from 'class-transformer';
import { IsOptional } from 'class-validator';
import { IsAmount, IsCountryCode, IsCurrency, IsOneOf } from '../../validation-rules/index.js';

/** The payment to be routed. */
export class PreviewRoutingQuery {
  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 4900 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value))
  @IsAmount()
  amount!: number;

  @ApiProperty({ type: String, example: 'EUR' })
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({ type: String, description: 'Of the buyer, ISO 3166-1 alpha-2.', example: 'DE' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCountryCode()
  country?: string;

  @ApiPropertyOptional({ enum: PAYMENT_METHODS, example: 'card' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(PAYMENT_METHODS)
  method?: PaymentMethod;
}
