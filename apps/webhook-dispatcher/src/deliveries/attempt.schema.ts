import { Schema } from 'mongoose';

/** One request that was made, and what came back. Only ever added. */
export interface AttemptRow {
  _id: string;
  organizationId: string;
  livemode: boolean;
  deliveryId: string;
  /** 1 for the first. */
  number: number;
  startedAt: Date;
  durationMs: number;
  statusCode?: number;
  /** Why there was no usable answer, e.g. `timeout`, `target_not_allowed`. */
  error?: string;
  /** The first 20 kB of the answer. */
  responseBody?: string;
}

export const ATTEMPT_MODEL = 'Attempt';

const text = { type: String, required: true } as const;

export const attemptSchema = new Schema<AttemptRow>(
  {
    _id: text,
    organizationId: text,
    livemode: { type: Boolean, required: true },
    deliveryId: text,
    number: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    durationMs: { type: Number, required: true },
    statusCode: Number,
    error: String,
    responseBody: String,
  },
  { collection: 'attempts', versionKey: false },
).index({ deliveryId: 1 });
