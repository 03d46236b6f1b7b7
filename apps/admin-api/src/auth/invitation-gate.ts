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
  /** @throws DomainError `invitation_invalid`, `invitation_used` */
  abstract findOpen(token: string): Promise<OpenInvitation | undefined>;

  /** Uses the invitation up and makes the person a member. @throws DomainError `invitation_used` when somebody was faster */
  abstract accept(change: Change, invitationId: string, userId: string): Promise<void>;
}
