import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, mongo } from 'mongoose';
import type { ClientSession } from 'mongoose';
import { DELIVERY_MODEL, MESSAGE_MODEL, nativeCollection, REFERENCE_MODEL } from '../deliveries/index.js';
import type { DeliveryRow, MessageRow, OpenDelivery, ReferenceRow } from '../deliveries/index.js';
import { OPEN_PROJECTION, openDelivery } from '../sending/index.js';

/** What is stored of a reference, and its deliveries that are not finished. */
export interface StoredReference {
  row?: ReferenceRow;
  open: OpenDelivery[];
}

/** All that one group of events changes. */
export interface NotificationChanges {
  messages: MessageRow[];
  deliveries: DeliveryRow[];
  references: { key: string; paid: boolean; transactions: ReferenceRow['transactions'] }[];
  /** Existing deliveries that have become pointless. */
  superseded: string[];
}

/** Reads and writes what an event touches, in the caller's transaction. Keys contain the tenant, see `referenceKeyOf`. */
@Injectable()
export class NotificationRepository {
  private readonly messages: mongo.Collection<MessageRow>;
  private readonly deliveries: mongo.Collection<DeliveryRow>;
  private readonly references: mongo.Collection<ReferenceRow>;

  constructor(
    @InjectModel(MESSAGE_MODEL) messages: Model<MessageRow>,
    @InjectModel(DELIVERY_MODEL) deliveries: Model<DeliveryRow>,
    @InjectModel(REFERENCE_MODEL) references: Model<ReferenceRow>,
  ) {
    this.messages = nativeCollection(messages);
    this.deliveries = nativeCollection(deliveries);
    this.references = nativeCollection(references);
  }

  async read(session: ClientSession, keys: string[]): Promise<Map<string, StoredReference>> {
    const stored = new Map<string, StoredReference>(keys.map((key) => [key, { open: [] }]));
    const rows = await this.references.find({ _id: { $in: keys } }, { session }).toArray();
    for (const row of rows) stored.set(row._id, { row, open: [] });
    // A reference nobody has heard of has no deliveries.
    const known = rows.map((row) => row._id);
    if (known.length === 0) return stored;
    const open = await this.deliveries
      .find({ referenceKey: { $in: known }, state: { $in: ['scheduled', 'sending'] } }, { session, projection: OPEN_PROJECTION })
      .toArray();
    for (const row of open) stored.get(row.referenceKey)?.open.push(openDelivery(row));
    return stored;
  }

  async write(session: ClientSession, changes: NotificationChanges, now: Date): Promise<void> {
    if (changes.messages.length > 0) await this.messages.insertMany(changes.messages, { session });
    if (changes.deliveries.length > 0) await this.deliveries.insertMany(changes.deliveries, { session });
    if (changes.superseded.length > 0) await this.supersede(session, changes.superseded, now);
    await this.references.bulkWrite(
      changes.references.map(({ key, paid, transactions }) => ({
        updateOne: { filter: { _id: key }, update: { $set: { paid, transactions, updatedAt: now } }, upsert: true },
      })),
      { session },
    );
  }

  /** What is on the wire cannot be called back; it is only not repeated. */
  private async supersede(session: ClientSession, ids: string[], now: Date): Promise<void> {
    await this.deliveries.updateMany(
      { _id: { $in: ids }, state: 'scheduled' },
      { $set: { state: 'superseded', nextAttemptAt: null, waitsFor: null, updatedAt: now } },
      { session },
    );
    await this.deliveries.updateMany({ _id: { $in: ids }, state: 'sending' }, { $set: { obsolete: true, updatedAt: now } }, { session });
  }
}
