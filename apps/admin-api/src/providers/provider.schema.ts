import { addPageIndex } from '@paygate/data-kit';
import { Schema } from 'mongoose';
import type { Provider } from './provider.js';

export interface ProviderRow extends Omit<Provider, 'id'> {
  _id: string;
  /** How often sites were told to offer it. Counting makes a deletion at the same time notice. */
  timesOffered?: number;
}

export const PROVIDER_MODEL = 'Provider';

export const providerSchema = new Schema<ProviderRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    type: { type: String, required: true, match: /^[a-z][a-z0-9_-]{0,31}$/ },
    label: { type: String, required: true, maxlength: 200 },
    description: { type: String, maxlength: 2000 },
    enabled: { type: Boolean, required: true },
    credentials: { type: String, required: true },
    timesOffered: { type: Number },
    deletedAt: { type: Date },
  },
  { collection: 'providers', timestamps: true, versionKey: false },
)
  // The label of a deleted provider is free again.
  .index({ organizationId: 1, livemode: 1, type: 1, label: 1, deletedAt: 1 }, { unique: true });

addPageIndex(providerSchema);
