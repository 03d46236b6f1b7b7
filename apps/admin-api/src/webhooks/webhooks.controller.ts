import { Controller, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import type { FastifyRequest } from 'fastify';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { INBOX_REQUEST_EXAMPLE, InboxResponse, ReceivedResponse } from './dto/inbox.response.js';
import { EmptyInbox } from './empty-inbox.js';
import { ListInbox } from './list-inbox.js';
import { presentInboxRequest } from './present-inbox-request.js';
import { ReceiveRequest } from './receive-request.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly receiving: ReceiveRequest,
    private readonly listing: ListInbox,
    private readonly emptying: EmptyInbox,
  ) {}

  @Get('inbox')
  @AdminRoute({
    summary: 'List the requests to the test receiver, newest first',
    description: 'The last 100, for 30 days. There is one inbox for live and test data.',
    answer: InboxResponse,
    example: { requests: [INBOX_REQUEST_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: PageQuery): Promise<InboxResponse> {
    return presentPage('requests', await this.listing.execute(scope, query), presentInboxRequest);
  }

  @Delete('inbox')
  @AdminRoute({ summary: 'Empty the inbox of the test receiver', description: 'All requests are deleted.', status: 204 })
  async empty(@CurrentScope() scope: TenantScope): Promise<void> {
    await this.emptying.execute(scope);
  }

  @Post(':slug')
  @AdminRoute({
    summary: 'Receive a request for inspection',
    description:
      'For trying out notifications without a server of your own: whatever is sent here, of any content type and at most 64 kB, ' +
      'can be read at `GET /api/v1/webhooks/inbox`. At most 60 requests a minute from one address.',
    answer: ReceivedResponse,
    example: { received: true, id: INBOX_REQUEST_EXAMPLE.id },
    errors: ['organization_not_found', 'service_unavailable'],
  })
  @ApiParam({ name: 'slug', description: 'The `slug` of the organization.', example: 'my-shop' })
  @ApiConsumes('*/*')
  @ApiBody({ required: false, schema: { type: 'string', format: 'binary' } })
  async receive(@Param('slug') slug: string, @Req() request: FastifyRequest): Promise<ReceivedResponse> {
    const { originalUrl: url, ip: address, body, raw } = request;
    return { received: true, id: await this.receiving.execute(slug, { url, address, body, rawHeaders: raw.rawHeaders }) };
  }
}
