import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { CurrentScope, presentPage } from '@paygate/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateCheckout } from './create-checkout.js';
import {
  CHECKOUT_EXAMPLE,
  CheckoutListResponse,
  CheckoutResponse,
  CREATED_CHECKOUT_EXAMPLE,
  CreatedCheckoutResponse,
} from './dto/checkout.response.js';
import { CreateCheckoutBody } from './dto/create-checkout.body.js';
import { ListCheckoutsQuery } from './dto/list-checkouts.query.js';
import { UpdateCheckoutBody } from './dto/update-checkout.body.js';
import { GetCheckout } from './get-checkout.js';
import { ListCheckouts } from './list-checkouts.js';
import { presentCheckout, presentCreatedCheckout } from './present-checkout.js';
import { UpdateCheckout } from './update-checkout.js';

const SITE_ID = { name: 'siteId', description: 'Id of the site, 24 hexadecimal characters.', example: '507f1f77bcf86cd799439012' };
const CHECKOUT_ID = { name: 'checkoutId', description: '`id` of the create answer; not the site id.', example: CHECKOUT_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/checkouts')
export class CheckoutsController {
  constructor(
    private readonly creating: CreateCheckout,
    private readonly listing: ListCheckouts,
    private readonly getting: GetCheckout,
    private readonly updating: UpdateCheckout,
  ) {}

  @Post(':siteId/create')
  @AdminRoute({
    scope: 'checkout:create',
    summary: 'Create a checkout for a site',
    description: 'Answers with the address to send the buyer to.',
    answer: CreatedCheckoutResponse,
    example: CREATED_CHECKOUT_EXAMPLE,
    errors: ['site_not_found', 'site_inactive', 'items_sum_mismatch', 'idempotency_key_reused', 'request_in_progress'],
  })
  @ApiParam(SITE_ID)
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      '1 to 255 printable characters. The same key and request again answers what the first one did, with `Idempotent-Replayed: true`.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @Param('siteId') siteId: string,
    @Body() body: CreateCheckoutBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedCheckoutResponse> {
    const created = await this.creating.execute(scope, siteId, body, request.headers['idempotency-key']);
    if (created.replayed) void reply.header('Idempotent-Replayed', 'true');
    return presentCreatedCheckout(created);
  }

  @Get()
  @AdminRoute({
    scope: 'checkout:read',
    summary: 'List checkouts, newest first',
    answer: CheckoutListResponse,
    example: { checkouts: [CHECKOUT_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListCheckoutsQuery): Promise<CheckoutListResponse> {
    return presentPage('checkouts', await this.listing.execute(scope, query), presentCheckout);
  }

  @Get(':checkoutId')
  @AdminRoute({
    scope: 'checkout:read',
    summary: 'Get a checkout',
    answer: CheckoutResponse,
    example: CHECKOUT_EXAMPLE,
    errors: ['checkout_not_found'],
  })
  @ApiParam(CHECKOUT_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('checkoutId') checkoutId: string): Promise<CheckoutResponse> {
    return presentCheckout(await this.getting.execute(scope, checkoutId));
  }

  @Patch(':checkoutId')
  @AdminRoute({
    scope: 'checkout:update',
    summary: 'Replace the metadata of a checkout',
    answer: CheckoutResponse,
    example: { ...CHECKOUT_EXAMPLE, metadata: { cart: 'c-981', campaign: 'spring' } },
    errors: ['checkout_not_found'],
  })
  @ApiParam(CHECKOUT_ID)
  async update(
    @CurrentScope() scope: TenantScope,
    @Param('checkoutId') checkoutId: string,
    @Body() body: UpdateCheckoutBody,
  ): Promise<CheckoutResponse> {
    return presentCheckout(await this.updating.execute(scope, checkoutId, body));
  }
}
