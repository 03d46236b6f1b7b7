import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { CurrentAccess, CurrentScope } from '../access/index.js';
import type { Access } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateApiKey } from './create-api-key.js';
import { DeleteApiKey } from './delete-api-key.js';
import {
  API_KEY_EXAMPLE,
  ApiKeyListResponse,
  ApiKeyResponse,
  ISSUED_API_KEY_EXAMPLE,
  IssuedApiKeyResponse,
} from './dto/api-key.response.js';
import { CreateApiKeyBody } from './dto/create-api-key.body.js';
import { ListApiKeysQuery } from './dto/list-api-keys.query.js';
import { RotateApiKeyBody } from './dto/rotate-api-key.body.js';
import { UpdateApiKeyBody } from './dto/update-api-key.body.js';
import { GetApiKey } from './get-api-key.js';
import { KeyOwner } from './key-owner.js';
import { ListApiKeys } from './list-api-keys.js';
import { RevokeApiKey } from './revoke-api-key.js';
import { RotateApiKey } from './rotate-api-key.js';
import { UpdateApiKey } from './update-api-key.js';

const ORGANIZATION_ID = { name: 'orgId', description: 'Id of the organization.', example: '507f1f77bcf86cd799439010' };
const KEY_ID = { name: 'id', description: '`id` of the key, not its `keyId`.', example: API_KEY_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/organizations/:orgId/api-keys')
export class ApiKeysController {
  constructor(
    private readonly listing: ListApiKeys,
    private readonly getting: GetApiKey,
    private readonly creating: CreateApiKey,
    private readonly updating: UpdateApiKey,
    private readonly deleting: DeleteApiKey,
    private readonly revoking: RevokeApiKey,
    private readonly rotating: RotateApiKey,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List the API keys of an organization, newest first',
    description: 'A test key sees the test keys alone. Secrets are never shown.',
    answer: ApiKeyListResponse,
    example: { apiKeys: [API_KEY_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  @ApiParam(ORGANIZATION_ID)
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListApiKeysQuery): Promise<ApiKeyListResponse> {
    return this.listing.execute(KeyOwner.organization(scope), query);
  }

  @Post()
  @AdminRoute({
    summary: 'Create an API key',
    description: 'The answer holds the whole key, this once. A key cannot be given scopes its maker lacks.',
    status: 201,
    answer: IssuedApiKeyResponse,
    example: ISSUED_API_KEY_EXAMPLE,
    repeatable: true,
    errors: ['scope_not_grantable', 'api_key_limits_exceeded', 'live_mode_required'],
  })
  @ApiParam(ORGANIZATION_ID)
  async create(
    @CurrentScope() scope: TenantScope,
    @CurrentAccess() access: Access,
    @Body() body: CreateApiKeyBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<IssuedApiKeyResponse> {
    return this.creating.execute(KeyOwner.organization(scope), access, body, claim);
  }

  @Get(':id')
  @AdminRoute({
    summary: 'Get an API key without its secret',
    answer: ApiKeyResponse,
    example: API_KEY_EXAMPLE,
    errors: ['api_key_not_found'],
  })
  @ApiParam(ORGANIZATION_ID)
  @ApiParam(KEY_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<ApiKeyResponse> {
    return this.getting.execute(KeyOwner.organization(scope), id);
  }

  @Put(':id')
  @AdminRoute({
    summary: 'Change the name, scopes, address list or end of an API key',
    description: 'What is left out stays. Takes effect at once.',
    answer: ApiKeyResponse,
    example: API_KEY_EXAMPLE,
    errors: ['api_key_not_found', 'invalid_transition', 'scope_not_grantable', 'api_key_limits_exceeded'],
  })
  @ApiParam(ORGANIZATION_ID)
  @ApiParam(KEY_ID)
  async update(
    @CurrentScope() scope: TenantScope,
    @CurrentAccess() access: Access,
    @Param('id') id: string,
    @Body() body: UpdateApiKeyBody,
  ): Promise<ApiKeyResponse> {
    return this.updating.execute(KeyOwner.organization(scope), access, id, body);
  }

  @Delete(':id')
  @AdminRoute({ summary: 'Delete an API key; it stops working at once', status: 204, errors: ['api_key_not_found', 'scope_not_grantable'] })
  @ApiParam(ORGANIZATION_ID)
  @ApiParam(KEY_ID)
  async delete(@CurrentScope() scope: TenantScope, @CurrentAccess() access: Access, @Param('id') id: string): Promise<void> {
    await this.deleting.execute(KeyOwner.organization(scope), access, id);
  }

  @Post(':id/revoke')
  @AdminRoute({
    summary: 'Revoke an API key for good; it stops working at once',
    answer: ApiKeyResponse,
    example: { ...API_KEY_EXAMPLE, status: 'revoked', revokedAt: '2026-03-02T08:00:00.000Z' },
    errors: ['api_key_not_found', 'scope_not_grantable'],
  })
  @ApiParam(ORGANIZATION_ID)
  @ApiParam(KEY_ID)
  async revoke(@CurrentScope() scope: TenantScope, @CurrentAccess() access: Access, @Param('id') id: string): Promise<ApiKeyResponse> {
    return this.revoking.execute(KeyOwner.organization(scope), access, id);
  }

  @Post(':id/rotate')
  @AdminRoute({
    summary: 'Give an API key a new secret',
    description: 'The key keeps its `keyId`. The answer holds the whole key, this once.',
    answer: IssuedApiKeyResponse,
    example: { ...ISSUED_API_KEY_EXAMPLE, previousSecretValidUntil: '2026-03-01T11:00:00.000Z' },
    repeatable: true,
    errors: ['api_key_not_found', 'invalid_transition', 'scope_not_grantable', 'api_key_limits_exceeded'],
  })
  @ApiParam(ORGANIZATION_ID)
  @ApiParam(KEY_ID)
  @ApiBody({ type: RotateApiKeyBody, required: false })
  async rotate(
    @CurrentScope() scope: TenantScope,
    @CurrentAccess() access: Access,
    @Param('id') id: string,
    @Body() body: RotateApiKeyBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<IssuedApiKeyResponse> {
    return this.rotating.execute(KeyOwner.organization(scope), access, id, body, claim);
  }
}
