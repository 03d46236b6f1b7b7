import { Schema } from 'mongoose';

/**
 * Everything a merchant calls by one order reference (or one checkout, when it has none), in one mode of one site.
 * The row is the mark of what was seen, and the lock under which the next delivery is chosen: every change of whose turn it
 * is writes this row, so that two instances never choose at the same time.
 */
export interface ReferenceRow {
  /** See `referenceKeyOf`. */
  _id: string;
  /** A payment of the reference has succeeded; nothing negative is sent any more. */
  paid: boolean;
  /** The highest status version seen of each transaction. */
  transactions: { id: string; seen: number }[];
  /** Who is choosing now, and until when that is believed. */
  holder?: string | null;
  leaseUntil?: Date | null;
  updatedAt: Date;
}

export const REFERENCE_MODEL = 'Reference';

export const referenceSchema = new Schema<ReferenceRow>(
  {
    _id: { type: String, required: true },
    paid: { type: Boolean, required: true },
    transactions: [{ _id: false, id: String, seen: Number }],
    holder: String,
    leaseUntil: Date,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'references', versionKey: false },
);

export interface ReferenceParts {
  livemode: boolean;
  siteId: string;
  checkoutId: string;
  externalReference?: string;
}

/** A lane of its own at one endpoint. */
export function endpointLane(endpointId: string, lane: string): string {
  return `${endpointId}|${lane}`;
}

/**
 * Test payments never speak for live ones, and sites choose their references independently. A site belongs to one organization,
 * so the key needs no more to keep tenants apart.
 */
export function referenceKeyOf(parts: ReferenceParts): string {
  const place = `${parts.siteId}:${parts.livemode ? 'live' : 'test'}`;
  return parts.externalReference ? `${place}:r:${parts.externalReference}` : `${place}:c:${parts.checkoutId}`;
}
