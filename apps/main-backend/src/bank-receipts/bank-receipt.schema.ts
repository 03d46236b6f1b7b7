import { addPageIndex } from '@paygate/data-kit';
import { BANK_RECEIPT_STATES } from '@paygate/messages';
import type { BankReceiptState } from '@paygate/messages';
import { LISTING_REASONS, RECEIPT_SOURCES } from '@paygate/payments-domain';
import type { ListingReason, ReceiptSource } from '@paygate/payments-domain';
import { Schema } from 'mongoose';

export interface BankReceiptRow {
  _id: string;
  organizationId: string;
  livemode: boolean;
  providerId: string;
  source: ReceiptSource;
  key: string;
  state: BankReceiptState;
  amount: number;
  currency: string;
  bookedOn: Date;
  text: string;
  payerName?: string;
  payerAccount?: string;
  transactionId?: string;
  reason?: ListingReason;
  suggestions: string[];
  unsettledSince?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const BANK_RECEIPT_MODEL = 'BankReceipt';

export const bankReceiptSchema = new Schema<BankReceiptRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    providerId: { type: String, required: true },
    source: { type: String, required: true, enum: RECEIPT_SOURCES },
    key: { type: String, required: true },
    state: { type: String, required: true, enum: BANK_RECEIPT_STATES },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    bookedOn: { type: Date, required: true },
    text: { type: String },
    payerName: { type: String },
    payerAccount: { type: String },
    transactionId: { type: String },
    reason: { type: String, enum: LISTING_REASONS },
    suggestions: { type: [String], required: true },
    unsettledSince: { type: Date },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'bank_receipts', versionKey: false },
);

bankReceiptSchema.index({ providerId: 1, source: 1, key: 1 }, { unique: true });
addPageIndex(bankReceiptSchema);
for (const field of ['state', 'providerId'] as const) addPageIndex(bankReceiptSchema, field);
bankReceiptSchema.index(
  { organizationId: 1, livemode: 1, transactionId: 1, createdAt: -1, _id: -1 },
  { partialFilterExpression: { transactionId: { $exists: true } } },
);
// Only what a crash left between the money and the status.
bankReceiptSchema.index({ unsettledSince: 1 }, { sparse: true });
