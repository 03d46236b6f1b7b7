import { Body, Controller, Delete, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import { CurrentAccess, CurrentScope, CurrentUser } from '../access/index.js';
import type { Access, UserPrincipal } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { ChangeRole } from './change-role.js';
import { ChangeRoleBody } from './dto/change-role.body.js';
import { MEMBER_EXAMPLE, MemberListResponse, MemberResponse } from './dto/member.response.js';
import { ListMembers } from './list-members.js';
import { presentMember } from './present-member.js';
import { RemoveMember } from './remove-member.js';

const ORG_ID = { name: 'orgId', description: 'Id of the organization.', example: '507f1f77bcf86cd799439041' };
const USER_ID = { name: 'userId', description: 'Id of the person.', example: MEMBER_EXAMPLE.userId };

@ApiTags(ADMIN_API)
@ApiParam(ORG_ID)
@Controller('api/v1/organizations/:orgId/members')
export class MembersController {
  constructor(
    private readonly listing: ListMembers,
    private readonly changing: ChangeRole,
    private readonly removing: RemoveMember,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List the members of an organization, newest first',
    answer: MemberListResponse,
    example: { members: [MEMBER_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: PageQuery): Promise<MemberListResponse> {
    return presentPage('members', await this.listing.execute(scope, query), presentMember);
  }

  @Patch(':userId')
  @AdminRoute({
    summary: 'Change the role of a member',
    description:
      'It takes effect at once. Nobody changes their own role, and the last Admin stays one. A key gives only roles whose scopes it holds itself.',
    answer: MemberResponse,
    example: MEMBER_EXAMPLE,
    errors: ['member_not_found', 'own_role', 'last_admin', 'scope_not_grantable'],
  })
  @ApiParam(USER_ID)
  async changeRole(
    @CurrentAccess() access: Access,
    @CurrentScope() scope: TenantScope,
    @Param('userId') userId: string,
    @Body() { role }: ChangeRoleBody,
  ): Promise<MemberResponse> {
    return presentMember(await this.changing.execute(access, scope, userId, role));
  }

  @Delete('me')
  @AdminRoute({
    summary: 'Leave an organization',
    description: 'For every member, whatever their role; the last Admin stays. It takes effect at once. The answer is empty.',
    status: 204,
    errors: ['member_not_found', 'last_admin'],
  })
  async leave(@CurrentUser() user: UserPrincipal, @Param('orgId') organizationId: string): Promise<void> {
    await this.removing.leave(user, organizationId);
  }

  @Delete(':userId')
  @AdminRoute({
    summary: 'Remove a member',
    description: 'It takes effect at once. The last Admin cannot be removed. The answer is empty.',
    status: 204,
    errors: ['member_not_found', 'last_admin'],
  })
  @ApiParam(USER_ID)
  async remove(@CurrentAccess() access: Access, @CurrentScope() scope: TenantScope, @Param('userId') userId: string): Promise<void> {
    await this.removing.execute(access, scope, userId);
  }
}
