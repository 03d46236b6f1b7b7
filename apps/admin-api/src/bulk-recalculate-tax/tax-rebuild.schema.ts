import type { TenantFields } from '@paygate/data-kit';
import { Schema } from 'mongoose';
import type { RebuildProblem, RebuildState } from './tax-rebuild.js';

/** An order to build tax records anew, and how far it has come. */
export interface TaxRebuildRow extends TenantFields {
  /** `txr_…` */
  _id: string;
  from?: string;
  to?: string;
  siteId?: string;
  status: RebuildState;
  processed: number;
  skipped: number;
  changed: number;
  /** How many there are in all; known with the first page. */
  total: number;
  /** The first ones. */
  problems: RebuildProblem[];
  /** Where to go on. */
  cursor?: string;
  /** Pages that failed, one after the other. */
  failures: number;
  /** When the next page is due, who is at work on it, and until when that is believed. */
  nextAt: Date;
  holder?: string | null;
  leaseUntil?: Date | null;
  createdAt: Date;
  updatedAt: Date;
  finishedAt?: Date;
}

export const TAX_REBUILD_MODEL = 'TaxRebuild';

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

export const taxRebuildSchema = new Schema<TaxRebuildRow>(
  {
    _id: text,
    organizationId: text,
    livemode: { type: Boolean, required: true },
    from: String,
    to: String,
    siteId: String,
    status: text,
    processed: number,
    skipped: number,
    changed: number,
    total: number,
    problems: { type: [{ _id: false, transactionId: String, code: text, message: text }], required: true },
    cursor: String,
    failures: number,
    nextAt: date,
    holder: String,
    leaseUntil: Date,
    createdAt: date,
    updatedAt: date,
    finishedAt: Date,
  },
  { collection: 'tax_rebuilds', versionKey: false },
)
  // One at a time for each organization.
  .index({ organizationId: 1 }, { unique: true, partialFilterExpression: { status: 'running' } })
  .index({ status: 1, nextAt: 1 })
  .index({ organizationId: 1, livemode: 1, createdAt: -1, _id: -1 });
