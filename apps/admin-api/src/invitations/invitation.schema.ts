import { addOrganizationPageIndex, addPlatformPageIndex } from '@paygate/data-kit';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';
import { Schema } from 'mongoose';

export const INVITATION_STATUSES = ['open', 'accepted', 'withdrawn'] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** An offer to one e-mail address, good once. Whoever has its link and signs in with that address may accept it. */
export interface InvitationRow {
  _id: string;
  /** Absent: an invitation to the platform itself. */
  organizationId?: string;
  /** As canonicalEmail writes it. */
  email: string;
  /** What the person becomes in the organization; absent without one. */
  role?: Role;
  /** The person will manage the platform. */
  globalAdmin?: boolean;
  /** Keyed hash of the token in the link. */
  tokenHash: string;
  status: InvitationStatus;
  expiresAt: Date;
  acceptedBy?: string;
  createdAt: Date;
  updatedAt: Date;
}

export const INVITATION_MODEL = 'Invitation';

/** Rows hold e-mail addresses. They stay long enough to tell a late guest what happened; the audit log keeps the story. */
const KEPT_SECONDS = 30 * 24 * 3600;

export const invitationSchema = new Schema<InvitationRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String },
    email: { type: String, required: true, maxlength: 254 },
    role: { type: String, enum: ROLES },
    globalAdmin: { type: Boolean },
    tokenHash: { type: String, required: true },
    status: { type: String, required: true, enum: INVITATION_STATUSES },
    expiresAt: { type: Date, required: true },
    acceptedBy: { type: String },
  },
  { collection: 'invitations', timestamps: true, versionKey: false },
)
  .index({ tokenHash: 1 }, { unique: true })
  // One open invitation per address and organization, also when two people invite at once.
  .index({ organizationId: 1, email: 1 }, { unique: true, partialFilterExpression: { status: 'open' } })
  .index({ expiresAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
addOrganizationPageIndex(invitationSchema);
addPlatformPageIndex(invitationSchema);
