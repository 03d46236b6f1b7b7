import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { PAYMENT_METHODS } from '@paygate/payments-domain';
import type { PaymentMethod } from '@paygate/payments-domain';
import { Type } from 'class-transformer';
import { IsEmail, IsIn, IsMongoId, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { BuyerAddress } from './buyer-address.js';

export class StartPaymentBody {
  @ApiProperty({ description: 'The session of the checkout.', example: 'k7RwPd3nXq9TzB5mHsYv2cJf' })
  @IsString()
  @Length(1, 128)
  sessionPublicId!: string;

  @ApiPropertyOptional({
    description: 'One of the providers the checkout offers. Left out: the best by the rules of the site.',
    example: '65f0c0ffee0c0ffee0c0ffee',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsMongoId()
  providerId?: string;

  @ApiPropertyOptional({ enum: PAYMENT_METHODS, description: 'How the buyer wants to pay: leaves only providers that can do it.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsIn(PAYMENT_METHODS)
  method?: PaymentMethod;

  @ApiPropertyOptional({ type: () => BuyerAddress })
  @EmptyAsAbsent()
  @IsOptional()
  @ValidateNested()
  @Type(() => BuyerAddress)
  billingAddress?: BuyerAddress;

  @ApiPropertyOptional({ example: 'buyer@example.com' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;
}
