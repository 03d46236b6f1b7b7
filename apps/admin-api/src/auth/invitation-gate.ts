import type { Change } from '../changes/index.js';

/** An invitation that can still be accepted. */
export interface OpenInvitation {
  id: string;
  /** Absent: an invitation to the platform, without any organization. */
  organizationId?: string;
  email: string;
  /** The person will manage the platform. */
  globalAdmin?: boolean;
}

/** What signing in needs of invitations. */
export abstract class InvitationGate {
  /** @throws DomainError `invitation_invalid`, `invitation_used`, `organization_suspended` */
  abstract findOpen(token: string): Promise<OpenInvitation>;

  /**
   * Uses the invitation up and gives the person what it offers.
   * @throws DomainError `invitation_used` when somebody was faster, `invitation_invalid`, `organization_suspended`
   */
  abstract accept(change: Change, invitationId: string, userId: string): Promise<void>;
}
