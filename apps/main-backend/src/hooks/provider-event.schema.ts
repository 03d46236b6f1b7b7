import { Schema } from 'mongoose';
import type { ProviderSubject } from '../providers/index.js';

/** Providers repeat notifications for days; after this long a repetition would be processed again, without effect. */
const PROCESSED_KEPT_SECONDS = 90 * 24 * 3600;

export interface ProviderEventRow {
  _id: string;
  organizationId: string;
  livemode: boolean;
  providerId: string;
  eventId: string;
  type: string;
  subject: ProviderSubject;
  occurredAt: Date;
  receivedAt: Date;
  attempts: number;
  /** When it is processed next; absent once it has been. */
  dueAt?: Date;
  processedAt?: Date;
  /** What processing it did: `moved`, `unchanged`, `contradiction`, `not_here`. */
  outcome?: string;
  lastError?: string;
}

export const PROVIDER_EVENT_MODEL = 'ProviderEvent';

export const providerEventSchema = new Schema<ProviderEventRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    providerId: { type: String, required: true },
    eventId: { type: String, required: true },
    type: { type: String, required: true },
    subject: { type: Schema.Types.Mixed, required: true },
    occurredAt: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    attempts: { type: Number, required: true },
    dueAt: { type: Date },
    processedAt: { type: Date },
    outcome: { type: String },
    lastError: { type: String },
  },
  { collection: 'provider_events', versionKey: false },
);

providerEventSchema.index({ providerId: 1, eventId: 1 }, { unique: true });
// Only what is still to be processed.
providerEventSchema.index({ dueAt: 1 }, { sparse: true });
providerEventSchema.index({ processedAt: 1 }, { expireAfterSeconds: PROCESSED_KEPT_SECONDS });
