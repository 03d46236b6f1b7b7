import { addPageIndex } from '@paygate/data-kit';
import type { DeliveryState } from '@paygate/messages';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { NotificationFamily } from '@paygate/webhook-protocol';
import { Schema } from 'mongoose';

/** One message on its way to one address. */
export interface DeliveryRow {
  /** `dlv_…`, the same on every attempt. */
  _id: string;
  organizationId: string;
  livemode: boolean;
  messageId: string;
  family: NotificationFamily;
  /** `we_…`; missing on what is older than endpoints. */
  endpointId?: string;
  /** Row of `references` that orders this delivery among its siblings. */
  referenceKey: string;
  /** What it tells of, by the family's name; a site IPN only has a status. */
  event?: string;
  /** What it is about; a test is about nothing. */
  siteId?: string;
  checkoutId?: string;
  transactionId?: string;
  refundId?: string;
  externalReference?: string;
  /** The transaction's, where it announces one. */
  status?: TransactionStatus;
  /** Rises with every state of what it is about. */
  eventVersion: number;
  /** When that state was reached. */
  occurredAt: Date;
  url: string;
  /** Scheme, host and port of the address: what shares one connection pool and one concurrency limit. */
  origin: string;
  state: DeliveryState;
  attemptCount: number;
  /** A single attempt, whatever comes of it. */
  once?: boolean;
  /** Null when it is not waiting for a time: finished, on the wire, or behind another delivery. */
  nextAttemptAt: Date | null;
  /** When it was due before its endpoint's circuit opened. */
  heldFrom?: Date;
  /** The older delivery of the same transaction that must be finished first. */
  waitsFor?: string | null;
  /** Overtaken while on the wire: it is not repeated when the attempt under way fails. */
  obsolete?: boolean;
  /** Claim of the instance that has it on the wire, and until when it is believed to be alive. */
  holder: string | null;
  leaseUntil: Date | null;
  lastStatusCode?: number | null;
  lastError?: string | null;
  deliveredAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const DELIVERY_MODEL = 'Delivery';

const text = { type: String, required: true } as const;
const date = { type: Date, required: true } as const;

export const deliverySchema = new Schema<DeliveryRow>(
  {
    _id: text,
    organizationId: text,
    livemode: { type: Boolean, required: true },
    messageId: text,
    family: text,
    endpointId: String,
    referenceKey: text,
    event: String,
    siteId: String,
    checkoutId: String,
    transactionId: String,
    refundId: String,
    externalReference: String,
    status: String,
    eventVersion: { type: Number, required: true },
    occurredAt: date,
    url: text,
    origin: text,
    state: text,
    attemptCount: { type: Number, required: true },
    once: Boolean,
    nextAttemptAt: Date,
    heldFrom: Date,
    waitsFor: String,
    obsolete: Boolean,
    holder: String,
    leaseUntil: Date,
    lastStatusCode: Number,
    lastError: String,
    deliveredAt: Date,
    createdAt: date,
    updatedAt: date,
  },
  { collection: 'deliveries', versionKey: false },
)
  // What is due, without looking at the origins that are busy; what is on the wire; what can be replayed. Of the others there are many.
  .index(
    { state: 1, nextAttemptAt: 1, origin: 1 },
    { name: 'unfinished', partialFilterExpression: { state: { $in: ['scheduled', 'sending', 'dead'] } } },
  )
  .index({ referenceKey: 1, state: 1 })
  .index({ transactionId: 1 })
  .index({ checkoutId: 1 });
addPageIndex(deliverySchema);
