import { addPageIndex } from '@paygate/data-kit';
import { HOLD_STATUSES } from '@paygate/messages';
import type { HoldStatus } from '@paygate/messages';
import { HOLD_ACTIONS, HOLD_REASONS } from '@paygate/payments-domain';
import type { HoldAction, HoldReason } from '@paygate/payments-domain';
import { Schema } from 'mongoose';

export interface HoldRow {
  _id: string;
  organizationId: string;
  livemode: boolean;
  /** How the buyer is found; see `buyerKeys`. */
  buyerKeys: string[];
  email?: string;
  clientId?: string;
  status: HoldStatus;
  action: HoldAction;
  reason: HoldReason;
  allowedProviderTypes: string[];
  note?: string;
  chargebackId?: string;
  transactionId?: string;
  /** Why it was released. What somebody has released by hand stays so; what a won case has, may come back. */
  released?: 'by_hand' | 'dispute_won';
  releasedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

/** A dispute nobody has decided yet, by its buyer. */
export interface OpenDisputeRow {
  /** Of the chargeback. */
  _id: string;
  organizationId: string;
  livemode: boolean;
  buyerKeys: string[];
  transactionId: string;
  externalReference?: string;
  amount: number;
  currency: string;
  status: string;
  openedAt: Date;
}

export const HOLD_MODEL = 'CustomerRiskHold';
export const OPEN_DISPUTE_MODEL = 'OpenDispute';

export const holdSchema = new Schema<HoldRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    buyerKeys: { type: [String], required: true },
    email: { type: String },
    clientId: { type: String },
    status: { type: String, required: true, enum: HOLD_STATUSES },
    action: { type: String, required: true, enum: HOLD_ACTIONS },
    reason: { type: String, required: true, enum: HOLD_REASONS },
    allowedProviderTypes: { type: [String], required: true },
    note: { type: String },
    chargebackId: { type: String },
    transactionId: { type: String },
    released: { type: String, enum: ['by_hand', 'dispute_won'] },
    releasedAt: { type: Date },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'customer_risk_holds', versionKey: false },
);
addPageIndex(holdSchema);
holdSchema.index({ organizationId: 1, livemode: 1, status: 1, createdAt: -1, _id: -1 });
holdSchema.index({ organizationId: 1, livemode: 1, buyerKeys: 1, status: 1 });
// One dispute makes one hold, however often we hear of it.
holdSchema.index({ chargebackId: 1 }, { unique: true, partialFilterExpression: { chargebackId: { $exists: true } } });

export const openDisputeSchema = new Schema<OpenDisputeRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    buyerKeys: { type: [String], required: true },
    transactionId: { type: String, required: true },
    externalReference: { type: String },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    status: { type: String, required: true },
    openedAt: { type: Date, required: true },
  },
  { collection: 'open_disputes', versionKey: false },
);
openDisputeSchema.index({ organizationId: 1, livemode: 1, buyerKeys: 1 });
