import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateProvider } from './create-provider.js';
import { DeleteProvider } from './delete-provider.js';
import { CreateProviderBody } from './dto/create-provider.body.js';
import { PROVIDER_TEST_EXAMPLE, ProviderTestResponse } from './dto/provider-test.response.js';
import { ProviderTypesResponse } from './dto/provider-types.response.js';
import {
  PROVIDER_DETAIL_EXAMPLE,
  PROVIDER_EXAMPLE,
  ProviderDetailResponse,
  ProviderListResponse,
  ProviderResponse,
} from './dto/provider.response.js';
import { ToggleProviderBody } from './dto/toggle-provider.body.js';
import { UpdateProviderBody } from './dto/update-provider.body.js';
import { GetProvider } from './get-provider.js';
import { listProviderTypes } from './list-provider-types.js';
import { ListProviders } from './list-providers.js';
import { PresentProvider } from './present-provider.js';
import { ReadProviderHealth } from './read-provider-health.js';
import { TestProvider } from './test-provider.js';
import { ToggleProvider } from './toggle-provider.js';
import { UpdateProvider } from './update-provider.js';

const PROVIDER_ID = { name: 'id', description: 'Id of the provider, 24 hexadecimal characters.', example: PROVIDER_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/providers')
export class ProvidersController {
  constructor(
    private readonly creating: CreateProvider,
    private readonly listing: ListProviders,
    private readonly getting: GetProvider,
    private readonly updating: UpdateProvider,
    private readonly deleting: DeleteProvider,
    private readonly toggling: ToggleProvider,
    private readonly testing: TestProvider,
    private readonly health: ReadProviderHealth,
    private readonly presenter: PresentProvider,
  ) {}

  @Post()
  @AdminRoute({
    summary: 'Create a payment provider',
    description:
      'An account of yours at a provider, for live or for test checkouts as the mode of the request says. Buyers see it once a site offers it.',
    status: 201,
    answer: ProviderResponse,
    example: PROVIDER_EXAMPLE,
    errors: ['already_exists'],
    repeatable: true,
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateProviderBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<ProviderResponse> {
    return this.creating.execute(scope, body, claim);
  }

  @Get()
  @AdminRoute({
    summary: 'List payment providers, newest first',
    answer: ProviderListResponse,
    example: { providers: [PROVIDER_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: PageQuery): Promise<ProviderListResponse> {
    return presentPage('providers', await this.listing.execute(scope, query), this.presenter.present);
  }

  @Get('types')
  @AdminRoute({
    summary: 'List the types of payment providers and the credentials each needs',
    answer: ProviderTypesResponse,
    example: listProviderTypes(),
  })
  types(): ProviderTypesResponse {
    return listProviderTypes();
  }

  @Get(':id')
  @AdminRoute({
    summary: 'Get a payment provider and how payments through it fare',
    answer: ProviderDetailResponse,
    example: PROVIDER_DETAIL_EXAMPLE,
    errors: ['provider_not_found'],
  })
  @ApiParam(PROVIDER_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<ProviderDetailResponse> {
    const provider = await this.getting.execute(scope, id);
    const health = await this.health.execute(scope, provider.id);
    return Object.assign(this.presenter.present(provider), { health });
  }

  @Put(':id')
  @AdminRoute({
    summary: 'Change a payment provider',
    description: 'Only what is given changes, also within `credentials`; `null` or an empty text removes an optional field.',
    answer: ProviderResponse,
    example: { ...PROVIDER_EXAMPLE, label: 'Card', updatedAt: '2026-04-01T10:00:00.000Z' },
    errors: ['provider_not_found', 'already_exists'],
  })
  @ApiParam(PROVIDER_ID)
  async update(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Body() body: UpdateProviderBody): Promise<ProviderResponse> {
    return this.presenter.present(await this.updating.execute(scope, id, body));
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Delete a payment provider',
    description: 'Sites must not offer it any more. Payments that are on their way are still decided.',
    status: 204,
    errors: ['provider_not_found', 'in_use'],
  })
  @ApiParam(PROVIDER_ID)
  async delete(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.deleting.execute(scope, id);
  }

  @Post(':id/toggle')
  @AdminRoute({
    summary: 'Enable or disable a payment provider',
    description: 'A disabled provider is not offered to buyers; its payments that are on their way are still decided.',
    answer: ProviderResponse,
    example: { ...PROVIDER_EXAMPLE, enabled: false },
    errors: ['provider_not_found'],
    repeatable: true,
  })
  @ApiParam(PROVIDER_ID)
  async toggle(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Body() { enabled }: ToggleProviderBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<ProviderResponse> {
    return this.toggling.execute(scope, id, enabled, claim);
  }

  @Post(':id/test')
  @AdminRoute({
    upstream: true,
    summary: 'Try a payment provider',
    description:
      'Asks the provider whether it accepts the credentials. Nothing is paid and nothing is changed; a disabled provider can be tried.',
    answer: ProviderTestResponse,
    example: PROVIDER_TEST_EXAMPLE,
    errors: ['provider_not_found'],
  })
  @ApiParam(PROVIDER_ID)
  async test(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<ProviderTestResponse> {
    return this.testing.execute(scope, id);
  }
}
