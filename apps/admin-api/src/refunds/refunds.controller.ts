import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateRefund } from './create-refund.js';
import { CreateRefundBody } from './dto/create-refund.body.js';
import { ListRefundsQuery } from './dto/list-refunds.query.js';
import { REFUND_EXAMPLE, RefundListResponse, RefundResponse } from './dto/refund.response.js';
import { GetRefund } from './get-refund.js';
import { ListRefunds } from './list-refunds.js';
import { presentRefund } from './present-refund.js';

const TRANSACTION_ID = { name: 'id', description: 'Id of the transaction.', example: REFUND_EXAMPLE.transactionId };
const PAGE = { total: 1, page: 1, limit: 50 };

@ApiTags(ADMIN_API)
@Controller('api/v1')
export class RefundsController {
  constructor(
    private readonly listing: ListRefunds,
    private readonly getting: GetRefund,
    private readonly creating: CreateRefund,
  ) {}

  @Get('refunds')
  @AdminRoute({
    upstream: true,
    summary: 'List refunds, newest first',
    answer: RefundListResponse,
    example: { refunds: [REFUND_EXAMPLE], ...PAGE },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListRefundsQuery): Promise<RefundListResponse> {
    return presentPage('refunds', await this.listing.execute(scope, query), presentRefund);
  }

  @Get('refunds/:id')
  @AdminRoute({ upstream: true, summary: 'Get a refund', answer: RefundResponse, example: REFUND_EXAMPLE, errors: ['refund_not_found'] })
  @ApiParam({ name: 'id', description: 'Id of the refund.', example: REFUND_EXAMPLE.id })
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<RefundResponse> {
    return presentRefund(await this.getting.execute(scope, id));
  }

  @Get('transactions/:id/refunds')
  @AdminRoute({
    upstream: true,
    summary: 'List the refunds of a transaction, newest first',
    answer: RefundListResponse,
    example: { refunds: [REFUND_EXAMPLE], ...PAGE },
    errors: ['transaction_not_found'],
  })
  @ApiParam(TRANSACTION_ID)
  async listOfTransaction(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<RefundListResponse> {
    return presentPage('refunds', await this.listing.ofTransaction(scope, id, query), presentRefund);
  }

  @Post('transactions/:id/refunds')
  @AdminRoute({
    upstream: true,
    status: 201,
    summary: 'Refund a transaction, wholly or in part',
    description:
      'Several refunds never exceed what was paid, also when they are asked for at the same time. A `pending` refund is decided by the provider later.',
    answer: RefundResponse,
    example: REFUND_EXAMPLE,
    errors: [
      'transaction_not_found',
      'transaction_not_refundable',
      'refund_exceeds_remaining',
      'refund_not_supported',
      'provider_not_available',
    ],
    repeatable: true,
  })
  @ApiParam(TRANSACTION_ID)
  async create(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Body() body: CreateRefundBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<RefundResponse> {
    return presentRefund(await this.creating.execute(scope, id, body, claim));
  }
}
