import { addOrganizationPageIndex } from '@paygate/data-kit';
import { BUYER_TYPES, RULE_TREATMENTS } from '@paygate/tax';
import { Schema } from 'mongoose';
import type { RuleDetails } from './tax-rule.js';

export interface TaxRuleRow extends RuleDetails {
  _id: string;
  organizationId: string;
  defaultKey?: string;
  createdAt: Date;
  updatedAt: Date;
}

export const TAX_RULE_MODEL = 'TaxRule';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const taxRuleSchema = new Schema<TaxRuleRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    name: { type: String, required: true, maxlength: 200 },
    sellerCountry: { type: String, required: true, maxlength: 2 },
    buyerCountry: { type: String, required: true, maxlength: 2 },
    buyerType: { type: String, enum: BUYER_TYPES },
    supplyTypes: { type: [String], required: true },
    treatment: { type: String, required: true, enum: RULE_TREATMENTS },
    rateCode: { type: String, maxlength: 40 },
    legalReference: { type: String, maxlength: 300 },
    evidenceRequired: { type: Number, min: 0, max: 5 },
    priority: { type: Number, required: true, min: -1000, max: 1000 },
    active: { type: Boolean, required: true },
    effectiveFrom: { type: String, match: DAY },
    effectiveTo: { type: String, match: DAY },
    defaultKey: { type: String, maxlength: 200 },
  },
  { collection: 'tax_rules', timestamps: true, versionKey: false },
).index({ organizationId: 1, defaultKey: 1 }, { unique: true, partialFilterExpression: { defaultKey: { $exists: true } } });

addOrganizationPageIndex(taxRuleSchema);
