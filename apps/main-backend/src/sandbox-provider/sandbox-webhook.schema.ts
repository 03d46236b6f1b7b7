import { Schema } from 'mongoose';

/** A notification still to be delivered; delivered ones are deleted. */
export interface SandboxWebhookRow {
  _id: string;
  paymentId: string;
  url: string;
  /** Encrypted like the payment's. */
  secret: string;
  /** The exact bytes of every attempt. */
  body: string;
  attempts: number;
  dueAt: Date;
  createdAt: Date;
}

export const SANDBOX_WEBHOOK_MODEL = 'SandboxWebhook';

/** A receiver that has not answered for a week never will. */
const GIVE_UP_AFTER_S = 7 * 24 * 3600;

export const sandboxWebhookSchema = new Schema<SandboxWebhookRow>(
  {
    _id: { type: String, required: true },
    paymentId: { type: String, required: true },
    url: { type: String, required: true },
    secret: { type: String, required: true },
    body: { type: String, required: true },
    attempts: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'sandbox_webhooks', versionKey: false },
);

sandboxWebhookSchema.index({ dueAt: 1 });
sandboxWebhookSchema.index({ createdAt: 1 }, { expireAfterSeconds: GIVE_UP_AFTER_S });
