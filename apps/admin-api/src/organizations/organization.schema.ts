import { Schema } from 'mongoose';

export const ORGANIZATION_STATUSES = ['active', 'suspended'] as const;
export type OrganizationStatus = (typeof ORGANIZATION_STATUSES)[number];

/** A legal tenant: everything a merchant owns belongs to one organization. */
export interface OrganizationRow {
  _id: string;
  name: string;
  /** Name in addresses, unique over the platform. */
  slug: string;
  status: OrganizationStatus;
  supportEmail?: string;
  createdAt: Date;
  updatedAt: Date;
}

export const ORGANIZATION_MODEL = 'Organization';

export const organizationSchema = new Schema<OrganizationRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true, maxlength: 200 },
    slug: { type: String, required: true, match: /^[a-z0-9][a-z0-9-]{0,62}$/ },
    status: { type: String, required: true, enum: ORGANIZATION_STATUSES },
    supportEmail: { type: String, maxlength: 254 },
  },
  { collection: 'organizations', timestamps: true, versionKey: false },
).index({ slug: 1 }, { unique: true });
