import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { ClientSession } from 'mongoose';
import { DELIVERY_MODEL, MESSAGE_MODEL, NativeCollection, REFERENCE_MODEL } from '../deliveries/index.js';
import type { DeliveryRow, MessageRow, OpenDelivery, ReferenceRow } from '../deliveries/index.js';
import { OPEN_PROJECTION, openDelivery } from '../sending/index.js';

/** What is stored of a reference, and its deliveries that are not finished. */
export interface StoredReference {
  row?: ReferenceRow;
  open: OpenDelivery[];
}

/** All that one group of events changes. */
export interface NotificationChanges {
  /** By id: several endpoints can be told the same. */
  messages: Map<string, MessageRow>;
  deliveries: DeliveryRow[];
  references: { key: string; isNew: boolean; paid: boolean; transactions: ReferenceRow['transactions'] }[];
  /** Existing deliveries that have become pointless. */
  superseded: string[];
}

/** Reads and writes what an event touches, in the caller's transaction. Keys contain the tenant, see `referenceKeyOf`. */
@Injectable()
export class NotificationRepository {
  private readonly messages: NativeCollection<MessageRow>;
  private readonly deliveries: NativeCollection<DeliveryRow>;
  private readonly references: NativeCollection<ReferenceRow>;

  constructor(
    @InjectModel(MESSAGE_MODEL) messages: Model<MessageRow>,
    @InjectModel(DELIVERY_MODEL) deliveries: Model<DeliveryRow>,
    @InjectModel(REFERENCE_MODEL) references: Model<ReferenceRow>,
  ) {
    this.messages = new NativeCollection(messages);
    this.deliveries = new NativeCollection(deliveries);
    this.references = new NativeCollection(references);
  }

  /** Which of these messages are there already. By them an event is recognized when it comes again. */
  async knownMessages(session: ClientSession, messageIds: string[]): Promise<Set<string>> {
    const rows = await this.messages.documents.find({ _id: { $in: messageIds } }, { session, projection: { _id: 1 } }).toArray();
    return new Set(rows.map((row) => row._id));
  }

  async read(session: ClientSession, keys: string[]): Promise<Map<string, StoredReference>> {
    const stored = new Map<string, StoredReference>(keys.map((key) => [key, { open: [] }]));
    const rows = await this.references.documents.find({ _id: { $in: keys } }, { session }).toArray();
    for (const row of rows) stored.set(row._id, { row, open: [] });
    // A reference nobody has heard of has no deliveries.
    const known = rows.map((row) => row._id);
    if (known.length === 0) return stored;
    const open = await this.deliveries.documents
      .find({ referenceKey: { $in: known }, state: { $in: ['scheduled', 'sending'] } }, { session, projection: OPEN_PROJECTION })
      .toArray();
    for (const row of open) stored.get(row.referenceKey)?.open.push(openDelivery(row));
    return stored;
  }

  async write(session: ClientSession, changes: NotificationChanges, now: Date): Promise<void> {
    await this.messages.insert([...changes.messages.values()], { session });
    await this.deliveries.insert(changes.deliveries, { session });
    if (changes.superseded.length > 0) await this.supersede(session, changes.superseded, now);
    await this.references.insert(
      changes.references
        .filter(({ isNew }) => isNew)
        .map(({ key, paid, transactions }) => ({ _id: key, paid, transactions, updatedAt: now })),
      { session },
    );
    await this.references.update(
      changes.references
        .filter(({ isNew }) => !isNew)
        .map(({ key, paid, transactions }) => ({ q: { _id: key }, u: { $set: { paid, transactions, updatedAt: now } } })),
      session,
    );
  }

  /** What is on the wire cannot be called back; it is only not repeated. */
  private async supersede(session: ClientSession, ids: string[], now: Date): Promise<void> {
    await this.deliveries.documents.updateMany(
      { _id: { $in: ids }, state: 'scheduled' },
      { $set: { state: 'superseded', nextAttemptAt: null, waitsFor: null, updatedAt: now } },
      { session },
    );
    await this.deliveries.documents.updateMany(
      { _id: { $in: ids }, state: 'sending' },
      { $set: { obsolete: true, updatedAt: now } },
      { session },
    );
  }
}
