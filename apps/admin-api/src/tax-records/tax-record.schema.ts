import { addPageIndexBy, rollupSchema } from '@paygate/data-kit';
import type { RollupCell, RollupRow, TenantFields } from '@paygate/data-kit';
import { RECOGNITION_MODES, TAX_SOURCE_KINDS } from '@paygate/messages';
import type { TaxSourceKind } from '@paygate/messages';
import { Schema } from 'mongoose';
import type { Told } from './source-standing.js';
import { STANDINGS } from './tax-record.js';
import type { TaxDimensions, TaxFigure, TaxRecord } from './tax-record.js';

export interface TaxRecordRow extends TenantFields, Omit<TaxRecord, 'id'> {
  _id: string;
}

/** What was told of a source. Whoever writes records of it writes this too, so that they follow one another. */
export interface TaxSourceRow extends TenantFields {
  /** Tenant, kind and id. */
  _id: string;
  sourceKind: TaxSourceKind;
  sourceId: string;
  told: Told[];
  /** Rises when a rebuild writes its records anew. */
  build: number;
}

export type TaxRollupRow = RollupRow & RollupCell<TaxDimensions, TaxFigure>;

export const TAX_RECORD_MODEL = 'TaxRecord';
export const TAX_SOURCE_MODEL = 'TaxSource';
export const TAX_ROLLUP_MODEL = 'TaxRollup';

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const flag = { type: Boolean, required: true } as const;
const date = { type: Date, required: true } as const;

const dimensions = {
  siteId: text,
  standing: { ...text, enum: STANDINGS },
  sourceKind: { ...text, enum: TAX_SOURCE_KINDS },
  invoiced: flag,
  sellerCountry: text,
  taxCountry: text,
  taxRegion: { type: String, default: '' },
  buyerCountry: text,
  buyerType: text,
  supplyType: text,
  taxTreatment: text,
  reason: text,
  category: text,
  rateCode: text,
  rate: number,
  currency: text,
  recognitionMode: { ...text, enum: RECOGNITION_MODES },
} as const;

export const taxRecordSchema = new Schema<TaxRecordRow>(
  {
    _id: text,
    organizationId: text,
    livemode: flag,
    ...dimensions,
    sourceId: text,
    transactionId: text,
    checkoutId: String,
    clientId: String,
    invoiceId: String,
    invoiceNumber: String,
    movementId: text,
    taxVersion: number,
    row: number,
    recognizedAt: date,
    saleRecognizedAt: Date,
    vatId: String,
    vatIdStatus: String,
    consultationNumber: String,
    exemptionCode: String,
    legalText: String,
    net: number,
    tax: number,
    gross: number,
    evidenced: number,
    contradicted: number,
    components: { type: [Schema.Types.Mixed], required: true },
    lines: { type: [String], required: true },
    evidence: Schema.Types.Mixed,
    standingReason: String,
    standingMovementId: String,
    standingChangedAt: Date,
    createdAt: date,
  },
  { collection: 'tax_records', versionKey: false },
)
  .index({ organizationId: 1, livemode: 1, sourceKind: 1, sourceId: 1 })
  // What goes back in one quarter and was sold in another.
  .index(
    { organizationId: 1, livemode: 1, taxTreatment: 1, recognizedAt: 1, saleRecognizedAt: 1 },
    { partialFilterExpression: { saleRecognizedAt: { $exists: true } } },
  );
const LISTED_BY = [
  'siteId',
  'standing',
  'sourceKind',
  'taxCountry',
  'buyerCountry',
  'taxTreatment',
  'currency',
  'recognitionMode',
  'transactionId',
] as const;
addPageIndexBy(taxRecordSchema, 'recognizedAt');
for (const field of LISTED_BY) addPageIndexBy(taxRecordSchema, 'recognizedAt', field);
taxRecordSchema.index(
  { organizationId: 1, livemode: 1, invoiceId: 1, recognizedAt: -1, _id: -1 },
  { partialFilterExpression: { invoiceId: { $exists: true } } },
);

export const taxSourceSchema = new Schema<TaxSourceRow>(
  {
    _id: text,
    organizationId: text,
    livemode: flag,
    sourceKind: text,
    sourceId: text,
    told: { type: [{ _id: false, version: number, movementId: text, voided: flag }], required: true },
    build: number,
  },
  { collection: 'tax_sources', versionKey: false },
);

export const taxRollupSchema = rollupSchema<TaxRollupRow>('tax_rollups', {
  ...dimensions,
  ...{ count: number, net: number, tax: number, gross: number, evidenced: number, contradicted: number },
});
