import { Schema } from 'mongoose';

/** One answer of the Commission's service about a VAT id. Positive ones are evidence and stay for ever. */
export interface VatIdCheckRow {
  _id: string;
  organizationId: string;
  livemode: boolean;
  vatId: string;
  countryCode: string;
  /** The seller's VAT id with which it was asked. */
  requester?: string;
  status: 'valid' | 'invalid';
  companyName?: string;
  address?: string;
  consultationNumber?: string;
  checkedAt: Date;
  /** Of a negative answer, which is no evidence of anything. */
  forgetAt?: Date;
}

export const VAT_ID_CHECK_MODEL = 'VatIdCheck';

export const vatIdCheckSchema = new Schema<VatIdCheckRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    vatId: { type: String, required: true },
    countryCode: { type: String, required: true },
    requester: { type: String },
    status: { type: String, required: true, enum: ['valid', 'invalid'] },
    companyName: { type: String },
    address: { type: String },
    consultationNumber: { type: String },
    checkedAt: { type: Date, required: true },
    forgetAt: { type: Date },
  },
  { collection: 'vat_id_checks', versionKey: false },
);
vatIdCheckSchema.index({ organizationId: 1, livemode: 1, vatId: 1, checkedAt: -1 });
vatIdCheckSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });
