import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import type { IdempotencyClaim } from '@paygate/messages';
import { CurrentAccess } from '../access/index.js';
import type { Access } from '../access/index.js';
import {
  API_KEY_EXAMPLE,
  ApiKeyListResponse,
  ApiKeyResponse,
  CreateApiKey,
  CreateApiKeyBody,
  DeleteApiKey,
  GetApiKey,
  ISSUED_API_KEY_EXAMPLE,
  IssuedApiKeyResponse,
  KeyOwner,
  ListApiKeys,
  ListApiKeysQuery,
  RevokeApiKey,
  RotateApiKey,
  RotateApiKeyBody,
  UpdateApiKey,
  UpdateApiKeyBody,
} from '../api-keys/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';

const KEY_ID = { name: 'id', description: '`id` of the key, not its `keyId`.', example: API_KEY_EXAMPLE.id };
const SCOPES = ['organization:read', 'system:read'];
const EXAMPLE = { ...API_KEY_EXAMPLE, name: 'Provisioning', environment: 'live', prefix: 'sk_live_k3N9pXw2RtYbC8mZq4Vd', scopes: SCOPES };
const ISSUED_EXAMPLE = { ...ISSUED_API_KEY_EXAMPLE, ...EXAMPLE, apiKey: 'sk_live_k3N9pXw2RtYbC8mZq4Vd.w7Hc2Kt9…' };

/** The keys of the platform itself. They are keys like those of organizations, with another owner. */
@ApiTags(ADMIN_API)
@Controller('api/v1/system/api-keys')
export class SystemApiKeysController {
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
    summary: 'List the system API keys, newest first',
    description: 'A test key sees the test keys alone. Secrets are never shown.',
    answer: ApiKeyListResponse,
    example: { apiKeys: [EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentAccess() access: Access, @Query() query: ListApiKeysQuery): Promise<ApiKeyListResponse> {
    return this.listing.execute(platformOf(access), query);
  }

  @Post()
  @AdminRoute({
    summary: 'Create a system API key',
    description: 'The answer holds the whole key, this once. A key cannot be given scopes its maker lacks.',
    status: 201,
    answer: IssuedApiKeyResponse,
    example: ISSUED_EXAMPLE,
    repeatable: true,
    errors: ['scope_not_grantable', 'api_key_limits_exceeded', 'live_mode_required'],
  })
  async create(
    @CurrentAccess() access: Access,
    @Body() body: CreateApiKeyBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<IssuedApiKeyResponse> {
    return this.creating.execute(platformOf(access), access, body, claim);
  }

  @Get(':id')
  @AdminRoute({
    summary: 'Get a system API key without its secret',
    answer: ApiKeyResponse,
    example: EXAMPLE,
    errors: ['api_key_not_found'],
  })
  @ApiParam(KEY_ID)
  async get(@CurrentAccess() access: Access, @Param('id') id: string): Promise<ApiKeyResponse> {
    return this.getting.execute(platformOf(access), id);
  }

  @Put(':id')
  @AdminRoute({
    summary: 'Change the name, scopes, address list or end of a system API key',
    description: 'What is left out stays. Takes effect at once.',
    answer: ApiKeyResponse,
    example: EXAMPLE,
    errors: ['api_key_not_found', 'invalid_transition', 'scope_not_grantable', 'api_key_limits_exceeded'],
  })
  @ApiParam(KEY_ID)
  async update(@CurrentAccess() access: Access, @Param('id') id: string, @Body() body: UpdateApiKeyBody): Promise<ApiKeyResponse> {
    return this.updating.execute(platformOf(access), access, id, body);
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Delete a system API key; it stops working at once',
    status: 204,
    errors: ['api_key_not_found', 'scope_not_grantable'],
  })
  @ApiParam(KEY_ID)
  async delete(@CurrentAccess() access: Access, @Param('id') id: string): Promise<void> {
    await this.deleting.execute(platformOf(access), access, id);
  }

  @Post(':id/revoke')
  @AdminRoute({
    summary: 'Revoke a system API key for good; it stops working at once',
    answer: ApiKeyResponse,
    example: { ...EXAMPLE, status: 'revoked', revokedAt: '2026-03-02T08:00:00.000Z' },
    errors: ['api_key_not_found', 'scope_not_grantable'],
  })
  @ApiParam(KEY_ID)
  async revoke(@CurrentAccess() access: Access, @Param('id') id: string): Promise<ApiKeyResponse> {
    return this.revoking.execute(platformOf(access), access, id);
  }

  @Post(':id/rotate')
  @AdminRoute({
    summary: 'Give a system API key a new secret',
    description: 'The key keeps its `keyId`. The answer holds the whole key, this once.',
    answer: IssuedApiKeyResponse,
    example: { ...ISSUED_EXAMPLE, previousSecretValidUntil: '2026-03-01T11:00:00.000Z' },
    repeatable: true,
    errors: ['api_key_not_found', 'invalid_transition', 'scope_not_grantable', 'api_key_limits_exceeded'],
  })
  @ApiParam(KEY_ID)
  @ApiBody({ type: RotateApiKeyBody, required: false })
  async rotate(
    @CurrentAccess() access: Access,
    @Param('id') id: string,
    @Body() body: RotateApiKeyBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<IssuedApiKeyResponse> {
    return this.rotating.execute(platformOf(access), access, id, body, claim);
  }
}

/** A test system key must not get at live ones. */
function platformOf({ principal }: Access): KeyOwner {
  return KeyOwner.platform(principal.kind === 'user' || principal.livemode);
}
