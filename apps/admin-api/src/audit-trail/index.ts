export { AUDIT_ACTIONS } from './audit-actions.js';
export type { AuditAction } from './audit-actions.js';
export { AuditTrail, chainOf } from './audit-trail.js';
export type { ChainOwner, Deed } from './audit-trail.js';
export { AuditTrailModule } from './audit-trail.module.js';
export { AuditTrailRepository } from './audit-trail.repository.js';
export type { AuditEntry, EntryFilter, EntryPosition } from './audit-trail.repository.js';
export { VerifyChain } from './verify-chain.js';
export type { ChainReport } from './verify-chain.js';
