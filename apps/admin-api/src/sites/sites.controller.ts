import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import { CurrentAccess, CurrentScope } from '../access/index.js';
import type { Access } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateSite } from './create-site.js';
import { DeleteSite } from './delete-site.js';
import { CreateSiteBody, newSiteOf } from './dto/create-site.body.js';
import { CreatedSiteResponse, SITE_EXAMPLE, SiteListResponse, SiteResponse } from './dto/site.response.js';
import { PreviewRoutingQuery } from './dto/preview-routing.query.js';
import { ROUTING_PREVIEW_EXAMPLE, RoutingPreviewResponse } from './dto/routing-preview.response.js';
import { UpdateSiteBody } from './dto/update-site.body.js';
import { WEBHOOK_SECRET_EXAMPLE, WebhookSecretResponse } from './dto/webhook-secret.response.js';
import { GetSite } from './get-site.js';
import { ListSites } from './list-sites.js';
import { presentSite } from './present-site.js';
import { PreviewSiteRouting } from './preview-site-routing.js';
import { RegenerateWebhookSecret } from './regenerate-webhook-secret.js';
import { authorityOver } from './site-authority.js';
import { UpdateSite } from './update-site.js';

const SITE_ID = { name: 'id', description: 'Id of the site, 24 hexadecimal characters.', example: SITE_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/sites')
export class SitesController {
  constructor(
    private readonly creating: CreateSite,
    private readonly listing: ListSites,
    private readonly getting: GetSite,
    private readonly updating: UpdateSite,
    private readonly deleting: DeleteSite,
    private readonly regenerating: RegenerateWebhookSecret,
    private readonly previewing: PreviewSiteRouting,
  ) {}

  @Post()
  @AdminRoute({
    summary: 'Create a site',
    description:
      'The secret that signs the site’s notifications is shown in this answer only. A site created with a test key serves test checkouts only.',
    status: 201,
    answer: CreatedSiteResponse,
    example: { ...SITE_EXAMPLE, webhookSecret: WEBHOOK_SECRET_EXAMPLE.webhookSecret },
    errors: ['already_exists', 'live_mode_required'],
    repeatable: true,
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @CurrentAccess() access: Access,
    @Body() body: CreateSiteBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<CreatedSiteResponse> {
    return this.creating.execute(scope, newSiteOf(body), { authority: authorityOver(access), claim });
  }

  @Get()
  @AdminRoute({
    summary: 'List sites, newest first',
    description: 'Sites serve live and test checkouts, so test keys see them all.',
    answer: SiteListResponse,
    example: { sites: [SITE_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: PageQuery): Promise<SiteListResponse> {
    return presentPage('sites', await this.listing.execute(scope, query), presentSite);
  }

  @Get(':id')
  @AdminRoute({ summary: 'Get a site', answer: SiteResponse, example: SITE_EXAMPLE, errors: ['site_not_found'] })
  @ApiParam(SITE_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<SiteResponse> {
    return presentSite(await this.getting.execute(scope, id));
  }

  @Put(':id')
  @AdminRoute({
    summary: 'Change a site',
    description:
      'Only what is given changes, also within `branding` and `invoicing`; `null` or an empty text removes an optional field. ' +
      'Buyers see the change at once. `routing` is replaced as a whole. A default provider that is no longer offered is removed, and so are rules about such providers.',
    answer: SiteResponse,
    example: { ...SITE_EXAMPLE, active: false, updatedAt: '2026-04-01T10:00:00.000Z' },
    errors: ['site_not_found', 'already_exists', 'live_mode_required'],
  })
  @ApiParam(SITE_ID)
  async update(
    @CurrentScope() scope: TenantScope,
    @CurrentAccess() access: Access,
    @Param('id') id: string,
    @Body() body: UpdateSiteBody,
  ): Promise<SiteResponse> {
    return presentSite(await this.updating.execute(scope, id, body, authorityOver(access)));
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Delete a site',
    description: 'Its open checkouts can no longer be paid. Payments that are on their way are decided, and their notifications sent.',
    status: 204,
    errors: ['site_not_found', 'live_mode_required'],
  })
  @ApiParam(SITE_ID)
  async delete(@CurrentScope() scope: TenantScope, @CurrentAccess() access: Access, @Param('id') id: string): Promise<void> {
    await this.deleting.execute(scope, id, authorityOver(access));
  }

  @Get(':id/routing-preview')
  @AdminRoute({
    upstream: true,
    summary: 'Show where a payment of the site would go, and why',
    description:
      'By the rules of the site and by how its providers work at present. Live keys see the live providers, test keys those for tests. Changes nothing.',
    answer: RoutingPreviewResponse,
    example: ROUTING_PREVIEW_EXAMPLE,
    errors: ['site_not_found', 'site_inactive'],
  })
  @ApiParam(SITE_ID)
  async previewRouting(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Query() query: PreviewRoutingQuery,
  ): Promise<RoutingPreviewResponse> {
    return this.previewing.execute(scope, id, query);
  }

  @Post(':id/webhook-secret/regenerate')
  @AdminRoute({
    summary: 'Regenerate the secret that signs the site’s notifications',
    description: 'The previous one signs beside it for 24 hours.',
    answer: WebhookSecretResponse,
    example: WEBHOOK_SECRET_EXAMPLE,
    errors: ['site_not_found', 'live_mode_required'],
    repeatable: true,
  })
  @ApiParam(SITE_ID)
  async regenerate(
    @CurrentScope() scope: TenantScope,
    @CurrentAccess() access: Access,
    @Param('id') id: string,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<WebhookSecretResponse> {
    return this.regenerating.execute(scope, id, authorityOver(access), claim);
  }
}
