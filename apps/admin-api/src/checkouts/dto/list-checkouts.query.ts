import { ApiPropertyOptional } from '@nestjs/swagger';
import { EmptyAsAbsent } from '@paygate/nest-kit';
import { CHECKOUT_STATUSES } from '@paygate/payments-domain';
import type { CheckoutStatus } from '@paygate/payments-domain';
import { IsOptional } from 'class-validator';
import { PaymentListQuery } from '../../list-filters/index.js';
import { IsOneOf } from '../../validation-rules/index.js';

export class ListCheckoutsQuery extends PaymentListQuery {
  @ApiPropertyOptional({ enum: CHECKOUT_STATUSES })
  @EmptyAsAbsent()
  @IsOptional()
  @IsOneOf(CHECKOUT_STATUSES)
  status?: CheckoutStatus;
}
