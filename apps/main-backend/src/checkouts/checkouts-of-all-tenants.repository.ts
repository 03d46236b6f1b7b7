import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { CHECKOUT_MODEL } from './checkout.schema.js';
import type { CheckoutRow } from './checkout.schema.js';

/** What the platform itself does with checkouts of every tenant. No request of a merchant or buyer may reach this. */
@Injectable()
export class CheckoutsOfAllTenants {
  constructor(@InjectModel(CHECKOUT_MODEL) private readonly rows: Model<CheckoutRow>) {}

  /**
   * Marks open checkouts whose time is over. Those being paid are left: their attempt decides, and then they expire.
   * Any number of instances may do this at the same time.
   */
  async expireDue(now: Date): Promise<number> {
    const { modifiedCount } = await this.rows.updateMany(
      { status: 'open', expiresAt: { $lte: now } },
      { $set: { status: 'expired', updatedAt: now } },
    );
    return modifiedCount;
  }
}
