import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { PasskeysModule } from '../passkeys/index.js';
import { UsersModule } from '../users/index.js';
import { AcceptInvitation } from './accept-invitation.js';
import { CreateInvitation } from './create-invitation.js';
import { InvitationAcceptanceController } from './invitation-acceptance.controller.js';
import { InvitationLinks } from './invitation-links.js';
import { INVITATION_MODEL, invitationSchema } from './invitation.schema.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsRepository } from './invitations.repository.js';
import { ListInvitations } from './list-invitations.js';
import { OpenInvitations } from './open-invitations.js';
import { SystemInvitationsController } from './system-invitations.controller.js';
import { WithdrawInvitation } from './withdraw-invitation.js';

@Module({
  imports: [
    MongooseModule.forFeature([{ name: INVITATION_MODEL, schema: invitationSchema }]),
    ChangesModule,
    MembersModule,
    OrganizationsModule,
    PasskeysModule,
    UsersModule,
  ],
  controllers: [InvitationsController, SystemInvitationsController, InvitationAcceptanceController],
  providers: [
    InvitationsRepository,
    InvitationLinks,
    OpenInvitations,
    ListInvitations,
    CreateInvitation,
    WithdrawInvitation,
    AcceptInvitation,
  ],
  exports: [OpenInvitations],
})
export class InvitationsModule {}
