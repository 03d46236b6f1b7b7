import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateHold } from './create-hold.js';
import { CreateHoldBody, ListHoldsQuery, ReleaseHoldBody } from './dto/hold.body.js';
import { HOLD_EXAMPLE, HoldListResponse, HoldResponse, presentHold } from './dto/hold.response.js';
import { ReadHolds } from './read-holds.js';
import { ReleaseHold } from './release-hold.js';

const HOLD_ID = { name: 'id', description: 'Id of the hold, 24 hexadecimal characters.', example: HOLD_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/customer-risk-holds')
export class CustomerRiskHoldsController {
  constructor(
    private readonly creating: CreateHold,
    private readonly reading: ReadHolds,
    private readonly releasing: ReleaseHold,
  ) {}

  @Get()
  @AdminRoute({
    upstream: true,
    summary: 'List customer risk holds, newest first',
    description: 'Buyers of whom no payments are taken, or only by some types of providers. Lost and accepted disputes make them.',
    answer: HoldListResponse,
    example: { customerRiskHolds: [HOLD_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListHoldsQuery): Promise<HoldListResponse> {
    return presentPage('customerRiskHolds', await this.reading.list(scope, query), presentHold);
  }

  @Get(':id')
  @AdminRoute({
    upstream: true,
    summary: 'Get a customer risk hold',
    answer: HoldResponse,
    example: HOLD_EXAMPLE,
    errors: ['customer_risk_hold_not_found'],
  })
  @ApiParam(HOLD_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<HoldResponse> {
    return presentHold(await this.reading.get(scope, id));
  }

  @Post()
  @AdminRoute({
    upstream: true,
    summary: 'Hold a buyer',
    description:
      'New checkouts and payments of the buyer are refused, or restricted to some types of providers, until the hold is released.',
    status: 201,
    answer: HoldResponse,
    example: { ...HOLD_EXAMPLE, reason: 'manual' },
    repeatable: true,
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateHoldBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<HoldResponse> {
    return presentHold(await this.creating.execute(scope, body, claim));
  }

  @Post(':id/release')
  @AdminRoute({
    upstream: true,
    summary: 'Release a buyer',
    description: 'Repeating it changes nothing.',
    answer: HoldResponse,
    example: { ...HOLD_EXAMPLE, status: 'released', releasedAt: '2026-04-01T10:00:00.000Z' },
    errors: ['customer_risk_hold_not_found'],
  })
  @ApiParam(HOLD_ID)
  async release(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Body() body?: ReleaseHoldBody): Promise<HoldResponse> {
    return presentHold(await this.releasing.execute(scope, id, body?.note));
  }
}
