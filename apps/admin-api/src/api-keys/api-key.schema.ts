import { addOrganizationPageIndex, addPlatformPageIndex } from '@paygate/data-kit';
import { Schema } from 'mongoose';

export const ENVIRONMENTS = ['live', 'test'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** The secret before a rotation; it opens the door until `validUntil`. */
export interface PreviousSecret {
  hash: string;
  validUntil: Date;
}

export const MAKER_KINDS = ['user', 'api_key', 'system_key'] as const;

/** Who made a key. The name is the one of that time. */
export interface KeyMaker {
  kind: (typeof MAKER_KINDS)[number];
  id: string;
  name: string;
}

/** A key of one organization, or of the platform's operators. Of its secret only a keyed hash is kept. */
export interface ApiKeyRow {
  _id: string;
  /** Absent for a system key. */
  organizationId?: string;
  /** Public first half of the key, by which it is found. */
  keyId: string;
  name: string;
  environment: Environment;
  scopes: string[];
  secretHash: string;
  previousSecret?: PreviousSecret;
  /** Addresses or CIDR ranges; empty means from anywhere. */
  ipAllowlist: string[];
  expiresAt?: Date;
  revokedAt?: Date;
  /** To the minute. */
  lastUsedAt?: Date;
  /** Absent for a key the platform made by itself, such as that of the demo. */
  createdBy?: KeyMaker;
  createdAt: Date;
  updatedAt: Date;
}

export const API_KEY_MODEL = 'ApiKey';

const previousSecretSchema = new Schema<PreviousSecret>(
  { hash: { type: String, required: true }, validUntil: { type: Date, required: true } },
  { _id: false },
);

const makerSchema = new Schema<KeyMaker>(
  {
    kind: { type: String, required: true, enum: MAKER_KINDS },
    id: { type: String, required: true },
    name: { type: String, required: true },
  },
  { _id: false, id: false },
);

export const apiKeySchema = new Schema<ApiKeyRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String },
    keyId: { type: String, required: true },
    name: { type: String, required: true, maxlength: 200 },
    environment: { type: String, required: true, enum: ENVIRONMENTS },
    scopes: { type: [String], required: true },
    secretHash: { type: String, required: true },
    previousSecret: { type: previousSecretSchema },
    ipAllowlist: { type: [String], required: true },
    expiresAt: { type: Date },
    revokedAt: { type: Date },
    lastUsedAt: { type: Date },
    createdBy: { type: makerSchema },
  },
  { collection: 'api_keys', timestamps: true, versionKey: false },
).index({ keyId: 1 }, { unique: true });
addOrganizationPageIndex(apiKeySchema);
// System keys are listed across the platform.
addPlatformPageIndex(apiKeySchema);
