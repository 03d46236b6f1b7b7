import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { presentPage } from '@paygate/nest-kit';
import { CurrentPrincipal } from '../access/index.js';
import type { Principal } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { ChangeStanding } from './change-standing.js';
import { ChangeStandingBody } from './dto/change-standing.body.js';
import { ListUsersQuery } from './dto/list-users.query.js';
import { PERSON_EXAMPLE, UserDetailResponse, UserListResponse, UserResponse } from './dto/user.response.js';
import { GetUser } from './get-user.js';
import { ListUsers } from './list-users.js';
import { presentUser, presentUserDetail } from './present-user.js';

const ID = { name: 'id', description: 'Id of the person.', example: PERSON_EXAMPLE.id };

/** The people who can sign in, for those who run the platform. */
@ApiTags(ADMIN_API)
@Controller('api/v1/system/users')
export class SystemUsersController {
  constructor(
    private readonly listing: ListUsers,
    private readonly getting: GetUser,
    private readonly changing: ChangeStanding,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List people, newest first',
    answer: UserListResponse,
    example: { users: [PERSON_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@Query() query: ListUsersQuery): Promise<UserListResponse> {
    return presentPage('users', await this.listing.execute(query), presentUser);
  }

  @Get(':id')
  @AdminRoute({
    summary: 'Get a person and what they belong to',
    answer: UserDetailResponse,
    example: { ...PERSON_EXAMPLE, memberships: [{ organizationId: '507f1f77bcf86cd799439041', role: 'admin' }] },
    errors: ['user_not_found'],
  })
  @ApiParam(ID)
  async get(@Param('id') id: string): Promise<UserDetailResponse> {
    return presentUserDetail(await this.getting.execute(id));
  }

  @Patch(':id')
  @AdminRoute({
    summary: 'Make a person a global administrator, or disable a person',
    description:
      'It takes effect at once; who is disabled is signed out everywhere. Nobody changes their own standing, and the last global administrator stays one.',
    answer: UserResponse,
    example: PERSON_EXAMPLE,
    errors: ['user_not_found', 'own_role', 'last_admin'],
  })
  @ApiParam(ID)
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { globalAdmin, disabled }: ChangeStandingBody,
  ): Promise<UserResponse> {
    return presentUser(await this.changing.execute(principal, id, { globalAdmin, disabled }));
  }
}
