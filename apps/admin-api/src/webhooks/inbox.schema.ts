import { addOrganizationPageIndex } from '@paygate/data-kit';
import { Schema } from 'mongoose';

/** A request to the test receiver. An organization has one inbox for live and test data: nothing says which of them came. */
export interface InboxRow {
  _id: string;
  organizationId: string;
  /** As sent, with the query. */
  path: string;
  /** Where it came from. */
  address: string;
  contentType?: string;
  /** In the order and the letters of the sender; credentials are masked. */
  headers: { name: string; value: string }[];
  /** Text, or base64 of what is no UTF-8. */
  body: string;
  bodyEncoding: 'utf8' | 'base64';
  bytes: number;
  createdAt: Date;
}

export const INBOX_MODEL = 'WebhookInbox';

/** Of requests that nobody looks at any more; they may hold personal data. */
const KEPT_SECONDS = 30 * 24 * 3600;

const text = { type: String, required: true } as const;
/** Required by its presence: an empty one is a value. */
const anyText = { type: String, default: '' } as const;

export const inboxSchema = new Schema<InboxRow>(
  {
    _id: text,
    organizationId: text,
    path: text,
    address: anyText,
    contentType: String,
    headers: [{ _id: false, name: text, value: anyText }],
    body: anyText,
    bodyEncoding: text,
    bytes: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'webhook_inbox', versionKey: false },
).index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
addOrganizationPageIndex(inboxSchema);
