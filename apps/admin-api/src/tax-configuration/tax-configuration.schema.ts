import type { TaxSettings } from '@paygate/tax';
import { Schema } from 'mongoose';

/** An organization's tax settings, and how often anything that decides its tax was changed. */
export interface TaxConfigurationRow {
  /** The organization's. */
  _id: string;
  settings: TaxSettings;
  /** Rises with every change of settings, rates or rules. */
  revision: number;
  /** When tax was enabled for the first time; until then the other services know of no configuration. */
  enabledAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const TAX_CONFIGURATION_MODEL = 'TaxConfiguration';

export const taxConfigurationSchema = new Schema<TaxConfigurationRow>(
  {
    _id: { type: String, required: true },
    settings: { type: Schema.Types.Mixed, required: true },
    revision: { type: Number, required: true, min: 1 },
    enabledAt: { type: Date },
  },
  { collection: 'tax_configurations', timestamps: true, versionKey: false, minimize: false },
).index({ 'settings.enabled': 1, _id: 1 });
