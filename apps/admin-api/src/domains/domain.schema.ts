import { addPageIndex } from '@paygate/data-kit';
import { Schema } from 'mongoose';
import { DNS_PROBLEMS } from './cname-check.js';
import type { DnsProblem } from './cname-check.js';

export const DOMAIN_STATUSES = ['pending', 'verified'] as const;
export type DomainStatus = (typeof DOMAIN_STATUSES)[number];

/** A host name of a merchant that leads to the payment pages. */
export interface DomainRow {
  _id: string;
  organizationId: string;
  livemode: boolean;
  /** In canonical form; one of its kind over all organizations. */
  domain: string;
  /** The site it is meant for. */
  siteId?: string;
  status: DomainStatus;
  verifiedAt?: Date;
  lastCheckedAt?: Date;
  lastCheckError?: DnsProblem;
  /** The file by which Apple Pay knows the domain. */
  applePayAssociation?: string;
  createdAt: Date;
  updatedAt: Date;
}

export const DOMAIN_MODEL = 'Domain';

export const domainSchema = new Schema<DomainRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    domain: { type: String, required: true, maxlength: 253 },
    siteId: { type: String },
    status: { type: String, required: true, enum: DOMAIN_STATUSES },
    verifiedAt: { type: Date },
    lastCheckedAt: { type: Date },
    lastCheckError: { type: String, enum: DNS_PROBLEMS },
    applePayAssociation: { type: String },
  },
  { collection: 'domains', timestamps: true, versionKey: false },
).index({ domain: 1 }, { unique: true });

addPageIndex(domainSchema);
