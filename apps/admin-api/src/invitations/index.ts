export { InvitationsModule } from './invitations.module.js';
export { OpenInvitations } from './open-invitations.js';
