import { addPlatformPageIndex } from '@paygate/data-kit';
import { Schema } from 'mongoose';

export const ORGANIZATION_STATUSES = ['active', 'suspended'] as const;
export type OrganizationStatus = (typeof ORGANIZATION_STATUSES)[number];

/** What a slug looks like. */
export const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A legal tenant: everything a merchant owns belongs to one organization. */
export interface OrganizationRow {
  _id: string;
  name: string;
  /** Name in addresses, unique over the platform. */
  slug: string;
  status: OrganizationStatus;
  suspendedAt?: Date;
  /** Why operators suspended it, in their words. */
  suspensionReason?: string;
  supportEmail?: string;
  website?: string;
  /** ISO 3166-1 alpha-2, upper case. */
  country?: string;
  /** IANA name. */
  timezone?: string;
  /** BCP 47 tag. */
  defaultLocale?: string;
  logoUrl?: string;
  createdAt: Date;
  updatedAt: Date;
}

export const ORGANIZATION_MODEL = 'Organization';

export const organizationSchema = new Schema<OrganizationRow>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true, maxlength: 200 },
    slug: { type: String, required: true, match: SLUG },
    status: { type: String, required: true, enum: ORGANIZATION_STATUSES },
    suspendedAt: { type: Date },
    suspensionReason: { type: String, maxlength: 500 },
    supportEmail: { type: String, maxlength: 254 },
    website: { type: String, maxlength: 2000 },
    country: { type: String, match: /^[A-Z]{2}$/ },
    timezone: { type: String, maxlength: 64 },
    defaultLocale: { type: String, maxlength: 35 },
    logoUrl: { type: String, maxlength: 2000 },
  },
  { collection: 'organizations', timestamps: true, versionKey: false },
).index({ slug: 1 }, { unique: true });
addPlatformPageIndex(organizationSchema);
