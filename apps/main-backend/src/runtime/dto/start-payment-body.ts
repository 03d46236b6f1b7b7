import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { Type } from 'class-transformer';
import { IsEmail, IsMongoId, IsOptional, IsString, Length, MaxLength, ValidateNested } from 'class-validator';
import { BuyerAddress } from './buyer-address.js';

export class StartPaymentBody {
  @ApiProperty({ description: 'The session of the checkout.', example: 'k7RwPd3nXq9TzB5mHsYv2cJf' })
  @IsString()
  @Length(1, 128)
  sessionPublicId!: string;

  @ApiProperty({ description: 'One of the providers the checkout offers.', example: '65f0c0ffee0c0ffee0c0ffee' })
  @IsMongoId()
  providerId!: string;

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
