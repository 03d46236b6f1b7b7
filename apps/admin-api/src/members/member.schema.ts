import { addOrganizationPageIndex } from '@paygate/data-kit';
import { ROLES } from '@paygate/nest-kit';
import type { Role } from '@paygate/nest-kit';
import { Schema } from 'mongoose';

/** That a person belongs to an organization, and as what. */
export interface MemberRow {
  _id: string;
  organizationId: string;
  userId: string;
  role: Role;
  /** Counts up whenever somebody relies on this member staying an Admin. */
  holds?: number;
  createdAt: Date;
  updatedAt: Date;
}

export const MEMBER_MODEL = 'Member';

export const memberSchema = new Schema<MemberRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    userId: { type: String, required: true },
    role: { type: String, required: true, enum: ROLES },
    holds: { type: Number },
  },
  { collection: 'members', timestamps: true, versionKey: false },
)
  .index({ organizationId: 1, userId: 1 }, { unique: true })
  .index({ organizationId: 1, role: 1 })
  .index({ userId: 1 });
addOrganizationPageIndex(memberSchema);
