import { Injectable } from '@nestjs/common';
import { DomainError, systemClock, TenantScope } from '@paygate/kernel';
import type { InvitationGate } from '../auth/index.js';
import type { Change } from '../changes/index.js';
import { alreadyExists } from '../changes/index.js';
import { MembersRepository } from '../members/index.js';
import { OrganizationsRepository } from '../organizations/index.js';
import type { Organization } from '../organizations/index.js';
import { UsersRepository } from '../users/index.js';
import { InvitationLinks } from './invitation-links.js';
import { InvitationsRepository } from './invitations.repository.js';
import type { Invitation } from './invitations.repository.js';

/** Invitations on their way to being accepted, by somebody who registers or by somebody who is signed in. */
@Injectable()
export class OpenInvitations implements InvitationGate {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly links: InvitationLinks,
    private readonly organizations: OrganizationsRepository,
    private readonly members: MembersRepository,
    private readonly users: UsersRepository,
  ) {}

  /**
   * The invitation a link leads to. @param email the only address it may be for, where one is known
   * @throws DomainError `invitation_invalid`, `invitation_used`, `organization_suspended`
   */
  async findOpen(token: string, email?: string): Promise<Invitation> {
    const invitation = await this.invitations.findByTokenForAuthentication(this.links.hashesOf(token));
    // To anybody else than the person invited it says nothing about the invitation, not even that it was used.
    if (email !== undefined && invitation?.email !== email) throw new DomainError('invitation_invalid');
    if (!invitation || invitation.status !== 'open' || invitation.expiresAt <= systemClock.now()) throw refusal(invitation);
    const { organizationId } = invitation;
    if (organizationId !== undefined) requireActive(await this.organizations.findByIdForOperators(organizationId));
    return invitation;
  }

  /**
   * Uses the invitation up and gives the person what it offers.
   * @throws DomainError `invitation_invalid`, `invitation_used`, `organization_suspended`, `already_exists`
   */
  async accept(change: Change, invitationId: string, userId: string): Promise<void> {
    const { session } = change;
    const invitation = await this.invitations.acceptForAuthentication(invitationId, userId, change.now, session);
    if (!invitation) throw refusal(await this.invitations.findForAuthentication(invitationId, session));
    const { organizationId, role, globalAdmin, email } = invitation;
    const scope = organizationId === undefined ? undefined : TenantScope.of(organizationId, true);
    const resource = { type: 'invitation', id: invitationId, name: email };
    await change.record({ action: 'invitation.accepted', scope, resource, after: { userId, role, globalAdmin } });
    if (scope) await this.join(change, scope, userId, invitation);
    if (globalAdmin) await this.promote(change, userId);
    change.accessChanged('invitation.accepted');
  }

  private async join(change: Change, scope: TenantScope, userId: string, { role = 'viewer', email }: Invitation): Promise<void> {
    const { session } = change;
    requireActive(await this.organizations.find(scope, session));
    if (await this.members.find(scope, userId, session)) throw alreadyExists('email', 'You are a member of this organization already.');
    await this.members.insert(scope, { userId, role }, session);
    await change.record({ action: 'member.added', scope, resource: { type: 'member', id: userId, name: email }, after: { role } });
  }

  private async promote(change: Change, userId: string): Promise<void> {
    const user = await this.users.findForOperators(userId, change.session);
    // Who registers by the invitation is one from the beginning.
    if (!user || user.globalAdmin) return;
    await this.users.updateStandingForOperators(userId, { globalAdmin: true }, change.now, change.session);
    const resource = { type: 'user', id: userId, name: user.email };
    await change.record({ action: 'user.updated', resource, before: { globalAdmin: false }, after: { globalAdmin: true } });
  }
}

function requireActive(organization: Organization | undefined): void {
  if (!organization) throw new DomainError('invitation_invalid');
  if (organization.status === 'suspended') throw new DomainError('organization_suspended');
}

/** Why an invitation cannot be accepted. */
function refusal(invitation: Invitation | undefined): DomainError {
  return new DomainError(invitation?.status === 'accepted' ? 'invitation_used' : 'invitation_invalid');
}
