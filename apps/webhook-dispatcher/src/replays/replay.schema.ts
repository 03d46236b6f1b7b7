import { addPageIndex } from '@paygate/data-kit';
import type { ReplaySelection, ReplayState } from '@paygate/messages';
import { Schema } from 'mongoose';

/** An order to send notifications of an endpoint once more, and how far it has come. */
export interface ReplayRow {
  /** `rpl_…` */
  _id: string;
  organizationId: string;
  livemode: boolean;
  endpointId: string;
  selection: ReplaySelection;
  /** Both included; of what came into being later than the order nothing is sent. */
  from?: Date;
  to: Date;
  /** As it was asked for. */
  until?: Date;
  ratePerSecond: number;
  state: ReplayState;
  /** The last one that was looked at. */
  cursor?: { createdAt: Date; id: string };
  resent: number;
  skipped: number;
  /** When the next ones are looked at. */
  nextAt: Date;
  /** Who is at work on it, and until when that is believed. */
  holder?: string | null;
  leaseUntil?: Date | null;
  finishedAt?: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const REPLAY_MODEL = 'Replay';

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

export const replaySchema = new Schema<ReplayRow>(
  {
    _id: text,
    organizationId: text,
    livemode: { type: Boolean, required: true },
    endpointId: text,
    selection: text,
    from: Date,
    to: date,
    until: Date,
    ratePerSecond: number,
    state: text,
    cursor: { _id: false, type: { createdAt: date, id: text } },
    resent: number,
    skipped: number,
    nextAt: date,
    holder: String,
    leaseUntil: Date,
    finishedAt: Date,
    createdAt: date,
    updatedAt: date,
  },
  { collection: 'replays', versionKey: false },
)
  // One at a time for each endpoint.
  .index({ endpointId: 1 }, { unique: true, partialFilterExpression: { state: 'running' } })
  .index({ state: 1, nextAt: 1 });
addPageIndex(replaySchema);
