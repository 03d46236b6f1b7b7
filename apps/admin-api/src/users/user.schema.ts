import { addPlatformPageIndex } from '@paygate/data-kit';
import { Schema } from 'mongoose';
import { NOTIFICATION_KINDS } from './notification-preferences.js';
import type { NotificationPreferences } from './notification-preferences.js';

/** A person who signs in. What they may do in an organization stands in its memberships. */
export interface UserRow {
  _id: string;
  /** As {@link canonicalEmail} writes it. */
  email: string;
  displayName: string;
  /** May manage the platform itself; gives no access to organizations' data. */
  globalAdmin: boolean;
  disabledAt?: Date;
  /** BCP 47 tag. */
  locale: string;
  /** IANA name. */
  timezone: string;
  notifications: NotificationPreferences;
  /** Counts up whenever the person's passkeys change, so that two such changes cannot overlook each other. */
  passkeyRevision: number;
  /** Counts up whenever somebody relies on this person staying a global administrator. */
  holds?: number;
  createdAt: Date;
  updatedAt: Date;
}

export const USER_MODEL = 'User';

const notificationsSchema = new Schema<NotificationPreferences>(
  Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, { type: Boolean, required: true }])),
  { _id: false },
);

export const userSchema = new Schema<UserRow>(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true, maxlength: 254 },
    displayName: { type: String, required: true, maxlength: 100 },
    globalAdmin: { type: Boolean, required: true },
    disabledAt: { type: Date },
    locale: { type: String, required: true },
    timezone: { type: String, required: true },
    notifications: { type: notificationsSchema, required: true },
    passkeyRevision: { type: Number, required: true },
    holds: { type: Number },
  },
  { collection: 'users', timestamps: true, versionKey: false },
)
  .index({ email: 1 }, { unique: true })
  .index({ globalAdmin: 1 }, { partialFilterExpression: { globalAdmin: true } });

addPlatformPageIndex(userSchema);
