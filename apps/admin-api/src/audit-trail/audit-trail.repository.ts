import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AUDIT_CHAIN_MODEL, AUDIT_ENTRY_MODEL } from './audit-entry.schema.js';
import type { AuditChainRow, AuditEntryRow } from './audit-entry.schema.js';
import { EntryHash, GENESIS } from './entry-hash.js';

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
}
