import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { BuyerAddress } from './buyer-address.js';

export class TaxPreviewBody {
  @ApiPropertyOptional({ type: () => BuyerAddress, description: 'What is known of the buyer: country, postcode and VAT ID matter.' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BuyerAddress)
  billingAddress?: BuyerAddress;
}
