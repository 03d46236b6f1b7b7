import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import { CurrentAccess, CurrentScope } from '../access/index.js';
import type { Access } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateInvitation } from './create-invitation.js';
import { CreateInvitationBody } from './dto/create-invitation.body.js';
import {
  CreatedInvitationResponse,
  INVITATION_EXAMPLE,
  INVITATION_URL_EXAMPLE,
  InvitationListResponse,
} from './dto/invitation.response.js';
import { ListInvitations } from './list-invitations.js';
import { presentInvitation } from './present-invitation.js';
import { WithdrawInvitation } from './withdraw-invitation.js';

/** Invitations into an organization. */
@ApiTags(ADMIN_API)
@ApiParam({ name: 'orgId', description: 'Id of the organization.', example: '507f1f77bcf86cd799439041' })
@Controller('api/v1/organizations/:orgId/invitations')
export class InvitationsController {
  constructor(
    private readonly listing: ListInvitations,
    private readonly creating: CreateInvitation,
    private readonly withdrawing: WithdrawInvitation,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List the invitations nobody has accepted yet, newest first',
    answer: InvitationListResponse,
    example: { invitations: [INVITATION_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: PageQuery): Promise<InvitationListResponse> {
    return presentPage('invitations', await this.listing.execute(scope, query), presentInvitation);
  }

  @Post()
  @AdminRoute({
    summary: 'Invite a person',
    description:
      'Answers a link to hand to the person; it is good once and for seven days. Inviting the same address again withdraws the older link. A key offers only roles whose scopes it holds itself.',
    status: 201,
    repeatable: true,
    answer: CreatedInvitationResponse,
    example: { ...INVITATION_EXAMPLE, invitationUrl: INVITATION_URL_EXAMPLE },
    errors: ['already_exists', 'scope_not_grantable'],
  })
  async create(
    @CurrentAccess() access: Access,
    @CurrentScope() scope: TenantScope,
    @Body() { email, role }: CreateInvitationBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<CreatedInvitationResponse> {
    return this.creating.execute(access, scope, { email, role }, claim);
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Withdraw an invitation',
    description: 'Its link stops working at once. The answer is empty.',
    status: 204,
    errors: ['invitation_not_found'],
  })
  @ApiParam({ name: 'id', description: 'Id of the invitation.', example: INVITATION_EXAMPLE.id })
  async withdraw(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.withdrawing.execute(scope, id);
  }
}
