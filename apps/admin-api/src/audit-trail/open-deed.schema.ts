import { Schema } from 'mongoose';
import { AUDIT_ACTIONS } from './audit-actions.js';
import type { AuditEntryRow } from './audit-entry.schema.js';

/** What another service was asked to do, until the log tells what came of it. */
export type OpenDeedRow = Pick<
  AuditEntryRow,
  '_id' | 'chain' | 'at' | 'action' | 'actor' | 'actorName' | 'resource' | 'address' | 'userAgent' | 'requestId'
>;

export const OPEN_DEED_MODEL = 'OpenDeed';

const resourceSchema = new Schema<OpenDeedRow['resource']>(
  { type: { type: String, required: true }, id: { type: String, required: true }, name: { type: String } },
  { _id: false },
);

export const openDeedSchema = new Schema<OpenDeedRow>(
  {
    _id: { type: String, required: true },
    chain: { type: String, required: true },
    at: { type: Date, required: true },
    action: { type: String, required: true, enum: AUDIT_ACTIONS },
    actor: { type: String, required: true },
    actorName: { type: String },
    resource: { type: resourceSchema, required: true },
    address: { type: String },
    userAgent: { type: String },
    requestId: { type: String },
  },
  { collection: 'open_deeds', versionKey: false },
).index({ at: 1 });
