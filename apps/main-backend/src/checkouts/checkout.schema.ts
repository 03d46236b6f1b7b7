import { addPageIndex } from '@paygate/data-kit';
import type { Address, CheckoutItem } from '@paygate/messages';
import { CHECKOUT_STATUSES } from '@paygate/payments-domain';
import type { CheckoutStatus } from '@paygate/payments-domain';
import { Schema } from 'mongoose';

export interface CheckoutRow {
  _id: string;
  organizationId: string;
  livemode: boolean;
  siteId: string;
  sessionPublicId: string;
  shortCode: string;
  status: CheckoutStatus;
  amount: number;
  currency: string;
  email?: string;
  returnUrl?: string;
  cancelUrl?: string;
  ipnUrl?: string;
  externalReference?: string;
  invoiceNumber?: string;
  clientId?: string;
  items: CheckoutItem[];
  billingAddress?: Address;
  shippingAddress?: Address;
  metadata: Record<string, string>;
  locale?: string;
  transactionId?: string;
  supersededBy?: string;
  expiresAt: Date;
  completedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const CHECKOUT_MODEL = 'Checkout';

const addressFields = {
  firstName: String,
  lastName: String,
  company: String,
  address1: String,
  address2: String,
  city: String,
  postcode: String,
  state: String,
  country: String,
  phone: String,
  vatId: String,
};

/** A postal address as a part of another document. */
export const addressSchema = new Schema<Address>(addressFields, { _id: false });

const itemSchema = new Schema<CheckoutItem>(
  {
    name: { type: String, required: true },
    description: { type: String },
    quantity: { type: Number, required: true },
    unitPrice: { type: Number, required: true },
    vatRate: { type: Number },
    itemType: { type: String, required: true },
    amountType: { type: String, enum: ['gross', 'net'] },
  },
  { _id: false },
);

export const checkoutSchema = new Schema<CheckoutRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    siteId: { type: String, required: true },
    sessionPublicId: { type: String, required: true },
    shortCode: { type: String, required: true },
    status: { type: String, required: true, enum: CHECKOUT_STATUSES },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    email: { type: String },
    returnUrl: { type: String },
    cancelUrl: { type: String },
    ipnUrl: { type: String },
    externalReference: { type: String },
    invoiceNumber: { type: String },
    clientId: { type: String },
    items: { type: [itemSchema], required: true },
    billingAddress: { type: addressSchema },
    shippingAddress: { type: addressSchema },
    metadata: { type: Schema.Types.Mixed, required: true },
    locale: { type: String },
    transactionId: { type: String },
    supersededBy: { type: String },
    expiresAt: { type: Date, required: true },
    completedAt: { type: Date },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'checkouts', versionKey: false },
);

checkoutSchema.index({ shortCode: 1 }, { unique: true });
checkoutSchema.index({ sessionPublicId: 1 }, { unique: true });
addPageIndex(checkoutSchema);
checkoutSchema.index({ organizationId: 1, livemode: 1, siteId: 1, createdAt: -1, _id: -1 });
checkoutSchema.index({ organizationId: 1, livemode: 1, status: 1, createdAt: -1, _id: -1 });
checkoutSchema.index(
  { organizationId: 1, livemode: 1, clientId: 1, createdAt: -1, _id: -1 },
  { partialFilterExpression: { clientId: { $exists: true } } },
);
// The list by reference and the search for older checkouts of a site's reference.
checkoutSchema.index({ organizationId: 1, livemode: 1, externalReference: 1, siteId: 1, status: 1 });
// Only what can still expire is in this index, so it stays small however many checkouts there are.
checkoutSchema.index({ expiresAt: 1 }, { partialFilterExpression: { status: 'open' } });
