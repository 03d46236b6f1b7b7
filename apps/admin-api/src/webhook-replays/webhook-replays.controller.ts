import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CancelReplay } from './cancel-replay.js';
import { CreateReplayBody } from './dto/create-replay.body.js';
import { ListReplaysQuery } from './dto/list-replays.query.js';
import { REPLAY_EXAMPLE, ReplayListResponse, ReplayResponse } from './dto/replay.response.js';
import { presentReplay } from './present-replay.js';
import { ReadReplays } from './read-replays.js';
import { StartReplay } from './start-replay.js';

const REPLAY_ID = { name: 'id', description: 'Id of the replay.', example: REPLAY_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/webhook-replays')
export class WebhookReplaysController {
  constructor(
    private readonly starting: StartReplay,
    private readonly reading: ReadReplays,
    private readonly cancelling: CancelReplay,
  ) {}

  @Post()
  @AdminRoute({
    upstream: true,
    summary: 'Send notifications of an endpoint once more',
    description:
      'All that failed, or all of a stretch of time, oldest first and at a limited rate, with the same ids and bytes. ' +
      'What a newer state of its transaction has overtaken is left out. A single notification: `POST /api/v1/ipn-deliveries/{deliveryId}/resend`.',
    status: 201,
    answer: ReplayResponse,
    example: { ...REPLAY_EXAMPLE, resent: 0, skipped: 0, updatedAt: REPLAY_EXAMPLE.createdAt },
    errors: ['endpoint_not_found', 'endpoint_disabled', 'replay_running'],
    repeatable: true,
  })
  async start(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateReplayBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<ReplayResponse> {
    return presentReplay(await this.starting.execute(scope, body, claim));
  }

  @Get()
  @AdminRoute({
    upstream: true,
    summary: 'List replays, newest first',
    answer: ReplayListResponse,
    example: { webhookReplays: [REPLAY_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListReplaysQuery): Promise<ReplayListResponse> {
    return presentPage('webhookReplays', await this.reading.list(scope, query), presentReplay);
  }

  @Get(':id')
  @AdminRoute({
    upstream: true,
    summary: 'Get a replay with its progress',
    answer: ReplayResponse,
    example: REPLAY_EXAMPLE,
    errors: ['replay_not_found'],
  })
  @ApiParam(REPLAY_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<ReplayResponse> {
    return presentReplay(await this.reading.get(scope, id));
  }

  @Post(':id/cancel')
  @AdminRoute({
    upstream: true,
    summary: 'Stop a replay',
    description: 'What was put on its way stays on its way. One that has ended is answered as it is.',
    answer: ReplayResponse,
    example: { ...REPLAY_EXAMPLE, state: 'cancelled', finishedAt: REPLAY_EXAMPLE.updatedAt },
    errors: ['replay_not_found'],
  })
  @ApiParam(REPLAY_ID)
  async cancel(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<ReplayResponse> {
    return presentReplay(await this.cancelling.execute(scope, id));
  }
}
