import { Inject, Injectable } from '@nestjs/common';
import { Schema } from 'mongoose';
import type { ClientSession, Model, mongo } from 'mongoose';

const KEPT_SECONDS = 30 * 24 * 3600;

/** An event a consumer has dealt with. */
export interface InboxRow {
  _id: string;
  processedAt: Date;
}

export const INBOX_MODEL = 'InboxEvent';

export const inboxSchema = new Schema<InboxRow>(
  { _id: { type: String, required: true }, processedAt: { type: Date, required: true } },
  { collection: 'inbox', versionKey: false },
).index({ processedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

/**
 * Remembers which events were processed. Events arrive at least once; with the inbox their effect happens once. Rows are
 * kept for 30 days, as long as the stream keeps its events.
 */
@Injectable()
export class Inbox {
  constructor(@Inject(INBOX_MODEL) private readonly rows: Model<InboxRow>) {}

  /**
   * Notes in the caller's transaction that `consumer` processes the event; false when it already has. Two consumers at
   * the same time end in a write conflict for one of them, whose transaction is repeated and then gets false.
   */
  async firstTime(session: ClientSession, consumer: string, eventId: string): Promise<boolean> {
    // Not an insert: its duplicate-key error would end the caller's transaction.
    const written = await this.rows.updateOne(
      { _id: `${consumer}:${eventId}` },
      { $setOnInsert: { processedAt: new Date() } },
      { session, upsert: true },
    );
    return written.upsertedCount === 1;
  }

  /**
   * The same for many events of one transaction in one command.
   * @returns the ids of those that were new
   */
  async firstTimes(session: ClientSession, consumer: string, eventIds: readonly string[]): Promise<Set<string>> {
    const unique = [...new Set(eventIds)];
    if (unique.length === 0) return new Set();
    const processedAt = new Date();
    // The driver's own collection: casting each row by the schema would cost more than writing it.
    const rows = this.rows.collection as unknown as mongo.Collection<InboxRow>;
    const written = await rows.bulkWrite(
      unique.map((eventId) => ({
        updateOne: { filter: { _id: `${consumer}:${eventId}` }, update: { $setOnInsert: { processedAt } }, upsert: true },
      })),
      { session },
    );
    return new Set(Object.keys(written.upsertedIds).flatMap((index) => unique[Number(index)] ?? []));
  }
}
