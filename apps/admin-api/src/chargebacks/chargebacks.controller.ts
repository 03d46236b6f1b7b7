import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CHARGEBACK_EXAMPLE, ChargebackListResponse } from './dto/chargeback.response.js';
import { ListChargebacksQuery } from './dto/list-chargebacks.query.js';
import { ListChargebacks } from './list-chargebacks.js';
import { presentChargeback } from './present-chargeback.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/chargebacks')
export class ChargebacksController {
  constructor(private readonly listing: ListChargebacks) {}

  @Get()
  @AdminRoute({
    upstream: true,
    summary: 'List disputes, newest first',
    answer: ChargebackListResponse,
    example: { chargebacks: [CHARGEBACK_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListChargebacksQuery): Promise<ChargebackListResponse> {
    return presentPage('chargebacks', await this.listing.execute(scope, query), presentChargeback);
  }
}
