import { Schema } from 'mongoose';

/** Why a session is over before its time. */
export const SESSION_END_REASONS = ['logout', 'refresh_reused', 'passkey_deleted', 'user_disabled'] as const;
export type SessionEndReason = (typeof SESSION_END_REASONS)[number];

/** One signed-in browser of one person. */
export interface SessionRow {
  _id: string;
  userId: string;
  /** The passkey that opened it; absent when no passkey did (the session of a demo). */
  passkeyId?: string;
  /** Keyed hash of the one refresh token that is good now. */
  refreshHash: string;
  /** When it ends if it is not refreshed before. */
  expiresAt: Date;
  lastUsedAt: Date;
  endedAt?: Date;
  endReason?: SessionEndReason;
  userAgent?: string;
  address?: string;
  createdAt: Date;
}

export const SESSION_MODEL = 'Session';

/** Rows stay a while after their end, so that an old refresh token is still told what happened. */
const KEPT_SECONDS = 7 * 24 * 3600;

export const sessionSchema = new Schema<SessionRow>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    passkeyId: { type: String },
    refreshHash: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    lastUsedAt: { type: Date, required: true },
    endedAt: { type: Date },
    endReason: { type: String, enum: SESSION_END_REASONS },
    userAgent: { type: String, maxlength: 300 },
    address: { type: String },
    createdAt: { type: Date, required: true },
  },
  { collection: 'sessions', versionKey: false },
)
  .index({ userId: 1, endedAt: 1 })
  .index({ expiresAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
