import { Injectable } from '@nestjs/common';
import type { UserPrincipal } from '../access/index.js';
import { Changes } from '../changes/index.js';
import { canonicalEmail } from '../users/index.js';
import type { Invitation } from './invitations.repository.js';
import { OpenInvitations } from './open-invitations.js';

/** Somebody who has an account already accepts an invitation. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly changes: Changes,
    private readonly open: OpenInvitations,
  ) {}

  /** @throws DomainError `invitation_invalid` also when it is for another address, and what `OpenInvitations.accept` throws */
  async execute(user: UserPrincipal, token: string): Promise<Invitation> {
    const invitation = await this.open.findOpen(token, canonicalEmail(user.email));
    await this.changes.run((change) => this.open.accept(change, invitation.id, user.id));
    return invitation;
  }
}
