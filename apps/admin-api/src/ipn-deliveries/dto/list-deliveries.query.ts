import { ApiPropertyOptional } from '@nestjs/swagger';
import { DELIVERY_FAMILIES, DELIVERY_STATES } from '@paygate/messages';
import type { DeliveryFamily, DeliveryState } from '@paygate/messages';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsId, IsOneOf, IsText } from '../../validation-rules/index.js';

export class ListDeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439021' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  transactionId?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439011' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  checkoutId?: string;

  @ApiPropertyOptional({ type: String, example: '507f1f77bcf86cd799439012' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  siteId?: string;

  @ApiPropertyOptional({ enum: DELIVERY_STATES, example: 'dead' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(DELIVERY_STATES)
  state?: DeliveryState;

  @ApiPropertyOptional({
    enum: DELIVERY_FAMILIES,
    description: '`site_ipn` when neither this nor `endpointId` is given.',
    example: 'merchant_webhook',
  })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(DELIVERY_FAMILIES)
  family?: DeliveryFamily;

  @ApiPropertyOptional({ type: String, maxLength: 64, description: 'What goes to one webhook endpoint.', example: 'we_01jd2y8m3k' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsText(64)
  endpointId?: string;
}
