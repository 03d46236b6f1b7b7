import type { AcceptedInvitationResponse, InvitationResponse } from './dto/invitation.response.js';
import type { Invitation } from './invitations.repository.js';

export function presentInvitation({ id, email, role, globalAdmin, expiresAt, createdAt }: Invitation): InvitationResponse {
  return { id, email, role, globalAdmin, expiresAt: expiresAt.toISOString(), createdAt: createdAt.toISOString() };
}

export function presentAccepted({ organizationId, role, globalAdmin }: Invitation): AcceptedInvitationResponse {
  return { organizationId, role, globalAdmin };
}
