export { AUDIT_ACTIONS } from './audit-actions.js';
export type { AuditAction } from './audit-actions.js';
export { AuditLog, PLATFORM_CHAIN } from './audit-log.js';
export type { Deed } from './audit-log.js';
export { AuditLogModule } from './audit-log.module.js';
