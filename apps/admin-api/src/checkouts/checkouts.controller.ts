import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { presentPage } from '@paygate/nest-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentScope } from '../access/index.js';
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
const RISK_REFUSALS = ['CHECKOUT_BLOCKED_BY_DISPUTE', 'CHECKOUT_BLOCKED_BY_CUSTOMER_HOLD', 'CHECKOUT_RESTRICTED_BY_CUSTOMER_HOLD'] as const;
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
    upstream: true,
    summary: 'Create a checkout for a site',
    description: 'Answers with the address to send the buyer to.',
    answer: CreatedCheckoutResponse,
    example: CREATED_CHECKOUT_EXAMPLE,
    errors: ['site_not_found', 'site_inactive', 'live_mode_required', 'items_sum_mismatch', ...RISK_REFUSALS],
    repeatable: true,
  })
  @ApiParam(SITE_ID)
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
    upstream: true,
    summary: 'List checkouts, newest first',
    answer: CheckoutListResponse,
    example: { checkouts: [CHECKOUT_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListCheckoutsQuery): Promise<CheckoutListResponse> {
    return presentPage('checkouts', await this.listing.execute(scope, query), presentCheckout);
  }

  @Get(':checkoutId')
  @AdminRoute({
    upstream: true,
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
    upstream: true,
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
