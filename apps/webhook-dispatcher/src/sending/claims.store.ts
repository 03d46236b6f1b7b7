import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { groupBy } from '../group-by.js';
import { DELIVERY_MODEL, MESSAGE_MODEL, NativeCollection, REFERENCE_MODEL, turnOf } from '../deliveries/index.js';
import type { DeliveryRow, MessageRow, OpenDelivery, ReferenceRow, UpdateStatement } from '../deliveries/index.js';
import { NEVER_WAITS } from '../endpoints/index.js';
import type { ClaimedDelivery } from './claimed-delivery.js';

export type DueDelivery = Pick<DeliveryRow, 'referenceKey' | 'origin' | 'endpointId' | 'status' | 'eventVersion' | 'attemptCount'>;

export interface ClaimTerms {
  /** Unique for this claim. */
  holder: string;
  now: Date;
  leaseUntil: Date;
  /** Whether there is capacity for the delivery whose turn it is; false leaves it for later. */
  accept: (referenceKey: string, delivery: OpenDelivery) => boolean;
}

/** How long choosing may take before a lost lock is ignored. */
const LOCK_MS = 10_000;
const OPEN_STATES = ['scheduled', 'sending'] as const;

/**
 * Finds out what is due and takes it. Works for all tenants at once: it never answers a caller, it only moves rows along.
 * Every change repeats its condition in the write, so any number of instances can run side by side.
 */
@Injectable()
export class ClaimsStore {
  private readonly deliveries: NativeCollection<DeliveryRow>;
  private readonly messages: NativeCollection<MessageRow>;
  private readonly references: NativeCollection<ReferenceRow>;

  constructor(
    @InjectModel(DELIVERY_MODEL) deliveries: Model<DeliveryRow>,
    @InjectModel(MESSAGE_MODEL) messages: Model<MessageRow>,
    @InjectModel(REFERENCE_MODEL) references: Model<ReferenceRow>,
  ) {
    this.deliveries = new NativeCollection(deliveries);
    this.messages = new NativeCollection(messages);
    this.references = new NativeCollection(references);
  }

  /** What is due, longest waiting first, leaving out origins that are busy and endpoints that are paused. */
  async due(now: Date, busyOrigins: string[], paused: string[], limit: number): Promise<DueDelivery[]> {
    return this.deliveries.documents
      .find(
        {
          state: 'scheduled',
          nextAttemptAt: { $lte: now },
          ...(busyOrigins.length > 0 ? { origin: { $nin: busyOrigins } } : {}),
          ...(paused.length > 0 ? { $or: [{ endpointId: { $nin: paused } }, ...NEVER_WAITS] } : {}),
        },
        { projection: DUE_PROJECTION, sort: { nextAttemptAt: 1 }, limit },
      )
      .toArray();
  }

  /** Takes the delivery whose turn it is of each of these references, unless another instance has the reference. */
  async claim(referenceKeys: string[], terms: ClaimTerms): Promise<ClaimedDelivery[]> {
    const locked = await this.lock(referenceKeys, terms);
    if (locked.length === 0) return [];
    const taken = await this.take(await this.chooseTurns(locked, terms), terms);
    // From here on the delivery itself, being on the wire, keeps the others of its reference back.
    await this.references.documents.updateMany(
      { _id: { $in: locked }, holder: terms.holder },
      { $set: { holder: null, leaseUntil: null } },
    );
    if (taken.length === 0) return [];
    const messages = await this.messages.documents.find({ _id: { $in: taken.map((row) => row.messageId) } }).toArray();
    const byId = new Map(messages.map((message) => [message._id, message]));
    await this.giveUp(taken.filter((delivery) => !byId.has(delivery.messageId)));
    return taken.flatMap((delivery) => {
      const message = byId.get(delivery.messageId);
      return message ? [{ delivery, message, holder: terms.holder, leaseUntil: terms.leaseUntil }] : [];
    });
  }

  /** Gives back what an instance took and did not finish before its lease ended, and what waits for something finished. */
  async recover(now: Date): Promise<void> {
    const lost = { state: 'sending', leaseUntil: { $lte: now } } as const;
    const back = { holder: null, leaseUntil: null, updatedAt: now };
    await this.deliveries.documents.updateMany({ ...lost, obsolete: true }, { $set: { ...back, state: 'superseded' } });
    await this.deliveries.documents.updateMany(lost, { $set: { ...back, state: 'scheduled', nextAttemptAt: now } });
    await this.freeFollowers(now);
  }

  /** How many deliveries should be on their way but are not yet. */
  async countDue(now: Date): Promise<number> {
    return this.deliveries.documents.countDocuments({ state: 'scheduled', nextAttemptAt: { $lte: now } });
  }

  /** How many were given up, as far as that. */
  async countDead(limit: number): Promise<number> {
    return this.deliveries.documents.countDocuments({ state: 'dead' }, { limit });
  }

  /** Since when the longest waiting of them has been due. */
  async oldestDue(now: Date): Promise<Date | undefined> {
    const [oldest] = await this.deliveries.documents
      .find(
        { state: 'scheduled', nextAttemptAt: { $lte: now } },
        { projection: { nextAttemptAt: 1 }, sort: { nextAttemptAt: 1 }, limit: 1 },
      )
      .toArray();
    return oldest?.nextAttemptAt ?? undefined;
  }

