import { Injectable } from '@nestjs/common';
import type { PageSelection } from '@paygate/data-kit';
import { systemClock } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import { InvitationsRepository } from './invitations.repository.js';
import type { Invitation, Inviter } from './invitations.repository.js';

/** Invitations nobody has accepted yet. */
@Injectable()
export class ListInvitations {
  constructor(private readonly invitations: InvitationsRepository) {}

  async execute(inviter: Inviter, selection: PageSelection): Promise<Page<Invitation>> {
    return this.invitations.findOpenPage(inviter, systemClock.now(), selection);
  }
}
