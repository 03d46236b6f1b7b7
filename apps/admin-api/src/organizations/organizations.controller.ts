import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import { CurrentPrincipal, CurrentScope } from '../access/index.js';
import type { Principal } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import {
  ORGANIZATION_ENTRY_EXAMPLE,
  ORGANIZATION_EXAMPLE,
  OrganizationListResponse,
  OrganizationResponse,
} from './dto/organization.response.js';
import { UpdateOrganizationBody } from './dto/update-organization.body.js';
import { GetOrganization } from './get-organization.js';
import { ListOrganizations } from './list-organizations.js';
import { presentOrganization, presentOwnOrganization } from './present-organization.js';
import { UpdateOrganization } from './update-organization.js';

const ORG_ID = { name: 'orgId', description: 'Id of the organization.', example: ORGANIZATION_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/organizations')
export class OrganizationsController {
  constructor(
    private readonly listing: ListOrganizations,
    private readonly getting: GetOrganization,
    private readonly updating: UpdateOrganization,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List the organizations the caller may act for, newest first',
    description:
      'A signed-in person gets those they are a member of, with their role; a key of an organization gets that one; a system key, which may act for every organization, gets all.',
    answer: OrganizationListResponse,
    example: { organizations: [ORGANIZATION_ENTRY_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: PageQuery): Promise<OrganizationListResponse> {
    return presentPage('organizations', await this.listing.execute(principal, query), presentOwnOrganization);
  }

  @Get(':orgId')
  @AdminRoute({ summary: 'Get the profile of an organization', answer: OrganizationResponse, example: ORGANIZATION_EXAMPLE })
  @ApiParam(ORG_ID)
  async get(@CurrentScope() scope: TenantScope): Promise<OrganizationResponse> {
    return presentOrganization(await this.getting.execute(scope));
  }

  @Put(':orgId')
  @AdminRoute({
    summary: 'Update the profile of an organization',
    description: 'Fields that are left out stay as they are; `null` or an empty text removes an optional one. The slug never changes.',
    answer: OrganizationResponse,
    example: ORGANIZATION_EXAMPLE,
  })
  @ApiParam(ORG_ID)
  async update(@CurrentScope() scope: TenantScope, @Body() body: UpdateOrganizationBody): Promise<OrganizationResponse> {
    return presentOrganization(await this.updating.execute(scope, body));
  }
}
