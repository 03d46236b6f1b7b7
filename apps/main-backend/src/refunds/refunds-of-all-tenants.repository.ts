import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { lookUpDelayMs } from '@paygate/payments-domain';
import type { Model } from 'mongoose';
import type { RefundRecord } from './refund.js';
import { toRecord } from './refund-mapper.js';
import { REFUND_MODEL } from './refund.schema.js';
import type { RefundRow } from './refund.schema.js';

/** What the platform itself does with refunds of every tenant. No request of a merchant or buyer may reach this. */
@Injectable()
export class RefundsOfAllTenants {
  constructor(@InjectModel(REFUND_MODEL) private readonly rows: Model<RefundRow>) {}

  /**
   * Takes the undecided refund that has waited longest for a look at the provider, and sets its next look by the backoff.
   * Setting it first means: whoever crashes while looking has only postponed it, and two instances never take the same one.
   */
  async claimDueLookUp(now: Date, unitMs: number): Promise<RefundRecord | undefined> {
    for (;;) {
      const due = await this.rows
        .findOne({ nextLookUpAt: { $lte: now } }, { lookUps: 1, nextLookUpAt: 1 })
        .sort({ nextLookUpAt: 1 })
        .lean<Pick<RefundRow, '_id' | 'lookUps' | 'nextLookUpAt'> | null>();
      if (!due) return undefined;
      const row = await this.rows
        .findOneAndUpdate(
          { _id: due._id, nextLookUpAt: due.nextLookUpAt },
          { $set: { nextLookUpAt: new Date(now.getTime() + lookUpDelayMs(due.lookUps + 1, unitMs)) }, $inc: { lookUps: 1 } },
          { returnDocument: 'after' },
        )
        .lean<RefundRow | null>();
      // Another instance was faster; the next one in line may be free.
      if (row) return toRecord(row);
    }
  }
}
