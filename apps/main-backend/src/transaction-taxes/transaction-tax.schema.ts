import type { TaxMoved } from '@paygate/messages';
import type { TaxCalculation, TaxConfiguration, TaxInput, TaxProblem } from '@paygate/tax';
import { Schema } from 'mongoose';
import type { TaxOrigin } from './tax-decision.js';

/** A decision about one transaction. Plain JSON inside, so that it can be calculated again in ten years. */
export interface TransactionTaxRow {
  /** Transaction and version: a decision exists once. */
  _id: string;
  organizationId: string;
  livemode: boolean;
  transactionId: string;
  version: number;
  origin: TaxOrigin;
  input: TaxInput;
  configuration: TaxConfiguration;
  configurationRevision?: number;
  calculation?: TaxCalculation;
  problems?: readonly TaxProblem[];
  calculatedAt: Date;
}

/** One thing that was told of a transaction's tax. Written once, with its event. */
export interface TaxMovementRow {
  /** The movement's own id: nothing is told twice. */
  _id: string;
  organizationId: string;
  livemode: boolean;
  transactionId: string;
  /** Of all that was told of the transaction, from 0. */
  position: number;
  place: number;
  moved: TaxMoved;
  createdAt: Date;
}

export const TRANSACTION_TAX_MODEL = 'TransactionTax';
export const TAX_MOVEMENT_MODEL = 'TaxMovement';

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const tenant = { organizationId: text, livemode: { type: Boolean, required: true } } as const;
const json = { type: Schema.Types.Mixed, required: true } as const;

export const transactionTaxSchema = new Schema<TransactionTaxRow>(
  {
    _id: text,
    ...tenant,
    transactionId: text,
    version: number,
    origin: text,
    input: json,
    configuration: json,
    configurationRevision: { type: Number },
    calculation: { type: Schema.Types.Mixed },
    problems: { type: Schema.Types.Mixed },
    calculatedAt: { type: Date, required: true },
  },
  { collection: 'transaction_taxes', versionKey: false },
);

export const taxMovementSchema = new Schema<TaxMovementRow>(
  { _id: text, ...tenant, transactionId: text, position: number, place: number, moved: json, createdAt: { type: Date, required: true } },
  { collection: 'tax_movements', versionKey: false },
);
taxMovementSchema.index({ transactionId: 1, position: 1 }, { unique: true });
