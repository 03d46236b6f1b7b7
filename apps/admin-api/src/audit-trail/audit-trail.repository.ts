import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter } from 'mongoose';
import { AUDIT_CHAIN_MODEL, AUDIT_ENTRY_MODEL } from './audit-entry.schema.js';
import type { AuditChainRow, AuditEntryRow } from './audit-entry.schema.js';
import type { AuditAction } from './audit-actions.js';
import { EntryHash, GENESIS } from './entry-hash.js';

export type AuditEntry = Omit<AuditEntryRow, '_id'>;

/** Which entries of a chain; every condition given must hold. */
export interface EntryFilter {
  action?: AuditAction;
  actor?: string;
  resourceType?: string;
  resourceId?: string;
  from?: Date;
  to?: Date;
}

/** The place after which a page goes on. */
export interface EntryPosition {
  at: Date;
  sequence: number;
}

const NEWEST_FIRST = { at: -1, sequence: -1 } as const;

/** The audit log only grows: there is no method that changes or removes an entry. */
@Injectable()
export class AuditTrailRepository {
  constructor(
    @InjectModel(AUDIT_ENTRY_MODEL) private readonly entries: Model<AuditEntryRow>,
    @InjectModel(AUDIT_CHAIN_MODEL) private readonly chains: Model<AuditChainRow>,
    private readonly hashes: EntryHash,
  ) {}

  /**
   * Adds an entry at the end of its chain, in the caller's transaction. Two transactions that want the same place conflict,
   * and the database repeats the second.
   */
  async append(entry: Omit<AuditEntryRow, '_id' | 'sequence' | 'previousHash' | 'hash'>, session: ClientSession): Promise<void> {
    const end = await this.chains
      .findOneAndUpdate(
        { _id: entry.chain },
        { $inc: { sequence: 1 }, $setOnInsert: { hash: GENESIS } },
        { session, upsert: true, returnDocument: 'after' },
      )
      .lean<AuditChainRow>();
    const linked = { ...entry, sequence: end.sequence, previousHash: end.hash };
    const hash = this.hashes.of(linked);
    await this.entries.create([{ ...linked, _id: `${entry.chain}:${String(end.sequence)}`, hash }], { session });
    await this.chains.updateOne({ _id: entry.chain }, { $set: { hash } }, { session });
  }

  /** Newest first. One more than `limit` is read by who wants to know whether there is more. */
  async list(chain: string, filter: EntryFilter, after: EntryPosition | undefined, skip: number, limit: number): Promise<AuditEntry[]> {
    const rest: QueryFilter<AuditEntryRow> = after
      ? { $and: [{ at: { $lte: after.at } }, { $or: [{ at: { $lt: after.at } }, { sequence: { $lt: after.sequence } }] }] }
      : {};
    return this.entries
      .find({ ...rest, ...conditions(chain, filter) })
      .sort(NEWEST_FIRST)
      .skip(skip)
      .limit(limit)
      .lean<AuditEntryRow[]>();
  }

  async count(chain: string, filter: EntryFilter): Promise<number> {
    return this.entries.countDocuments(conditions(chain, filter));
  }

  /** One after the other, newest first, without holding them all in memory. */
  stream(chain: string, filter: EntryFilter): AsyncIterable<AuditEntry> {
    return this.entries.find(conditions(chain, filter)).sort(NEWEST_FIRST).lean<AuditEntryRow[]>().cursor();
  }

  /** The whole chain in the order it was written. */
  walk(chain: string): AsyncIterable<AuditEntry> {
    return this.entries.find({ chain }).sort({ sequence: 1 }).lean<AuditEntryRow[]>().cursor();
  }

  async endOf(chain: string): Promise<{ sequence: number; hash: string } | undefined> {
    const end = await this.chains.findById(chain).lean<AuditChainRow | null>();
    return end ? { sequence: end.sequence, hash: end.hash } : undefined;
  }
}

function conditions(chain: string, { action, actor, resourceType, resourceId, from, to }: EntryFilter): QueryFilter<AuditEntryRow> {
  return {
    chain,
    ...(action === undefined ? {} : { action }),
    ...(actor === undefined ? {} : { actor }),
    ...(resourceType === undefined ? {} : { 'resource.type': resourceType }),
    ...(resourceId === undefined ? {} : { 'resource.id': resourceId }),
    ...(from || to ? { at: { ...(from ? { $gte: from } : {}), ...(to ? { $lte: to } : {}) } } : {}),
  };
}
