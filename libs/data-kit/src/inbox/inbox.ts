import { Inject, Injectable } from '@nestjs/common';
import { Schema } from 'mongoose';
import type { ClientSession, Model } from 'mongoose';

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
}
