import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { presentPage } from '@paygate/nest-kit';
import { CurrentPrincipal } from '../access/index.js';
import type { Principal } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { MEMBER_EXAMPLE, MemberResponse } from '../members/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { GetOrganization, ORGANIZATION_EXAMPLE, UpdateOrganization, UpdateOrganizationBody } from '../organizations/index.js';
import { pathId } from '../validation-rules/index.js';
import { AddMember } from './add-member.js';
import { AddMemberBody } from './dto/add-member.body.js';
import { CreateOrganizationBody } from './dto/create-organization.body.js';
import { ListSystemOrganizationsQuery } from './dto/list-system-organizations.query.js';
import { SuspendOrganizationBody } from './dto/suspend-organization.body.js';
import { SUSPENDED_EXAMPLE, SystemOrganizationListResponse, SystemOrganizationResponse } from './dto/system-organization.response.js';
import { ListSystemOrganizations } from './list-system-organizations.js';
import { OpenOrganization } from './open-organization.js';
import { presentSystemOrganization } from './present-system-organization.js';
import { ResumeOrganization } from './resume-organization.js';
import { SuspendOrganization } from './suspend-organization.js';

const ID = { name: 'id', description: 'Id of the organization.', example: ORGANIZATION_EXAMPLE.id };

/** The organizations of the platform, for those who run it. */
@ApiTags(ADMIN_API)
@Controller('api/v1/system/organizations')
export class SystemOrganizationsController {
  constructor(
    private readonly listing: ListSystemOrganizations,
    private readonly opening: OpenOrganization,
    private readonly getting: GetOrganization,
    private readonly updating: UpdateOrganization,
    private readonly suspending: SuspendOrganization,
    private readonly resuming: ResumeOrganization,
    private readonly adding: AddMember,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List all organizations, newest first',
    answer: SystemOrganizationListResponse,
    example: { organizations: [ORGANIZATION_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@Query() query: ListSystemOrganizationsQuery): Promise<SystemOrganizationListResponse> {
    return presentPage('organizations', await this.listing.execute(query), presentSystemOrganization);
  }

  @Post()
  @AdminRoute({
    summary: 'Create an organization',
    description: 'A person who creates one becomes its first Admin; one made with a system key has no members yet.',
    status: 201,
    repeatable: true,
    answer: SystemOrganizationResponse,
    example: ORGANIZATION_EXAMPLE,
    errors: ['already_exists'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() { name, slug, supportEmail }: CreateOrganizationBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<SystemOrganizationResponse> {
    return this.opening.execute(principal, { name, slug, supportEmail }, claim);
  }

  @Get(':id')
  @AdminRoute({
    summary: 'Get an organization',
    answer: SystemOrganizationResponse,
    example: SUSPENDED_EXAMPLE,
    errors: ['organization_not_found'],
  })
  @ApiParam(ID)
  async get(@Param('id') id: string): Promise<SystemOrganizationResponse> {
    return presentSystemOrganization(await this.getting.execute(scopeOf(id)));
  }

  @Put(':id')
  @AdminRoute({
    summary: 'Update the profile of an organization',
    description: 'Fields that are left out stay as they are; `null` or an empty text removes an optional one. The slug never changes.',
    answer: SystemOrganizationResponse,
    example: ORGANIZATION_EXAMPLE,
    errors: ['organization_not_found'],
  })
  @ApiParam(ID)
  async update(@Param('id') id: string, @Body() body: UpdateOrganizationBody): Promise<SystemOrganizationResponse> {
    return presentSystemOrganization(await this.updating.execute(scopeOf(id), body, 'platform'));
  }

  @Post(':id/suspend')
  @AdminRoute({
    summary: 'Suspend an organization',
    description:
      'Its keys, its members and its payment pages stop at once. Payments already under way at providers are still recorded and notified.',
    answer: SystemOrganizationResponse,
    example: SUSPENDED_EXAMPLE,
    errors: ['organization_not_found'],
  })
  @ApiParam(ID)
  async suspend(@Param('id') id: string, @Body() { reason }: SuspendOrganizationBody): Promise<SystemOrganizationResponse> {
    return presentSystemOrganization(await this.suspending.execute(scopeOf(id), reason));
  }

  @Post(':id/resume')
  @AdminRoute({
    summary: 'End the suspension of an organization',
    answer: SystemOrganizationResponse,
    example: ORGANIZATION_EXAMPLE,
    errors: ['organization_not_found'],
  })
  @ApiParam(ID)
  async resume(@Param('id') id: string): Promise<SystemOrganizationResponse> {
    return presentSystemOrganization(await this.resuming.execute(scopeOf(id)));
  }

  @Post(':id/members')
  @AdminRoute({
    summary: 'Make a person a member of an organization',
    description: 'It is told in the audit log of the platform and in that of the organization.',
    status: 201,
    repeatable: true,
    answer: MemberResponse,
    example: MEMBER_EXAMPLE,
    errors: ['organization_not_found', 'user_not_found', 'already_exists'],
  })
  @ApiParam(ID)
  async addMember(
    @Param('id') id: string,
    @Body() { userId, role }: AddMemberBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<MemberResponse> {
    return this.adding.execute(scopeOf(id), { userId, role }, claim);
  }
}

/** Of an organization as a whole: what operators do concerns its live and its test data alike. */
function scopeOf(id: string): TenantScope {
  return TenantScope.of(pathId(id, 'organization_not_found'), true);
}
