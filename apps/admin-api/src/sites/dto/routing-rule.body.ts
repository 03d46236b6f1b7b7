import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { PAYMENT_METHODS } from '@paygate/payments-domain';
import type { OnRefusal, PaymentMethod } from '@paygate/payments-domain';
import { IsOptional } from 'class-validator';
import { IsAmount, IsCountryCodeList, IsCurrencyList, IsId, IsListOfSome, IsOneOf } from '../../validation-rules/index.js';

export const ON_REFUSAL = ['stop', 'next'] as const;

/** When the site uses one of its providers. All conditions that are given have to hold. */
export class RoutingRuleBody {
  @ApiProperty({ type: String, description: 'One of `providerIds`.', example: '507f1f77bcf86cd799439013' })
  @IsId()
  providerId!: string;

  @ApiPropertyOptional({ type: [String], description: 'ISO 4217; the payment has one of them.', example: ['EUR'] })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCurrencyList()
  currencies?: string[];

  @ApiPropertyOptional({ type: 'integer', description: 'Minor units of the one currency in `currencies`, inclusive.', example: 100 })
  @EmptyAsAbsent()
  @IsOptional()
  @IsAmount()
  minAmount?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Minor units of the one currency in `currencies`, inclusive.', example: 100_000 })
  @EmptyAsAbsent()
  @IsOptional()
  @IsAmount()
  maxAmount?: number;

  @ApiPropertyOptional({
    type: [String],
    description: 'ISO 3166-1 alpha-2, of the buyer’s billing address. While it is not known, the condition holds.',
    example: ['DE', 'AT'],
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsCountryCodeList()
  countries?: string[];

  @ApiPropertyOptional({
    type: [String],
    enum: PAYMENT_METHODS,
    description: 'What the buyer wants to pay with. While it is not known, the condition holds.',
    example: ['card'],
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsListOfSome(PAYMENT_METHODS)
  methods?: PaymentMethod[];

  @ApiPropertyOptional({
    enum: ON_REFUSAL,
    description: 'After a refusal that is certain: `stop`, or try the `next` provider with which the buyer can pay the same way.',
    default: 'stop',
    example: 'next',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(ON_REFUSAL)
  onRefusal?: OnRefusal;
}
