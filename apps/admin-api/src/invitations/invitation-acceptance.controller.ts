import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../access/index.js';
import type { UserPrincipal } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { AcceptInvitation } from './accept-invitation.js';
import { AcceptInvitationBody } from './dto/accept-invitation.body.js';
import { AcceptedInvitationResponse } from './dto/invitation.response.js';
import { presentAccepted } from './present-invitation.js';

/** The other end of an invitation. */
@ApiTags(ADMIN_API)
@Controller('api/v1/invitations')
export class InvitationAcceptanceController {
  constructor(private readonly accepting: AcceptInvitation) {}

  @Post('accept')
  @AdminRoute({
    summary: 'Accept an invitation',
    description: 'For people who have an account, signed in with the address that was invited. Everybody else registers with the link.',
    answer: AcceptedInvitationResponse,
    example: { organizationId: '507f1f77bcf86cd799439041', role: 'editor' },
    errors: ['invitation_invalid', 'invitation_used', 'organization_suspended', 'already_exists'],
  })
  async accept(@CurrentUser() user: UserPrincipal, @Body() { token }: AcceptInvitationBody): Promise<AcceptedInvitationResponse> {
    return presentAccepted(await this.accepting.execute(user, token));
  }
}
