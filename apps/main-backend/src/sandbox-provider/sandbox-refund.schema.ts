import { Schema } from 'mongoose';
import { SANDBOX_REFUND_STATUSES } from './sandbox-refund.js';
import type { SandboxRefund } from './sandbox-refund.js';

export interface SandboxRefundRow extends Omit<SandboxRefund, 'id'> {
  _id: string;
  idempotencyKey?: string;
  /** Hash of the body the key stood for. */
  requestHash: string;
}

export const SANDBOX_REFUND_MODEL = 'SandboxRefund';

export const sandboxRefundSchema = new Schema<SandboxRefundRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    paymentId: { type: String, required: true },
    transactionId: { type: String, required: true },
    refundId: { type: String },
    status: { type: String, required: true, enum: SANDBOX_REFUND_STATUSES },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    reason: { type: String },
    settleAt: { type: Date },
    idempotencyKey: { type: String },
    requestHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'sandbox_refunds', versionKey: false },
);

// Of two creations at once with one key, the database lets one through.
sandboxRefundSchema.index(
  { account: 1, idempotencyKey: 1 },
  { unique: true, partialFilterExpression: { idempotencyKey: { $exists: true } } },
);
sandboxRefundSchema.index({ account: 1, paymentId: 1, createdAt: -1, _id: -1 });
sandboxRefundSchema.index({ settleAt: 1 }, { partialFilterExpression: { settleAt: { $exists: true } } });
