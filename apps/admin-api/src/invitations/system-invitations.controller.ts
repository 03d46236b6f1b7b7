import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { IdempotencyClaim } from '@paygate/messages';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateInvitation } from './create-invitation.js';
import { CreatePlatformInvitationBody } from './dto/create-platform-invitation.body.js';
import {
  CreatedInvitationResponse,
  INVITATION_URL_EXAMPLE,
  InvitationListResponse,
  PLATFORM_INVITATION_EXAMPLE,
} from './dto/invitation.response.js';
import { ListInvitations } from './list-invitations.js';
import { presentInvitation } from './present-invitation.js';
import { WithdrawInvitation } from './withdraw-invitation.js';

/** Invitations to the platform itself, without an organization. */
@ApiTags(ADMIN_API)
@Controller('api/v1/system/invitations')
export class SystemInvitationsController {
  constructor(
    private readonly listing: ListInvitations,
    private readonly creating: CreateInvitation,
    private readonly withdrawing: WithdrawInvitation,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List the invitations to the platform nobody has accepted yet, newest first',
    answer: InvitationListResponse,
    example: { invitations: [PLATFORM_INVITATION_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@Query() query: PageQuery): Promise<InvitationListResponse> {
    return presentPage('invitations', await this.listing.execute('platform', query), presentInvitation);
  }

  @Post()
  @AdminRoute({
    summary: 'Invite a person to the platform',
    description:
      'For people who belong to no organization yet, or will manage the platform. Answers a link to hand to the person; it is good once and for seven days.',
    status: 201,
    repeatable: true,
    answer: CreatedInvitationResponse,
    example: { ...PLATFORM_INVITATION_EXAMPLE, invitationUrl: INVITATION_URL_EXAMPLE },
    errors: ['already_exists'],
  })
  async create(
    @Body() { email, globalAdmin }: CreatePlatformInvitationBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<CreatedInvitationResponse> {
    return this.creating.executeForPlatform({ email, globalAdmin }, claim);
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Withdraw an invitation to the platform',
    description: 'Its link stops working at once. The answer is empty.',
    status: 204,
    errors: ['invitation_not_found'],
  })
  @ApiParam({ name: 'id', description: 'Id of the invitation.', example: PLATFORM_INVITATION_EXAMPLE.id })
  async withdraw(@Param('id') id: string): Promise<void> {
    await this.withdrawing.execute('platform', id);
  }
}
