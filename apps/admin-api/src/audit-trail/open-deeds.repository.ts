import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { OPEN_DEED_MODEL } from './open-deed.schema.js';
import type { OpenDeedRow } from './open-deed.schema.js';

/** Of every tenant: only the audit trail itself reads it. */
@Injectable()
export class OpenDeeds {
  constructor(@InjectModel(OPEN_DEED_MODEL) private readonly rows: Model<OpenDeedRow>) {}

  async add(row: OpenDeedRow): Promise<void> {
    await this.rows.create(row);
  }

  /** @returns false when it was removed already */
  async remove(id: string, session?: ClientSession): Promise<boolean> {
    const { deletedCount } = await this.rows.deleteOne({ _id: id }, { session });
    return deletedCount === 1;
  }

  async oldestBefore(at: Date): Promise<OpenDeedRow | undefined> {
    const row = await this.rows
      .findOne({ at: { $lt: at } })
      .sort({ at: 1 })
      .lean<OpenDeedRow>();
    return row ?? undefined;
  }
}
