import { addOrganizationPageIndex } from '@paygate/data-kit';
import { PAYMENT_METHODS } from '@paygate/payments-domain';
import type { RoutingRule } from '@paygate/payments-domain';
import { Schema } from 'mongoose';
import { IPN_VERSIONS } from './site.js';
import type { Branding, Site, SiteInvoicing, StoredSigningSecret } from './site.js';

/** Sites written by earlier versions lack the optional ones. */
export type SiteRow = Omit<Site, 'id' | 'testOnly' | 'routing' | 'invoicing'> & {
  _id: string;
  testOnly?: boolean;
  routing?: RoutingRule[];
  invoicing?: SiteInvoicing;
};

export const SITE_MODEL = 'Site';

const COLOUR = { type: String, match: /^#[0-9a-fA-F]{6}$/ } as const;

const signingSecretSchema = new Schema<StoredSigningSecret>(
  {
    ciphertext: { type: String, required: true },
    createdAt: { type: Date, required: true },
    validUntil: { type: Date },
  },
  { _id: false },
);

const brandingSchema = new Schema<Branding>(
  { logoUrl: { type: String, maxlength: 2000 }, primaryColor: COLOUR, accentColor: COLOUR },
  { _id: false },
);

const invoicingSchema = new Schema<SiteInvoicing>(
  { invoicePrefix: { type: String, maxlength: 20 }, creditNotePrefix: { type: String, maxlength: 20 } },
  { _id: false },
);

// Lists have no default: an absent condition is not an empty one.
const routingRuleSchema = new Schema<RoutingRule>(
  {
    providerId: { type: String, required: true },
    currencies: { type: [String], default: undefined },
    minAmount: { type: Number },
    maxAmount: { type: Number },
    countries: { type: [String], default: undefined },
    methods: { type: [String], enum: PAYMENT_METHODS, default: undefined },
    onRefusal: { type: String, enum: ['stop', 'next'] },
  },
  { _id: false },
);

export const siteSchema = new Schema<SiteRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    name: { type: String, required: true, maxlength: 200 },
    active: { type: Boolean, required: true },
    testOnly: { type: Boolean },
    providerIds: { type: [String], required: true },
    defaultProviderId: { type: String },
    routing: { type: [routingRuleSchema], default: undefined },
    branding: { type: brandingSchema, required: true },
    ipnVersion: { type: Number, required: true, enum: IPN_VERSIONS },
    supersedeOpenCheckouts: { type: Boolean, required: true },
    allowedOrigins: { type: [String], required: true },
    signingSecrets: { type: [signingSecretSchema], required: true },
    supportEmail: { type: String, maxlength: 254 },
    invoicing: { type: invoicingSchema },
    deletedAt: { type: Date },
  },
  { collection: 'sites', timestamps: true, versionKey: false, minimize: false },
)
  // The name of a deleted site is free again.
  .index({ organizationId: 1, name: 1, deletedAt: 1 }, { unique: true });

addOrganizationPageIndex(siteSchema);
