import { Schema } from 'mongoose';
import { SANDBOX_STATUSES } from './sandbox-payment.js';
import type { SandboxMethod, SandboxPayment } from './sandbox-payment.js';

export interface SandboxPaymentRow extends Omit<SandboxPayment, 'id'> {
  _id: string;
  idempotencyKey?: string;
  /** Hash of the body the key stood for. */
  requestHash: string;
}

export const SANDBOX_PAYMENT_MODEL = 'SandboxPayment';

// Written out: in Mongoose a plain object with a field named "type" would be read as a type.
const methodSchema = new Schema<SandboxMethod>(
  { type: { type: String, required: true }, brand: { type: String }, last4: { type: String, required: true } },
  { _id: false },
);

export const sandboxPaymentSchema = new Schema<SandboxPaymentRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    pageToken: { type: String, required: true },
    idempotencyKey: { type: String },
    requestHash: { type: String, required: true },
    transactionId: { type: String, required: true },
    status: { type: String, required: true, enum: SANDBOX_STATUSES },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    description: { type: String, required: true },
    returnUrl: { type: String, required: true },
    webhookUrl: { type: String },
    webhookSecret: { type: String },
    method: { type: methodSchema },
    declineCode: { type: String },
    settleAt: { type: Date },
    settleDeclineCode: { type: String },
    takenBack: { type: Number },
    refundsFail: { type: Boolean },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'sandbox_payments', versionKey: false },
);

// Of two creations at once with one key, the database lets one through.
sandboxPaymentSchema.index(
  { account: 1, idempotencyKey: 1 },
  { unique: true, partialFilterExpression: { idempotencyKey: { $exists: true } } },
);
sandboxPaymentSchema.index({ pageToken: 1 }, { unique: true });
sandboxPaymentSchema.index({ account: 1, transactionId: 1 });
sandboxPaymentSchema.index({ settleAt: 1 }, { partialFilterExpression: { settleAt: { $exists: true } } });
