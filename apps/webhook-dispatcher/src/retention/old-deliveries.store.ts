import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Transactions } from '@paygate/data-kit';
import { newPrefixedId } from '@paygate/kernel';
import { Model } from 'mongoose';
import { DELIVERY_MODEL, NativeCollection, REFERENCE_MODEL } from '../deliveries/index.js';
import type { DeliveryRow, ReferenceRow } from '../deliveries/index.js';

const FINAL = ['delivered', 'dead', 'superseded'] as const;
/** Of an id: the prefix and the time. */
const TIME_PART = 'dlv_'.length + 10;

/** Deletes deliveries that came to an end long ago, for all tenants. See docs/adr/0020. */
@Injectable()
export class OldDeliveriesStore {
  private readonly deliveries: NativeCollection<DeliveryRow>;
  private readonly references: NativeCollection<ReferenceRow>;

  constructor(
    private readonly transactions: Transactions,
    @InjectModel(DELIVERY_MODEL) deliveries: Model<DeliveryRow>,
    @InjectModel(REFERENCE_MODEL) references: Model<ReferenceRow>,
  ) {
    this.deliveries = new NativeCollection(deliveries);
    this.references = new NativeCollection(references);
  }

  /**
   * Deletes at most so many that came into being earlier, oldest first, and what was known of orders of which nothing is left. That an
   * order was paid is never forgotten. In one transaction: whoever changes an order meanwhile writes its reference, and one of the two starts anew.
   * @returns how many there were
   */
  async forget(before: Date, limit: number): Promise<number> {
    // Ids sort by time, so the index that every collection has is enough.
    const earlier = { _id: { $lt: newPrefixedId('dlv', before).slice(0, TIME_PART) }, state: { $in: [...FINAL] } };
    return this.transactions.run(async (session) => {
      const rows = await this.deliveries.documents
        .find(earlier, { session, projection: { referenceKey: 1 }, sort: { _id: 1 }, limit })
        .toArray();
      if (rows.length === 0) return 0;
      const ids = rows.map(({ _id }) => _id);
      const keys = [...new Set(rows.map(({ referenceKey }) => referenceKey))];
      const others = await this.deliveries.documents
        .find({ referenceKey: { $in: keys }, _id: { $nin: ids } }, { session, projection: { _id: 0, referenceKey: 1 } })
        .toArray();
      const needed = new Set(others.map(({ referenceKey }) => referenceKey));
      const free = keys.filter((key) => !needed.has(key));
      await this.references.documents.deleteMany({ _id: { $in: free }, paid: false }, { session });
      await this.deliveries.documents.deleteMany({ _id: { $in: ids } }, { session });
      return rows.length;
    });
  }
}
