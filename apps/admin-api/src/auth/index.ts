export { AuthModule } from './auth.module.js';
export { InvitationGate } from './invitation-gate.js';
export type { OpenInvitation } from './invitation-gate.js';
export { SetupLink } from './setup/setup-link.js';
export { SetupModule } from './setup/setup.module.js';
