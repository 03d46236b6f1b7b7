import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { DeliveryResponse, presentDelivery } from '../ipn-deliveries/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateEndpoint } from './create-endpoint.js';
import { DeleteEndpoint } from './delete-endpoint.js';
import { CreateEndpointBody } from './dto/create-endpoint.body.js';
import { RotateEndpointSecretBody, TestEndpointBody } from './dto/endpoint-actions.body.js';
import { EndpointStatisticsQuery, ListEndpointsQuery } from './dto/endpoint.query.js';
import {
  ENDPOINT_EXAMPLE,
  ENDPOINT_STATISTICS_EXAMPLE,
  ENDPOINT_WITH_SECRET_EXAMPLE,
  EndpointListResponse,
  EndpointResponse,
  EndpointStatisticsResponse,
  EndpointWithSecretResponse,
} from './dto/endpoint.response.js';
import { UpdateEndpointBody } from './dto/update-endpoint.body.js';
import { presentEndpoint, presentEndpointStatistics, presentEndpointWithSecret } from './present-endpoint.js';
import { ReadEndpoints } from './read-endpoints.js';
import { RotateEndpointSecret } from './rotate-endpoint-secret.js';
import { SwitchEndpoint } from './switch-endpoint.js';
import { TestEndpoint } from './test-endpoint.js';
import { UpdateEndpoint } from './update-endpoint.js';

const ENDPOINT_ID = { name: 'id', description: 'Id of the endpoint.', example: ENDPOINT_EXAMPLE.id };

const DISABLED_EXAMPLE = {
  ...ENDPOINT_EXAMPLE,
  ...{ state: 'disabled', disabledReason: 'manual', disabledAt: '2026-03-02T09:00:00.000Z', updatedAt: '2026-03-02T09:00:00.000Z' },
};

const TEST_EXAMPLE = {
  deliveryId: 'dlv_01jd2y8m3k',
  family: 'merchant_webhook',
  endpointId: ENDPOINT_EXAMPLE.id,
  event: 'webhook.test',
  url: ENDPOINT_EXAMPLE.url,
  state: 'scheduled',
  attemptCount: 0,
  createdAt: '2026-03-01T10:01:00.000Z',
} satisfies DeliveryResponse;

