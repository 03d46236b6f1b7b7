import { Injectable } from '@nestjs/common';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import type { Role } from '@paygate/nest-kit';
import type { Access } from '../access/index.js';
import { alreadyExists, Changes, refuseDuplicate } from '../changes/index.js';
import type { Change } from '../changes/index.js';
import { MemberAuthority, MembersRepository, requireGrantableRole } from '../members/index.js';
import { canonicalEmail, UsersRepository } from '../users/index.js';
import type { User } from '../users/index.js';
import type { CreatedInvitationResponse } from './dto/invitation.response.js';
import { InvitationLinks } from './invitation-links.js';
import { InvitationsRepository } from './invitations.repository.js';
import type { Invitation, Inviter } from './invitations.repository.js';
import { presentInvitation } from './present-invitation.js';

const VALID_MS = 7 * 24 * 3600 * 1000;

/** What is offered, and to whom. */
type Offer = Pick<Invitation, 'email' | 'role' | 'globalAdmin' | 'organizationId'>;

@Injectable()
export class CreateInvitation {
  constructor(
    private readonly changes: Changes,
    private readonly invitations: InvitationsRepository,
    private readonly links: InvitationLinks,
    private readonly authority: MemberAuthority,
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
  ) {}

  /**
   * Into an organization. An older open invitation to the same address is withdrawn.
   * @throws DomainError `already_exists` for a member, `scope_not_grantable`, `insufficient_role`, `not_a_member`
   */
  async execute(
    access: Access,
    scope: TenantScope,
    wanted: { email: string; role: Role },
    claim?: IdempotencyClaim,
  ): Promise<CreatedInvitationResponse> {
    requireGrantableRole(access, wanted.role);
    const offer = { organizationId: scope.organizationId, email: canonicalEmail(wanted.email), role: wanted.role };
    return this.changes.once(scope, 'invitation.create', claim, async (change) => {
      await this.authority.require(access, scope, change.session);
      const user = await this.users.findByEmailForOperators(offer.email, change.session);
      if (user && (await this.members.find(scope, user.id, change.session))) {
        throw alreadyExists('email', 'This person is a member of the organization already.');
      }
      return this.offer(change, scope, offer);
    });
  }

  /** To the platform, without an organization. @throws DomainError `already_exists` for somebody who has an account */
  async executeForPlatform(wanted: { email: string; globalAdmin?: boolean }, claim?: IdempotencyClaim): Promise<CreatedInvitationResponse> {
    const offer = { email: canonicalEmail(wanted.email), globalAdmin: wanted.globalAdmin ?? false };
    return this.changes.once('platform', 'invitation.create', claim, async (change) => {
      const user: User | undefined = await this.users.findByEmailForOperators(offer.email, change.session);
      if (user) throw alreadyExists('email', 'This person has an account already.');
      return this.offer(change, 'platform', offer);
    });
  }

  private async offer(change: Change, inviter: Inviter, offer: Offer): Promise<CreatedInvitationResponse> {
    const { now, session } = change;
    const scope = inviter === 'platform' ? undefined : inviter;
    const older = await this.invitations.withdrawOpenTo(inviter, offer.email, session);
    if (older) {
      const resource = { type: 'invitation', id: older.id, name: older.email };
      await change.record({ action: 'invitation.withdrawn', scope, resource, before: { status: 'open' }, after: { status: 'withdrawn' } });
    }
    const { url, tokenHash } = this.links.issue();
    const expiresAt = new Date(now.getTime() + VALID_MS);
    const invitation: Invitation = { id: newObjectId(now), ...offer, status: 'open', expiresAt, createdAt: now };
    await refuseDuplicate('email', () => this.invitations.insert({ ...invitation, tokenHash }, session));
    const { email, role, globalAdmin } = offer;
    const resource = { type: 'invitation', id: invitation.id, name: email };
    await change.record({ action: 'invitation.created', scope, resource, after: { email, role, globalAdmin, expiresAt } });
    return Object.assign(presentInvitation(invitation), { invitationUrl: url });
  }
}
