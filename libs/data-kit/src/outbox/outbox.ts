import { Inject, Injectable } from '@nestjs/common';
import { newPrefixedId } from '@paygate/kernel';
import type { EventContract } from '@paygate/messages';
import { currentContext, newRequestId } from '@paygate/nest-kit';
import type { ClientSession, Model, mongo } from 'mongoose';
import { Transactions } from '../transactions/transactions.js';
import { OutboxRelay } from './outbox-relay.js';
import { OUTBOX_MODEL } from './outbox.schema.js';
import type { OutboxRow } from './outbox.schema.js';

export interface OutboxOptions {
  /** Events with the same key are published one after the other, in the order in which they were added. */
  orderingKey?: string;
}

const POSITIONS_PER_MS = 1_000;

/** Tells the other services what happened: the event is written with the change that caused it and published after the commit. */
@Injectable()
export class Outbox {
  /** Past mongoose: the rows are typed and complete, and this runs with every change on the platform. */
  private readonly collection: mongo.Collection<OutboxRow>;
  private lastPosition = 0;
  private readonly wakeRelay = (): void => this.relay.wake();

  constructor(
    @Inject(OUTBOX_MODEL) rows: Model<OutboxRow>,
    private readonly transactions: Transactions,
    private readonly relay: OutboxRelay,
  ) {
    this.collection = rows.db.collection<OutboxRow>(rows.collection.collectionName);
  }

  /**
   * Adds an event to the caller's transaction and returns its id. It is published at least once when the transaction
   * commits, never when it rolls back.
   */
  async add<P extends object>(
    session: ClientSession,
    contract: EventContract<P>,
    payload: P,
    options: OutboxOptions = {},
  ): Promise<string> {
    const now = new Date();
    const row: OutboxRow = {
      _id: newPrefixedId('evt', now),
      subject: contract.subject,
      // What is stored is what is sent: dates as text, no undefined.
      payload: JSON.parse(JSON.stringify(payload)) as unknown,
      occurredAt: now,
      requestId: currentContext()?.requestId ?? newRequestId(),
      attempts: 0,
      pending: true,
      dueAt: now,
    };
    if (options.orderingKey !== undefined) {
      row.orderingKey = options.orderingKey;
      row.position = await this.nextPosition(session, options.orderingKey, now);
    }
    await this.collection.insertOne(row, { session });
    this.transactions.afterCommit(session, this.wakeRelay);
    return row._id;
  }

  /**
   * The clock gives the order, except where it would go backwards: another instance's clock may be ahead. Whoever acts
   * on a committed event sees its row, so a later event always gets a later position.
   */
  private async nextPosition(session: ClientSession, orderingKey: string, now: Date): Promise<number> {
    const latest = await this.collection.findOne(
      { orderingKey, pending: true },
      { projection: { position: 1 }, sort: { position: -1 }, session },
    );
    this.lastPosition = Math.max(now.getTime() * POSITIONS_PER_MS, this.lastPosition + 1, (latest?.position ?? 0) + 1);
    return this.lastPosition;
  }
}
