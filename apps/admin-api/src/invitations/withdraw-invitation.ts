import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { Changes } from '../changes/index.js';
import { pathId } from '../validation-rules/index.js';
import { InvitationsRepository } from './invitations.repository.js';
import type { Inviter } from './invitations.repository.js';

@Injectable()
export class WithdrawInvitation {
  constructor(
    private readonly changes: Changes,
    private readonly invitations: InvitationsRepository,
  ) {}

  /** @throws DomainError `invitation_not_found`, also when it was accepted or withdrawn before */
  async execute(inviter: Inviter, invitationId: string): Promise<void> {
    const id = pathId(invitationId, 'invitation_not_found');
    await this.changes.run(async (change) => {
      const withdrawn = await this.invitations.withdraw(inviter, id, change.session);
      if (!withdrawn) throw new DomainError('invitation_not_found');
      await change.record({
        action: 'invitation.withdrawn',
        scope: inviter === 'platform' ? undefined : inviter,
        resource: { type: 'invitation', id, name: withdrawn.email },
        before: { status: 'open' },
        after: { status: 'withdrawn' },
      });
    });
  }
}
