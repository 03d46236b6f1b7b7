import type { TransactionStatus } from '@paygate/payments-domain';
import type { IpnVersion } from '@paygate/webhook-protocol';
import { Schema } from 'mongoose';

/** What a merchant is told: the facts of one status of one transaction, and the bytes that say so. Never changes once it has a body. */
export interface MessageRow {
  /** Id of the event that caused it. */
  _id: string;
  organizationId: string;
  livemode: boolean;
  siteId: string;
  checkoutId: string;
  transactionId: string;
  sessionPublicId: string;
  externalReference?: string;
  status: TransactionStatus;
  eventVersion: number;
  occurredAt: Date;
  deliveryId: string;
  /** The body as it is signed and sent on every attempt; missing until the site's settings are known. */
  body?: string;
  bodyVersion?: IpnVersion;
  createdAt: Date;
}

export const MESSAGE_MODEL = 'Message';

const text = { type: String, required: true } as const;

export const messageSchema = new Schema<MessageRow>(
  {
    _id: text,
    organizationId: text,
    livemode: { type: Boolean, required: true },
    siteId: text,
    checkoutId: text,
    transactionId: text,
    sessionPublicId: text,
    externalReference: String,
    status: text,
    eventVersion: { type: Number, required: true },
    occurredAt: { type: Date, required: true },
    deliveryId: text,
    body: String,
    bodyVersion: Number,
    createdAt: { type: Date, required: true },
  },
  { collection: 'messages', versionKey: false },
);
