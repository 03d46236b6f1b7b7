import { addOrganizationPageIndex } from '@paygate/data-kit';
import { RATE_TYPES } from '@paygate/tax';
import { Schema } from 'mongoose';
import { RATE_SOURCES } from './tax-rate.js';
import type { RateDetails, RateSource } from './tax-rate.js';

export interface TaxRateRow extends RateDetails {
  _id: string;
  organizationId: string;
  source: RateSource;
  catalogueVersion?: string;
  createdAt: Date;
  updatedAt: Date;
}

export const TAX_RATE_MODEL = 'TaxRate';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const taxRateSchema = new Schema<TaxRateRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    country: { type: String, required: true, match: /^[A-Z]{2}$/ },
    region: { type: String, maxlength: 20 },
    code: { type: String, required: true, maxlength: 40 },
    type: { type: String, required: true, enum: RATE_TYPES },
    rate: { type: Number, required: true, min: 0, max: 100 },
    validFrom: { type: String, required: true, match: DAY },
    validTo: { type: String, match: DAY },
    source: { type: String, required: true, enum: RATE_SOURCES },
    catalogueVersion: { type: String, maxlength: 50 },
  },
  { collection: 'tax_rates', timestamps: true, versionKey: false },
).index({ organizationId: 1, country: 1, region: 1, code: 1, validFrom: 1 }, { unique: true });

addOrganizationPageIndex(taxRateSchema);
