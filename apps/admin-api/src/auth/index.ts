export { AuthModule } from './auth.module.js';
export { InvitationGate } from './invitation-gate.js';
export type { OpenInvitation } from './invitation-gate.js';
export { AnnounceSetup, OPERATOR_CONSOLE } from './setup/announce-setup.js';
export type { OperatorConsole } from './setup/announce-setup.js';
