import { Schema } from 'mongoose';

export const IPN_VERSIONS = [1, 2] as const;
export type IpnVersion = (typeof IPN_VERSIONS)[number];

/** A `whsec_` secret, encrypted for its site. Without `validUntil` it is the current one; an older one signs on until then. */
export interface StoredSigningSecret {
  ciphertext: string;
  createdAt: Date;
  validUntil?: Date;
}

export interface Branding {
  logoUrl?: string;
  /** `#rrggbb` */
  primaryColor?: string;
}

/** A storefront of an organization: what its checkouts look like, who is paid through, and who is told. */
export interface SiteRow {
  _id: string;
  organizationId: string;
  name: string;
  active: boolean;
  /** Offered on the site's checkouts, in this order. */
  providerIds: string[];
  branding: Branding;
  ipnVersion: IpnVersion;
  /** A new checkout of the same externalReference replaces the older open ones. */
  supersedeOpenCheckouts: boolean;
  allowedOrigins: string[];
  signingSecrets: StoredSigningSecret[];
  supportEmail?: string;
  createdAt: Date;
  updatedAt: Date;
}

export const SITE_MODEL = 'Site';

const signingSecretSchema = new Schema<StoredSigningSecret>(
  {
    ciphertext: { type: String, required: true },
    createdAt: { type: Date, required: true },
    validUntil: { type: Date },
  },
  { _id: false },
);

const brandingSchema = new Schema<Branding>(
  { logoUrl: { type: String, maxlength: 2000 }, primaryColor: { type: String, match: /^#[0-9a-fA-F]{6}$/ } },
  { _id: false },
);

export const siteSchema = new Schema<SiteRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    name: { type: String, required: true, maxlength: 200 },
    active: { type: Boolean, required: true },
    providerIds: { type: [String], required: true },
    branding: { type: brandingSchema, required: true },
    ipnVersion: { type: Number, required: true, enum: IPN_VERSIONS },
    supersedeOpenCheckouts: { type: Boolean, required: true },
    allowedOrigins: { type: [String], required: true },
    signingSecrets: { type: [signingSecretSchema], required: true },
    supportEmail: { type: String, maxlength: 254 },
  },
  { collection: 'sites', timestamps: true, versionKey: false, minimize: false },
)
  .index({ organizationId: 1, createdAt: -1, _id: -1 })
  .index({ organizationId: 1, name: 1 }, { unique: true });
