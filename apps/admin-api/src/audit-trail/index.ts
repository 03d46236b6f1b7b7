export { AUDIT_ACTIONS } from './audit-actions.js';
export type { AuditAction } from './audit-actions.js';
export { AuditTrail, PLATFORM_CHAIN } from './audit-trail.js';
export type { Deed } from './audit-trail.js';
export { AuditTrailModule } from './audit-trail.module.js';
