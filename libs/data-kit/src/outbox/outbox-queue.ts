import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { OUTBOX_MODEL } from './outbox.schema.js';
import type { OutboxRow } from './outbox.schema.js';
import { planPublication } from './publish-order.js';
import type { KeyedRow } from './publish-order.js';

/** Rows one relay holds until `expiresAt` (by the monotonic clock of this process). */
export interface OutboxBatch {
  claim: string;
  lanes: OutboxRow[][];
  blocked: OutboxRow[];
  size: number;
  expiresAt: number;
}

export interface FailedPublication {
  row: OutboxRow;
  dueAt: Date;
  error: string;
}

export interface Backlog {
  pending: number;
  oldest?: Date;
}

/** The outbox as a queue with leases. Every step is a conditional update, so relays of several instances share the work. */
@Injectable()
export class OutboxQueue {
  constructor(@Inject(OUTBOX_MODEL) private readonly rows: Model<OutboxRow>) {}

  /** Takes up to `limit` due rows for `leaseMs`. A relay that dies loses them when the lease runs out. */
  async claim(limit: number, leaseMs: number): Promise<OutboxBatch | undefined> {
    const now = new Date();
    const due = { pending: true as const, dueAt: { $lte: now } };
    const candidates = await this.rows.find(due).sort({ dueAt: 1 }).limit(limit).lean<OutboxRow[]>();
    if (candidates.length === 0) return undefined;
    const ids = candidates.map((row) => row._id);
    const claim = randomUUID();
    const expiresAt = performance.now() + leaseMs;
    const taken = await this.rows.updateMany({ _id: { $in: ids }, ...due }, { $set: { claim, dueAt: new Date(now.getTime() + leaseMs) } });
    const claimed = taken.modifiedCount === candidates.length ? candidates : await this.held(candidates, claim);
    // Read after the claim: only then is it certain that no other relay takes an older row in between.
    const plan = planPublication(claimed, await this.pendingOfKeys(claimed));
    return { claim, ...plan, size: claimed.length, expiresAt };
  }

  /** The events are in the stream: their rows are only history now. */
  async markSent(rows: readonly OutboxRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.rows.updateMany(
      { _id: { $in: rows.map((row) => row._id) } },
      { $set: { sentAt: new Date() }, $unset: { pending: '', dueAt: '', claim: '', lastError: '' } },
    );
  }

  async markFailed(claim: string, failures: readonly FailedPublication[]): Promise<void> {
    if (failures.length === 0) return;
    await this.rows.bulkWrite(
      failures.map(({ row, dueAt, error }) => ({
        updateOne: {
          filter: { _id: row._id, claim },
          update: { $set: { dueAt, lastError: error }, $inc: { attempts: 1 }, $unset: { claim: '' } },
        },
      })),
      { ordered: false },
    );
  }

  /** Gives rows back that were not tried. */
  async release(claim: string, rows: readonly OutboxRow[], dueAt: Date): Promise<void> {
    if (rows.length === 0) return;
    await this.rows.updateMany({ _id: { $in: rows.map((row) => row._id) }, claim }, { $set: { dueAt }, $unset: { claim: '' } });
  }

  /** How much waits, counted up to `limit` so that a long outage does not make looking expensive. */
  async backlog(limit: number): Promise<Backlog> {
    const [found] = await this.rows.aggregate<{ pending: number; oldest: Date }>([
      { $match: { pending: true } },
      { $sort: { dueAt: 1 } },
      { $limit: limit },
      { $group: { _id: null, pending: { $sum: 1 }, oldest: { $min: '$occurredAt' } } },
    ]);
    return found ? { pending: found.pending, oldest: found.oldest } : { pending: 0 };
  }

  private async held(candidates: readonly OutboxRow[], claim: string): Promise<OutboxRow[]> {
    const held = await this.rows
      .find({ _id: { $in: candidates.map((row) => row._id) }, claim }, { _id: 1 })
      .lean<Pick<OutboxRow, '_id'>[]>();
    const ids = new Set(held.map((row) => row._id));
    return candidates.filter((row) => ids.has(row._id));
  }

  private async pendingOfKeys(claimed: readonly OutboxRow[]): Promise<KeyedRow[]> {
    const keys = [...new Set(claimed.flatMap((row) => row.orderingKey ?? []))];
    if (keys.length === 0) return [];
    return this.rows.find({ orderingKey: { $in: keys }, pending: true }, { orderingKey: 1, position: 1 }).lean<KeyedRow[]>();
  }
}
