import { addPageIndex } from '@paygate/data-kit';
import { REFUND_ORIGINS } from '@paygate/messages';
import { REFUND_STATUSES } from '@paygate/payments-domain';
import { Schema } from 'mongoose';
import type { NewRefund, RefundFailure } from './refund.js';

export interface RefundRow extends Omit<NewRefund, 'id'> {
  _id: string;
  organizationId: string;
  livemode: boolean;
  lookUps: number;
  updatedAt: Date;
}

export const REFUND_MODEL = 'Refund';

const failureSchema = new Schema<RefundFailure>(
  { code: { type: String, required: true }, message: { type: String, required: true } },
  { _id: false },
);

export const refundSchema = new Schema<RefundRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    transactionId: { type: String, required: true },
    checkoutId: { type: String, required: true },
    siteId: { type: String, required: true },
    providerId: { type: String, required: true },
    providerType: { type: String, required: true },
    origin: { type: String, required: true, enum: REFUND_ORIGINS },
    status: { type: String, required: true, enum: REFUND_STATUSES },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    reason: { type: String },
    externalReference: { type: String },
    providerReference: { type: String },
    failure: { type: failureSchema },
    since: { type: Date },
    lookUps: { type: Number, required: true },
    nextLookUpAt: { type: Date },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'refunds', versionKey: false },
);

addPageIndex(refundSchema);
for (const field of ['transactionId', 'status', 'currency', 'siteId', 'providerId'] as const) addPageIndex(refundSchema, field);
// One refund at a provider is one refund here, however often and at the same time it is told.
refundSchema.index(
  { providerId: 1, providerReference: 1 },
  { unique: true, partialFilterExpression: { providerReference: { $exists: true } } },
);
// Only undecided refunds have a next look, so the sweep reads no others.
refundSchema.index({ nextLookUpAt: 1 }, { sparse: true });
