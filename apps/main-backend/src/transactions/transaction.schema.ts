import { addPageIndex } from '@paygate/data-kit';
import type { Address } from '@paygate/messages';
import { CHARGEBACK_STATUSES, REFUND_STATUSES, TRANSACTION_STATUSES } from '@paygate/payments-domain';
import type { TransactionStatus } from '@paygate/payments-domain';
import { Schema } from 'mongoose';
import { addressSchema } from '../checkouts/index.js';
import type { DisputeShare, FailureRecord, PaymentMethodRecord, RefundShare, TimelineRecord } from './transaction.js';

export interface TransactionRow {
  _id: string;
  organizationId: string;
  livemode: boolean;
  checkoutId: string;
  sessionPublicId: string;
  siteId: string;
  providerId: string;
  providerType: string;
  status: TransactionStatus;
  amount: number;
  currency: string;
  refundedAmount: number;
  receivedAmount?: number;
  /** Absent until money first goes back. */
  refunds?: RefundShare[];
  chargebacks?: DisputeShare[];
  moneyVersion?: number;
  externalReference?: string;
  invoiceNumber?: string;
  clientId?: string;
  email?: string;
  billingAddress?: Address;
  locale?: string;
  metadata: Record<string, string>;
  ipnUrl?: string;
  taxVersion?: number;
  providerReference?: string;
  redirectUrl?: string;
  paymentMethod?: PaymentMethodRecord;
  failure?: FailureRecord;
  eventVersion: number;
  timeline: TimelineRecord[];
  succeededAt?: Date;
  lookUps: number;
  nextLookUpAt?: Date;
  /** When a buyer's page last made us ask the provider. */
  polledAt?: Date;
  /** Taken out of the lists by its owner. Until a provider says it was paid after all. */
  deletedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const TRANSACTION_MODEL = 'Transaction';

const timelineSchema = new Schema<TimelineRecord>(
  {
    at: { type: Date, required: true },
    type: { type: String, required: true },
    status: { type: String, required: true, enum: TRANSACTION_STATUSES },
    source: { type: String, required: true },
    detail: { type: String },
  },
  { _id: false },
);

// Written out: in Mongoose a plain object with a field named "type" would be read as a type.
const paymentMethodSchema = new Schema<PaymentMethodRecord>(
  { type: { type: String, required: true }, brand: { type: String }, last4: { type: String } },
  { _id: false },
);

const failureSchema = new Schema<FailureRecord>(
  { code: { type: String, required: true }, message: { type: String, required: true } },
  { _id: false },
);

const refundShareSchema = new Schema<RefundShare>(
  {
    id: { type: String, required: true },
    status: { type: String, required: true, enum: REFUND_STATUSES },
    amount: { type: Number, required: true },
    at: { type: Date },
  },
  { _id: false, id: false },
);

const disputeShareSchema = new Schema<DisputeShare>(
  {
    id: { type: String, required: true },
    status: { type: String, required: true, enum: CHARGEBACK_STATUSES },
    amount: { type: Number },
    currency: { type: String },
    at: { type: Date },
  },
  { _id: false, id: false },
);

export const transactionSchema = new Schema<TransactionRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    checkoutId: { type: String, required: true },
    sessionPublicId: { type: String, required: true },
    siteId: { type: String, required: true },
    providerId: { type: String, required: true },
    providerType: { type: String, required: true },
    status: { type: String, required: true, enum: TRANSACTION_STATUSES },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    refundedAmount: { type: Number, required: true },
    receivedAmount: { type: Number },
    // Without a default: an empty list would be written into every new transaction.
    refunds: { type: [refundShareSchema], default: undefined },
    chargebacks: { type: [disputeShareSchema], default: undefined },
    moneyVersion: { type: Number },
    externalReference: { type: String },
    invoiceNumber: { type: String },
    clientId: { type: String },
    email: { type: String },
    billingAddress: { type: addressSchema },
    locale: { type: String },
    metadata: { type: Schema.Types.Mixed, required: true },
    ipnUrl: { type: String },
    taxVersion: { type: Number },
    providerReference: { type: String },
    redirectUrl: { type: String },
    paymentMethod: { type: paymentMethodSchema },
    failure: { type: failureSchema },
    eventVersion: { type: Number, required: true },
    timeline: { type: [timelineSchema], required: true },
    succeededAt: { type: Date },
    lookUps: { type: Number, required: true },
    nextLookUpAt: { type: Date },
    polledAt: { type: Date },
    deletedAt: { type: Date },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'transactions', versionKey: false },
);

addPageIndex(transactionSchema);
for (const field of ['siteId', 'status', 'providerId', 'currency']) addPageIndex(transactionSchema, field);
// What is asked for together most often, and would otherwise be a search for the rare among the many.
addPageIndex(transactionSchema, 'siteId', 'status');
addPageIndex(transactionSchema, 'status', 'currency');
for (const field of ['clientId', 'externalReference'] as const) {
  transactionSchema.index(
    { organizationId: 1, livemode: 1, [field]: 1, createdAt: -1, _id: -1 },
    { partialFilterExpression: { [field]: { $exists: true } } },
  );
}
// Refunds and disputes made at a provider's own pages name its payment only.
transactionSchema.index({ providerId: 1, providerReference: 1 }, { partialFilterExpression: { providerReference: { $exists: true } } });
addPageIndex(transactionSchema, 'checkoutId');
// Only undecided payments have a next look, so the sweep reads no others.
transactionSchema.index({ nextLookUpAt: 1 }, { sparse: true });
