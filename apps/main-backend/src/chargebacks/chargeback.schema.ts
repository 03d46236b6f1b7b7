import { addPageIndex } from '@paygate/data-kit';
import { CHARGEBACK_STATUSES } from '@paygate/payments-domain';
import { Schema } from 'mongoose';
import type { NewChargeback } from './chargeback.js';

export interface ChargebackRow extends Omit<NewChargeback, 'id'> {
  _id: string;
  organizationId: string;
  livemode: boolean;
  updatedAt: Date;
}

export const CHARGEBACK_MODEL = 'Chargeback';

export const chargebackSchema = new Schema<ChargebackRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    transactionId: { type: String, required: true },
    checkoutId: { type: String, required: true },
    siteId: { type: String, required: true },
    providerId: { type: String, required: true },
    providerType: { type: String, required: true },
    providerReference: { type: String, required: true },
    status: { type: String, required: true, enum: CHARGEBACK_STATUSES },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    reason: { type: String },
    evidenceDueBy: { type: Date },
    externalReference: { type: String },
    clientId: { type: String },
    email: { type: String },
    since: { type: Date, required: true },
    closedAt: { type: Date },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'chargebacks', versionKey: false },
);

addPageIndex(chargebackSchema);
for (const field of ['transactionId', 'status', 'currency', 'siteId', 'providerId', 'clientId'] as const)
  addPageIndex(chargebackSchema, field);
// One dispute at a provider is one chargeback here, however often and at the same time it is told.
chargebackSchema.index({ providerId: 1, providerReference: 1 }, { unique: true });
