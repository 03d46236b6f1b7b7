import { ApiPropertyOptional } from '@nestjs/swagger';
import { DELIVERY_FAMILIES, ENDPOINT_STATES } from '@paygate/messages';
import type { DeliveryFamily, EndpointState } from '@paygate/messages';
import { EmptyAsAbsent, PageQuery } from '@paygate/nest-kit';
import { IsOptional } from 'class-validator';
import { IsDateOrInstant, IsId, IsOneOf } from '../../validation-rules/index.js';

export class ListEndpointsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DELIVERY_FAMILIES, example: 'merchant_webhook' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(DELIVERY_FAMILIES)
  family?: DeliveryFamily;

  @ApiPropertyOptional({ enum: ENDPOINT_STATES, example: 'disabled' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(ENDPOINT_STATES)
  state?: EndpointState;

  @ApiPropertyOptional({ type: String, description: 'The endpoints of one site.', example: '507f1f77bcf86cd799439012' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsId()
  siteId?: string;
}

export class EndpointStatisticsQuery {
  @ApiPropertyOptional({ type: String, description: 'ISO 8601, inclusive; 24 hours before `to` when left out.', example: '2026-03-01' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  from?: string;

  @ApiPropertyOptional({ type: String, description: 'ISO 8601, inclusive; now when left out. At most 90 days.', example: '2026-03-07' })
  @EmptyAsAbsent()
  @IsOptional()
  @IsDateOrInstant()
  to?: string;
}
