import type { VatIdCheck } from '@paygate/messages';
import { Schema } from 'mongoose';

/** A transaction whose VAT id could not be checked when it was made. */
export interface VatIdRecheckRow {
  /** Of the transaction. */
  _id: string;
  organizationId: string;
  livemode: boolean;
  vatId: string;
  countryCode: string;
  attempts: number;
  /** Absent when there is nothing left to ask. */
  recheckAt?: Date;
  /** What the service said at last; absent for ever when it was given up. */
  outcome?: VatIdCheck;
  createdAt: Date;
  updatedAt: Date;
}

export const VAT_ID_RECHECK_MODEL = 'VatIdRecheck';

export const vatIdRecheckSchema = new Schema<VatIdRecheckRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    vatId: { type: String, required: true },
    countryCode: { type: String, required: true },
    attempts: { type: Number, required: true },
    recheckAt: { type: Date },
    outcome: { type: Schema.Types.Mixed },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'vat_id_rechecks', versionKey: false },
);
// Only what is still to be asked is in it.
vatIdRecheckSchema.index({ recheckAt: 1 }, { partialFilterExpression: { recheckAt: { $exists: true } } });
