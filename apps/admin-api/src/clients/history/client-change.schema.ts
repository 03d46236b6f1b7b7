import { addPageIndex } from '@paygate/data-kit';
import type { Listable } from '@paygate/data-kit';
import { Schema } from 'mongoose';

export const CLIENT_CHANGE_ACTIONS = ['created', 'updated', 'deleted'] as const;
export type ClientChangeAction = (typeof CLIENT_CHANGE_ACTIONS)[number];

/** One change of a client. Entries are added and never changed. */
export interface ClientChangeRow extends Listable {
  _id: string;
  clientId: string;
  action: ClientChangeAction;
  /** The fields with their values before and after, as JSON, encrypted for this entry. */
  changes: string;
  /** `api_key:<id>`, `user:<id>`, `system_key:<id>` or `system`. */
  actor: string;
  actorName?: string;
  requestId?: string;
}

export const CLIENT_CHANGE_MODEL = 'ClientChange';

export const clientChangeSchema = new Schema<ClientChangeRow>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    livemode: { type: Boolean, required: true },
    clientId: { type: String, required: true },
    action: { type: String, required: true, enum: CLIENT_CHANGE_ACTIONS },
    changes: { type: String, required: true },
    actor: { type: String, required: true },
    actorName: { type: String },
    requestId: { type: String },
    createdAt: { type: Date, required: true },
  },
  { collection: 'client_changes', versionKey: false },
);
addPageIndex(clientChangeSchema, 'clientId');
