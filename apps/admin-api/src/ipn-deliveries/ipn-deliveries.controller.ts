import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import {
  DELIVERY_DETAIL_EXAMPLE,
  DELIVERY_EXAMPLE,
  DeliveryDetailResponse,
  DeliveryListResponse,
  DeliveryResponse,
} from './dto/delivery.response.js';
import { ListDeliveriesQuery } from './dto/list-deliveries.query.js';
import { GetDelivery } from './get-delivery.js';
import { ListDeliveries } from './list-deliveries.js';
import { presentDelivery, presentDeliveryDetail } from './present-delivery.js';
import { ResendDelivery } from './resend-delivery.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/ipn-deliveries')
export class IpnDeliveriesController {
  constructor(
    private readonly listing: ListDeliveries,
    private readonly getting: GetDelivery,
    private readonly resending: ResendDelivery,
  ) {}

  @Get()
  @AdminRoute({
    upstream: true,
    summary: 'List notifications sent or to be sent, newest first',
    description: 'Those to the IPN addresses of sites; with `family` or `endpointId`, those to webhook endpoints.',
    answer: DeliveryListResponse,
    example: { deliveries: [DELIVERY_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListDeliveriesQuery): Promise<DeliveryListResponse> {
    return presentPage('deliveries', await this.listing.execute(scope, query), presentDelivery);
  }

  @Get(':deliveryId')
  @AdminRoute({
    upstream: true,
    summary: 'Get a notification with its attempts and the bytes sent',
    answer: DeliveryDetailResponse,
    example: DELIVERY_DETAIL_EXAMPLE,
    errors: ['delivery_not_found'],
  })
  @ApiParam({ name: 'deliveryId', description: '`X-IPN-Delivery-ID` of the notification.', example: DELIVERY_EXAMPLE.deliveryId })
  async get(@CurrentScope() scope: TenantScope, @Param('deliveryId') deliveryId: string): Promise<DeliveryDetailResponse> {
    return presentDeliveryDetail(await this.getting.execute(scope, deliveryId));
  }

  @Post(':deliveryId/resend')
  @AdminRoute({
    upstream: true,
    summary: 'Send a notification once more',
    description: 'With the same id and bytes, signed anew. Only the newest about its transaction, and none that a payment has overtaken.',
    answer: DeliveryResponse,
    example: { ...DELIVERY_EXAMPLE, state: 'scheduled' },
    errors: ['delivery_not_found', 'delivery_overtaken', 'delivery_not_final'],
  })
  @ApiParam({ name: 'deliveryId', description: '`X-IPN-Delivery-ID` of the notification.', example: DELIVERY_EXAMPLE.deliveryId })
  async resend(@CurrentScope() scope: TenantScope, @Param('deliveryId') deliveryId: string): Promise<DeliveryResponse> {
    return presentDelivery(await this.resending.execute(scope, deliveryId));
  }
}
