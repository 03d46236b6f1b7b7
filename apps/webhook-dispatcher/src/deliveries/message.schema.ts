import type { IpnFacts, IpnVersion } from '@paygate/webhook-protocol';
import { Schema } from 'mongoose';

/** What a merchant is told: the exact bytes. Never changes once it has a body. */
export interface MessageRow {
  /** Made from the id of the event that caused it; the unique key that makes a repeated event harmless. */
  _id: string;
  organizationId: string;
  livemode: boolean;
  /** The body as it is signed and sent on every attempt; missing until the site's settings are known. */
  body?: string;
  bodyVersion?: IpnVersion;
  /** What the body will be made of; kept only while there is none. */
  facts?: IpnFacts;
  createdAt: Date;
}

export const MESSAGE_MODEL = 'Message';

const text = { type: String, required: true } as const;

export const messageSchema = new Schema<MessageRow>(
  {
    _id: text,
    organizationId: text,
    livemode: { type: Boolean, required: true },
    body: String,
    bodyVersion: Number,
    facts: {
      _id: false,
      type: {
        transactionId: text,
        externalReference: String,
        status: text,
        deliveryId: text,
        eventVersion: { type: Number, required: true },
        occurredAt: { type: Date, required: true },
        sessionPublicId: text,
      },
    },
    createdAt: { type: Date, required: true },
  },
  { collection: 'messages', versionKey: false },
);
