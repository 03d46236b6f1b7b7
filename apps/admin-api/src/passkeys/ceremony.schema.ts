import { Schema } from 'mongoose';

/** What a challenge was given out for. A registration names its person, who need not exist yet. */
export type CeremonySubject =
  | { kind: 'authentication' }
  | { kind: 'registration'; for: 'setup'; userId: string; email: string; displayName: string }
  | {
      kind: 'registration';
      for: 'invitation';
      userId: string;
      email: string;
      displayName: string;
      invitationId: string;
      globalAdmin: boolean;
    }
  | { kind: 'registration'; for: 'user'; userId: string };

/** A challenge that waits for its answer. */
export interface CeremonyRow {
  _id: string;
  /** Keyed hash of the secret in the cookie of the browser that asked. */
  secretHash: string;
  challenge: string;
  subject: CeremonySubject;
  expiresAt: Date;
}

export const CEREMONY_MODEL = 'PasskeyCeremony';

export const ceremonySchema = new Schema<CeremonyRow>(
  {
    _id: { type: String, required: true },
    secretHash: { type: String, required: true },
    challenge: { type: String, required: true },
    subject: { type: Schema.Types.Mixed, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'passkey_ceremonies', versionKey: false },
).index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
