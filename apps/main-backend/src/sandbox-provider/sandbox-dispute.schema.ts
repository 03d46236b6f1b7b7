import { Schema } from 'mongoose';
import { SANDBOX_DISPUTE_STATUSES } from './sandbox-dispute.js';
import type { SandboxDispute } from './sandbox-dispute.js';

export interface SandboxDisputeRow extends Omit<SandboxDispute, 'id'> {
  _id: string;
}

export const SANDBOX_DISPUTE_MODEL = 'SandboxDispute';

export const sandboxDisputeSchema = new Schema<SandboxDisputeRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    paymentId: { type: String, required: true },
    transactionId: { type: String, required: true },
    status: { type: String, required: true, enum: SANDBOX_DISPUTE_STATUSES },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    reason: { type: String, required: true },
    evidenceDueBy: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'sandbox_disputes', versionKey: false },
);

sandboxDisputeSchema.index({ account: 1, paymentId: 1, createdAt: -1, _id: -1 });
