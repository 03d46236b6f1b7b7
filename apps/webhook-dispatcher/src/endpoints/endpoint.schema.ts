import { addPageIndex } from '@paygate/data-kit';
import type { DisabledReason, EndpointSlot, EndpointState } from '@paygate/messages';
import type { NotificationFamily } from '@paygate/webhook-protocol';
import { Schema } from 'mongoose';
import type { EndpointHealth } from './endpoint-health.js';

/** A secret in encrypted form. */
export interface SealedSecret {
  ciphertext: string;
  /** Its last characters, to tell it from another. */
  preview?: string;
  /** After this instant it no longer signs; the current one has no end. */
  validUntil?: Date | null;
}

/** Where notifications go: registered by the merchant, or made by the deliveries of a site. */
export interface EndpointRow {
  /** `we_…` */
  _id: string;
  organizationId: string;
  livemode: boolean;
  family: NotificationFamily;
  slot?: EndpointSlot;
  /** Of a site's endpoint: one for each origin that the site's addresses have. It has no settings of its own. */
  siteId?: string;
  url: string;
  origin: string;
  description?: string;
  /** Names of events, or `*`. */
  events: string[];
  headers: { name: string; ciphertext: string }[];
  credentials?: { username: string; ciphertext: string };
  merchantId?: string;
  secrets: SealedSecret[];
  state: EndpointState;
  disabledReason?: DisabledReason;
  disabledAt?: Date;
  health: EndpointHealth;
  createdAt: Date;
  updatedAt: Date;
}

export const ENDPOINT_MODEL = 'Endpoint';

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

export const endpointSchema = new Schema<EndpointRow>(
  {
    _id: text,
    organizationId: text,
    livemode: { type: Boolean, required: true },
    family: text,
    slot: String,
    siteId: String,
    url: text,
    origin: text,
    description: String,
    events: [String],
    headers: [{ _id: false, name: text, ciphertext: text }],
    credentials: { _id: false, type: { username: text, ciphertext: text } },
    merchantId: String,
    secrets: [{ _id: false, ciphertext: text, preview: String, validUntil: Date }],
    state: text,
    disabledReason: String,
    disabledAt: Date,
    health: {
      _id: false,
      required: true,
      type: {
        revision: number,
        failures: number,
        failingSince: Date,
        outages: number,
        outageSince: Date,
        openUntil: Date,
        openings: number,
        probe: String,
        gone: [String],
        lastSuccessAt: Date,
        lastFailureAt: Date,
      },
    },
    createdAt: date,
    updatedAt: date,
  },
  { collection: 'endpoints', versionKey: false },
)
  // One endpoint for each place that has only one.
  .index({ organizationId: 1, livemode: 1, slot: 1 }, { unique: true, partialFilterExpression: { slot: { $exists: true } } })
  .index({ state: 1 })
  // The few whose circuit is open.
  .index({ 'health.openUntil': 1 });
addPageIndex(endpointSchema);
