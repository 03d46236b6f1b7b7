import { Schema } from 'mongoose';

/** A merchant's account at a payment provider. Inert until a site offers it. */
export interface ProviderRow {
  _id: string;
  organizationId: string;
  /** Test-mode accounts serve test checkouts only, live ones live checkouts only. */
  livemode: boolean;
  /** `sandbox`, `stripe`, … */
  type: string;
  /** What the buyer reads. */
  label: string;
  description?: string;
  enabled: boolean;
  /** JSON of the credentials, encrypted for this provider. */
  credentials: string;
  createdAt: Date;
  updatedAt: Date;
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
  },
  { collection: 'providers', timestamps: true, versionKey: false },
)
  .index({ organizationId: 1, livemode: 1, createdAt: -1, _id: -1 })
  .index({ organizationId: 1, livemode: 1, type: 1, label: 1 }, { unique: true });
