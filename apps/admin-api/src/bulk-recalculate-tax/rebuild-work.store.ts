import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { RebuildProgress, RebuildState } from './tax-rebuild.js';
import { TAX_REBUILD_MODEL } from './tax-rebuild.schema.js';
import type { TaxRebuildRow } from './tax-rebuild.schema.js';

/** How long a page may take before another instance takes it over. */
const LEASE_MS = 60_000;
const KEPT_PROBLEMS = 100;

export interface PageOutcome extends RebuildProgress {
  total: number;
  cursor?: string;
  /** Missing while there is more. */
  finished?: Exclude<RebuildState, 'running'>;
}

/** Takes rebuilds on and writes down how far they are. Works for all tenants and answers no caller. */
@Injectable()
export class RebuildWorkStore {
  constructor(@InjectModel(TAX_REBUILD_MODEL) private readonly rows: Model<TaxRebuildRow>) {}

  /** The running rebuild whose next page is due, for this holder alone. */
  async take(holder: string, now: Date): Promise<TaxRebuildRow | null> {
    return this.rows
      .findOneAndUpdate(
        { status: 'running', nextAt: { $lte: now }, $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }] },
        { $set: { holder, leaseUntil: new Date(now.getTime() + LEASE_MS) } },
        { sort: { nextAt: 1 }, returnDocument: 'after' },
      )
      .lean<TaxRebuildRow | null>();
  }

  /** What another instance has taken over meanwhile is written down by that one. */
  async progress({ _id, problems }: TaxRebuildRow, holder: string, outcome: PageOutcome, now: Date): Promise<void> {
    const { processed, skipped, changed, total, cursor, finished } = outcome;
    const kept = [...problems, ...outcome.problems].slice(0, KEPT_PROBLEMS);
    await this.rows.updateOne(
      { _id, holder },
      {
        $inc: { processed, skipped, changed },
        $set: {
          ...{ total, problems: kept, failures: 0, nextAt: now, updatedAt: now, holder: null, leaseUntil: null },
          ...(cursor === undefined ? {} : { cursor }),
          ...(finished ? { status: finished, finishedAt: now } : {}),
        },
      },
    );
  }

  /** Gives it back after a page that failed. @param end given when it is not tried again */
  async postpone({ _id }: TaxRebuildRow, holder: string, nextAt: Date, now: Date, end?: PageOutcome['problems'][number]): Promise<void> {
    await this.rows.updateOne(
      { _id, holder },
      {
        $inc: { failures: 1 },
        $set: { nextAt, updatedAt: now, holder: null, leaseUntil: null, ...(end ? { status: 'failed', finishedAt: now } : {}) },
        ...(end ? { $push: { problems: end } } : {}),
      },
    );
  }
}