@ApiTags(ADMIN_API)
@Controller('api/v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(
    private readonly creating: CreateEndpoint,
    private readonly reading: ReadEndpoints,
    private readonly updating: UpdateEndpoint,
    private readonly deleting: DeleteEndpoint,
    private readonly rotating: RotateEndpointSecret,
    private readonly switching: SwitchEndpoint,
    private readonly testing: TestEndpoint,
  ) {}

  @Get()
  @AdminRoute({
    upstream: true,
    summary: 'List webhook endpoints, newest first',
    description: 'Those registered here and those that the notifications of sites have made, with how each of them is doing.',
    answer: EndpointListResponse,
    example: { webhookEndpoints: [ENDPOINT_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListEndpointsQuery): Promise<EndpointListResponse> {
    return presentPage('webhookEndpoints', await this.reading.list(scope, query), presentEndpoint);
  }

  @Post()
  @AdminRoute({
    upstream: true,
    summary: 'Create a webhook endpoint',
    description: 'The secret is shown in this answer only. A test key makes an endpoint for test data.',
    status: 201,
    answer: EndpointWithSecretResponse,
    example: ENDPOINT_WITH_SECRET_EXAMPLE,
    errors: ['too_many_endpoints'],
    repeatable: true,
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateEndpointBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<EndpointWithSecretResponse> {
    return presentEndpointWithSecret(await this.creating.execute(scope, body, claim));
  }

  @Get(':id')
  @AdminRoute({
    upstream: true,
    summary: 'Get a webhook endpoint',
    answer: EndpointResponse,
    example: ENDPOINT_EXAMPLE,
    errors: ['endpoint_not_found'],
  })
  @ApiParam(ENDPOINT_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<EndpointResponse> {
    return presentEndpoint(await this.reading.get(scope, id));
  }

  @Get(':id/statistics')
  @AdminRoute({
    upstream: true,
    summary: 'Get figures of a webhook endpoint',
    answer: EndpointStatisticsResponse,
    example: ENDPOINT_STATISTICS_EXAMPLE,
    errors: ['endpoint_not_found'],
  })
  @ApiParam(ENDPOINT_ID)
  async statistics(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Query() period: EndpointStatisticsQuery,
  ): Promise<EndpointStatisticsResponse> {
    return presentEndpointStatistics(await this.reading.statistics(scope, id, period));
  }

  @Put(':id')
  @AdminRoute({
    upstream: true,
    summary: 'Change a webhook endpoint',
    description: 'Only what is given changes. What is on its way goes to a new address, too.',
    answer: EndpointResponse,
    example: ENDPOINT_EXAMPLE,
    errors: ['endpoint_not_found', 'endpoint_not_editable', 'conflict'],
  })
  @ApiParam(ENDPOINT_ID)
  async update(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Body() body: UpdateEndpointBody): Promise<EndpointResponse> {
    return presentEndpoint(await this.updating.execute(scope, id, body));
  }

  @Delete(':id')
  @AdminRoute({
    upstream: true,
    summary: 'Delete a webhook endpoint',
    description: 'What is still to be sent to it is given up.',
    status: 204,
    errors: ['endpoint_not_found', 'endpoint_not_editable'],
  })
  @ApiParam(ENDPOINT_ID)
  async delete(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.deleting.execute(scope, id);
  }

  @Post(':id/rotate-secret')
  @AdminRoute({
    upstream: true,
    summary: 'Replace the secret of a webhook endpoint',
    description:
      'The new secret is shown in this answer only. The old one signs beside it for `overlapHours`, where the family allows two signatures.',
    answer: EndpointWithSecretResponse,
    example: { ...ENDPOINT_WITH_SECRET_EXAMPLE, previousSecretValidUntil: '2026-03-02T10:00:00.000Z' },
    errors: ['endpoint_not_found', 'endpoint_not_editable', 'conflict'],
    repeatable: true,
  })
  @ApiParam(ENDPOINT_ID)
  async rotateSecret(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Body() body: RotateEndpointSecretBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<EndpointWithSecretResponse> {
    return presentEndpointWithSecret(await this.rotating.execute(scope, id, body, claim));
  }

  @Post(':id/enable')
  @AdminRoute({
    upstream: true,
    summary: 'Enable a webhook endpoint',
    description: 'Also forgets its failures. What was given up while it was disabled can be replayed.',
    answer: EndpointResponse,
    example: ENDPOINT_EXAMPLE,
    errors: ['endpoint_not_found'],
  })
  @ApiParam(ENDPOINT_ID)
  async enable(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<EndpointResponse> {
    return presentEndpoint(await this.switching.execute(scope, id, 'enabled'));
  }

  @Post(':id/disable')
  @AdminRoute({
    upstream: true,
    summary: 'Disable a webhook endpoint',
    description: 'Nothing is sent to it any more; what is still to be sent is given up and can be replayed once it is enabled again.',
    answer: EndpointResponse,
    example: DISABLED_EXAMPLE,
    errors: ['endpoint_not_found'],
  })
  @ApiParam(ENDPOINT_ID)
  async disable(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<EndpointResponse> {
    return presentEndpoint(await this.switching.execute(scope, id, 'disabled'));
  }

  @Post(':id/test')
  @AdminRoute({
    upstream: true,
    summary: 'Send a test to a webhook endpoint',
    description:
      'One attempt without repetition, or the present state of a real transaction. Read the outcome at `GET /api/v1/ipn-deliveries/{deliveryId}`.',
    answer: DeliveryResponse,
    example: TEST_EXAMPLE,
    errors: ['endpoint_not_found', 'endpoint_not_editable', 'endpoint_disabled', 'transaction_not_found', 'notification_not_available'],
  })
  @ApiParam(ENDPOINT_ID)
  async test(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Body() body: TestEndpointBody): Promise<DeliveryResponse> {
    return presentDelivery(await this.testing.execute(scope, id, body.transactionId));
  }
}
