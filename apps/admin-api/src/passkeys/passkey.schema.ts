import { Schema } from 'mongoose';

/** A credential one of a person's devices holds the private half of. */
export interface PasskeyRow {
  _id: string;
  userId: string;
  /** What the person calls it. */
  label: string;
  /** The authenticator's own name for it, base64url. */
  credentialId: string;
  /** COSE, base64url. */
  publicKey: string;
  /** Uses the authenticator has counted; many do not count and stay at 0. */
  counter: number;
  transports: string[];
  /** Synchronized by its provider, so it survives the loss of the device. */
  backedUp: boolean;
  /** Model of the authenticator; all zeros when it keeps that to itself. */
  aaguid: string;
  createdAt: Date;
  lastUsedAt?: Date;
}

export const PASSKEY_MODEL = 'Passkey';

export const passkeySchema = new Schema<PasskeyRow>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    label: { type: String, required: true, maxlength: 60 },
    credentialId: { type: String, required: true },
    publicKey: { type: String, required: true },
    counter: { type: Number, required: true },
    transports: { type: [String], required: true },
    backedUp: { type: Boolean, required: true },
    aaguid: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date },
  },
  { collection: 'passkeys', versionKey: false },
)
  .index({ credentialId: 1 }, { unique: true })
  .index({ userId: 1, createdAt: 1, _id: 1 });
