import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ReplayState } from '@paygate/messages';
import { Model } from 'mongoose';
import { DELIVERY_MODEL, NativeCollection } from '../deliveries/index.js';
import type { DeliveryRow } from '../deliveries/index.js';
import { REPLAY_MODEL } from './replay.schema.js';
import type { ReplayRow } from './replay.schema.js';

/** How long a page may take before another instance takes it over. */
const LEASE_MS = 60_000;

export type ReplayCandidate = Pick<DeliveryRow, '_id' | 'createdAt'>;

export interface PageOutcome {
  last?: ReplayCandidate;
  resent: number;
  skipped: number;
  nextAt: Date;
  /** Missing while there may be more. */
  finished?: Exclude<ReplayState, 'running'>;
}

/** Takes replays on and writes down how far they are. Works for all tenants and answers no caller. */
@Injectable()
export class ReplayWorkStore {
  private readonly replays: NativeCollection<ReplayRow>;
  private readonly deliveries: NativeCollection<DeliveryRow>;

  constructor(@InjectModel(REPLAY_MODEL) replays: Model<ReplayRow>, @InjectModel(DELIVERY_MODEL) deliveries: Model<DeliveryRow>) {
    this.replays = new NativeCollection(replays);
    this.deliveries = new NativeCollection(deliveries);
  }

  /** The running replay whose next page is due, for this holder alone. */
  async take(holder: string, now: Date): Promise<ReplayRow | null> {
    return this.replays.documents.findOneAndUpdate(
      { state: 'running', nextAt: { $lte: now }, $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }] },
      { $set: { holder, leaseUntil: new Date(now.getTime() + LEASE_MS) } },
      { sort: { nextAt: 1 }, returnDocument: 'after' },
    );
  }

  /** The next ones, oldest first. Tests are not sent again. */
  async page(replay: ReplayRow, limit: number): Promise<ReplayCandidate[]> {
    const { organizationId, livemode, endpointId, selection, from, to, cursor } = replay;
    const since = cursor?.createdAt ?? from;
    return this.deliveries.documents
      .find(
        {
          ...{ organizationId, livemode, endpointId, eventVersion: { $gt: 0 } },
          state: { $in: selection === 'failed' ? ['dead'] : ['dead', 'delivered'] },
          createdAt: { ...(since ? { $gte: since } : {}), $lte: to },
          ...(cursor ? { $or: [{ createdAt: { $gt: cursor.createdAt } }, { _id: { $gt: cursor.id } }] } : {}),
        },
        { projection: { createdAt: 1 }, sort: { createdAt: 1, _id: 1 }, limit },
      )
      .toArray();
  }

  /** One that was cancelled meanwhile stays so. */
  async progress({ _id }: ReplayRow, holder: string, outcome: PageOutcome, now: Date): Promise<void> {
    const { last, resent, skipped, nextAt, finished } = outcome;
    const counted = { $inc: { resent, skipped } };
    const set = {
      ...{ nextAt, updatedAt: now, holder: null, leaseUntil: null },
      ...(last ? { cursor: { createdAt: last.createdAt, id: last._id } } : {}),
    };
    const end = finished ? { state: finished, finishedAt: now } : {};
    const { matchedCount } = await this.replays.documents.updateOne(
      { _id, holder, state: 'running' },
      { $set: { ...set, ...end }, ...counted },
    );
    if (matchedCount === 0) await this.replays.documents.updateOne({ _id, holder }, { $set: set, ...counted });
  }
}
