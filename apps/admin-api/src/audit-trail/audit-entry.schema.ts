import { Schema } from 'mongoose';
import { AUDIT_ACTIONS } from './audit-actions.js';
import type { AuditAction } from './audit-actions.js';

/** One field that a change touched. Absent `before`: it was not there; absent `after`: it is gone. */
export interface FieldChange {
  field: string;
  before?: unknown;
  after?: unknown;
}

/**
 * One thing that was done. Entries of an organization, and those of the platform, form a chain each: an entry's hash covers
 * its content and the hash of the entry before it, under a key of the platform.
 */
export interface AuditEntryRow {
  /** `<chain>:<sequence>` */
  _id: string;
  /** An organization's id, or `platform`. */
  chain: string;
  /** From 1, without gaps. */
  sequence: number;
  at: Date;
  action: AuditAction;
  /** `api_key:<id>`, `user:<id>`, `system_key:<id>` or `system`. */
  actor: string;
  actorName?: string;
  resource: { type: string; id: string; name?: string };
  changes: FieldChange[];
  address?: string;
  userAgent?: string;
  requestId?: string;
  previousHash: string;
  hash: string;
}

export const AUDIT_ENTRY_MODEL = 'AuditEntry';

const resourceSchema = new Schema<AuditEntryRow['resource']>(
  { type: { type: String, required: true }, id: { type: String, required: true }, name: { type: String } },
  { _id: false },
);

export const auditEntrySchema = new Schema<AuditEntryRow>(
  {
    _id: { type: String, required: true },
    chain: { type: String, required: true },
    sequence: { type: Number, required: true },
    at: { type: Date, required: true },
    action: { type: String, required: true, enum: AUDIT_ACTIONS },
    actor: { type: String, required: true },
    actorName: { type: String },
    resource: { type: resourceSchema, required: true },
    changes: { type: [Schema.Types.Mixed] as never, required: true },
    address: { type: String },
    userAgent: { type: String },
    requestId: { type: String },
    previousHash: { type: String },
    hash: { type: String, required: true },
  },
  { collection: 'audit_entries', versionKey: false, minimize: false },
)
  .index({ chain: 1, sequence: 1 }, { unique: true })
  .index({ chain: 1, at: -1, sequence: -1 })
  .index({ chain: 1, 'resource.type': 1, 'resource.id': 1, at: -1, sequence: -1 })
  .index({ chain: 1, actor: 1, at: -1, sequence: -1 })
  .index({ chain: 1, action: 1, at: -1, sequence: -1 });

/** The end of a chain: what the next entry continues. */
export interface AuditChainRow {
  /** An organization's id, or `platform`. */
  _id: string;
  sequence: number;
  hash: string;
}

export const AUDIT_CHAIN_MODEL = 'AuditChain';

export const auditChainSchema = new Schema<AuditChainRow>(
  { _id: { type: String, required: true }, sequence: { type: Number, required: true }, hash: { type: String } },
  { collection: 'audit_chains', versionKey: false },
);
