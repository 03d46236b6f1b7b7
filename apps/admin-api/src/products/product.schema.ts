import { addPageIndex } from '@paygate/data-kit';
import { Schema } from 'mongoose';
import type { ProductDetails } from './product.js';
import { AMOUNT_TYPES } from './product.js';

/** Something an organization sells. */
export interface ProductRow extends ProductDetails {
  _id: string;
  organizationId: string;
  livemode: boolean;
  /** The name as it is searched. */
  nameKey: string;
  /** No longer offered nor shown. Kept, because payments made with it refer to it. */
  deleted: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export const PRODUCT_MODEL = 'Product';

export const productSchema = new Schema<ProductRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    name: { type: String, required: true, maxlength: 200 },
    nameKey: { type: String, required: true },
    description: { type: String, maxlength: 2000 },
    price: { type: Number, required: true, min: 0, validate: Number.isSafeInteger },
    currency: { type: String, required: true },
    itemType: { type: String, required: true, maxlength: 50 },
    amountType: { type: String, enum: AMOUNT_TYPES },
    taxRate: { type: Number, min: 0, max: 100 },
    sku: { type: String, maxlength: 100 },
    imageUrl: { type: String, maxlength: 2000 },
    active: { type: Boolean, required: true },
    metadata: { type: Schema.Types.Mixed, required: true },
    deleted: { type: Boolean, required: true },
  },
  { collection: 'products', timestamps: true, versionKey: false, minimize: false },
)
  .index({ organizationId: 1, livemode: 1, nameKey: 1 })
  // The number of a deleted product is free again.
  .index({ organizationId: 1, livemode: 1, sku: 1 }, { unique: true, partialFilterExpression: { sku: { $exists: true }, deleted: false } });

addPageIndex(productSchema);