  /** Stores the body of a message that had none; returns the one that is stored, should another instance have been first. */
  async keepBody(messageId: string, body: string, bodyVersion: 1 | 2): Promise<string> {
    await this.messages.documents.updateOne(
      { _id: messageId, body: { $exists: false } },
      { $set: { body, bodyVersion }, $unset: { facts: 1 } },
    );
    const message = await this.messages.documents.findOne({ _id: messageId }, { projection: { body: 1 } });
    return message?.body ?? body;
  }

  private async lock(referenceKeys: string[], terms: ClaimTerms): Promise<string[]> {
    await this.references.documents.updateMany(
      { _id: { $in: referenceKeys }, $or: [{ leaseUntil: null }, { leaseUntil: { $lte: terms.now } }] },
      { $set: { holder: terms.holder, leaseUntil: new Date(terms.now.getTime() + LOCK_MS) } },
    );
    const rows = await this.references.documents
      .find({ _id: { $in: referenceKeys }, holder: terms.holder }, { projection: { _id: 1 } })
      .toArray();
    return rows.map((row) => row._id);
  }

  private async chooseTurns(referenceKeys: string[], terms: ClaimTerms): Promise<string[]> {
    const open = await this.deliveries.documents
      .find({ referenceKey: { $in: referenceKeys }, state: { $in: [...OPEN_STATES] } }, { projection: OPEN_PROJECTION })
      .toArray();
    const lanes = groupBy(open, (row) => row.referenceKey);
    const chosen: string[] = [];
    const blocked: UpdateStatement<DeliveryRow>[] = [];
    for (const [referenceKey, lane] of lanes) {
      const { next, behind } = turnOf(lane.map(openDelivery), terms.now);
      if (next && terms.accept(referenceKey, next)) chosen.push(next.id);
      for (const { delivery, waitsFor } of behind) {
        blocked.push({ q: { _id: delivery.id, state: 'scheduled' }, u: { $set: { waitsFor, nextAttemptAt: null } } });
      }
    }
    await this.deliveries.update(blocked);
    return chosen;
  }

  /** A delivery may have been superseded since it was chosen; only what the conditional write took is ours. */
  private async take(ids: string[], terms: ClaimTerms): Promise<DeliveryRow[]> {
    if (ids.length === 0) return [];
    const { holder, leaseUntil, now } = terms;
    await this.deliveries.documents.updateMany(
      { _id: { $in: ids }, state: 'scheduled' },
      { $set: { state: 'sending', holder, leaseUntil, nextAttemptAt: null, updatedAt: now } },
    );
    return this.deliveries.documents.find({ _id: { $in: ids }, holder, state: 'sending' }).toArray();
  }

  /** What was to be sent is not kept any more. */
  private async giveUp(deliveries: readonly DeliveryRow[]): Promise<void> {
    if (deliveries.length === 0) return;
    await this.deliveries.documents.updateMany(
      { _id: { $in: deliveries.map((row) => row._id) }, state: 'sending' },
      { $set: { state: 'dead', lastError: 'content_expired', holder: null, leaseUntil: null, updatedAt: new Date() } },
    );
  }

  private async freeFollowers(now: Date): Promise<void> {
    const followers = await this.deliveries.documents
      .find({ state: 'scheduled', nextAttemptAt: null }, { projection: { waitsFor: 1 }, limit: 1_000 })
      .toArray();
    if (followers.length === 0) return;
    const awaited = followers.flatMap((row) => row.waitsFor ?? []);
    const open = await this.deliveries.documents
      .find({ _id: { $in: awaited }, state: { $in: [...OPEN_STATES] } }, { projection: { _id: 1 } })
      .toArray();
    const stillOpen = new Set(open.map((row) => row._id));
    const free = followers.filter((row) => !stillOpen.has(row.waitsFor ?? '')).map((row) => row._id);
    await this.deliveries.documents.updateMany(
      { _id: { $in: free }, state: 'scheduled' },
      { $set: { waitsFor: null, nextAttemptAt: now } },
    );
  }
}

const DUE_PROJECTION = { _id: 0, referenceKey: 1, origin: 1, endpointId: 1, status: 1, eventVersion: 1, attemptCount: 1 } as const;

export const OPEN_PROJECTION = {
  referenceKey: 1,
  transactionId: 1,
  refundId: 1,
  endpointId: 1,
  eventVersion: 1,
  status: 1,
  state: 1,
  origin: 1,
  attemptCount: 1,
  nextAttemptAt: 1,
  obsolete: 1,
} as const;

export function openDelivery(row: DeliveryRow): OpenDelivery {
  const { _id: id, eventVersion, status, endpointId, origin, attemptCount, nextAttemptAt } = row;
  const transactionId = row.refundId ?? row.transactionId ?? id;
  const state = row.state === 'sending' ? 'sending' : 'scheduled';
  const isObsolete = row.obsolete === true;
  return { id, transactionId, eventVersion, status, endpointId, state, origin, attemptCount, nextAttemptAt, obsolete: isObsolete };
}
