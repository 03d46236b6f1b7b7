import { Schema } from 'mongoose';

const SENT_KEPT_SECONDS = 7 * 24 * 3600;

/** One event, from the transaction that caused it until seven days after its publication. */
export interface OutboxRow {
  /** The event id; also the message id by which the stream recognizes a second publication. */
  _id: string;
  subject: string;
  /** Exactly the JSON that is published. */
  payload: unknown;
  occurredAt: Date;
  requestId: string;
  /** Rows of one key are published in the order of `position`. */
  orderingKey?: string;
  position?: number;
  attempts: number;
  lastError?: string;
  /** Present, and true, until the event is published. The indexes of the relay hold pending rows only. */
  pending?: true;
  /** When a relay may take the row: at once, after a failed attempt's pause, or when the lease of a crashed relay has run out. */
  dueAt?: Date;
  /** The batch that holds the lease. */
  claim?: string;
  sentAt?: Date;
}

export const OUTBOX_MODEL = 'OutboxEvent';

export const outboxSchema = new Schema<OutboxRow>(
  {
    _id: { type: String, required: true },
    subject: { type: String, required: true },
    payload: { type: Schema.Types.Mixed, required: true },
    occurredAt: { type: Date, required: true },
    requestId: { type: String, required: true },
    orderingKey: { type: String },
    position: { type: Number },
    attempts: { type: Number, required: true },
    lastError: { type: String },
    pending: { type: Boolean },
    dueAt: { type: Date },
    claim: { type: String },
    sentAt: { type: Date },
  },
  { collection: 'outbox', versionKey: false },
)
  .index({ dueAt: 1 }, { partialFilterExpression: { pending: true } })
  .index({ orderingKey: 1, position: 1 }, { partialFilterExpression: { pending: true } })
  .index({ sentAt: 1 }, { expireAfterSeconds: SENT_KEPT_SECONDS });
