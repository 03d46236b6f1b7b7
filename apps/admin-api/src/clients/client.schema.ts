import { addPageIndex } from '@paygate/data-kit';
import type { Listable } from '@paygate/data-kit';
import { Schema } from 'mongoose';
import { TAX_ID_TYPES } from './client.js';
import type { TaxIdType } from './client.js';

/** What identifies or describes a person, each encrypted for its client and field. Addresses and metadata as JSON. */
export const SEALED_FIELDS = [
  'email',
  'firstName',
  'lastName',
  'company',
  'phone',
  'billingAddress',
  'shippingAddress',
  'notes',
  'metadata',
  'taxId',
  'peppolValue',
] as const;
export type SealedField = (typeof SEALED_FIELDS)[number];
export type SealedDetails = Record<'email' | 'metadata', string> & Partial<Record<SealedField, string>>;

/** A client at rest. What is not sealed is needed by filters, or tells nothing about a person. */
export interface ClientRow extends Listable {
  _id: string;
  sealed: SealedDetails;
  /** Of the billing address. */
  country?: string;
  locale?: string;
  currency?: string;
  externalId?: string;
  taxIdType?: TaxIdType;
  taxCountry?: string;
  peppolSchemeId?: string;
  updatedAt: Date;
}

/** What a client is found by, see BlindIndex. Not read back with the record. */
export interface ClientKeys {
  /** The same address under every encryption key of the time it was written. */
  emailHashes: string[];
  tokens: string[];
}

export type StoredClient = ClientRow & ClientKeys;

/** A deleted client is out of reach of lists, search and uniqueness; its record is kept, its search keys are not. */
export type DeletedClientRow = ClientRow & { deletedAt: Date };

export const CLIENT_MODEL = 'Client';
export const DELETED_CLIENT_MODEL = 'DeletedClient';

const sealedSchema = new Schema<SealedDetails>(Object.fromEntries(SEALED_FIELDS.map((field) => [field, { type: String }])), { _id: false });

const fields = {
  _id: { type: String, required: true },
  organizationId: { type: String, required: true },
  livemode: { type: Boolean, required: true },
  sealed: { type: sealedSchema, required: true },
  country: { type: String },
  locale: { type: String },
  currency: { type: String },
  externalId: { type: String },
  taxIdType: { type: String, enum: TAX_ID_TYPES },
  taxCountry: { type: String },
  peppolSchemeId: { type: String },
  createdAt: { type: Date, required: true },
  updatedAt: { type: Date, required: true },
} as const;

export const clientSchema = new Schema<StoredClient>(
  {
    ...fields,
    emailHashes: { type: [String], required: true, select: false },
    tokens: { type: [String], required: true, select: false },
  },
  { collection: 'clients', versionKey: false },
)
  .index({ organizationId: 1, livemode: 1, emailHashes: 1 }, { unique: true })
  .index({ organizationId: 1, livemode: 1, externalId: 1 }, { unique: true, partialFilterExpression: { externalId: { $gt: '' } } });
addPageIndex(clientSchema);
addPageIndex(clientSchema, 'country');
addPageIndex(clientSchema, 'tokens');

export const deletedClientSchema = new Schema<DeletedClientRow>(
  { ...fields, deletedAt: { type: Date, required: true } },
  { collection: 'deleted_clients', versionKey: false },
);
