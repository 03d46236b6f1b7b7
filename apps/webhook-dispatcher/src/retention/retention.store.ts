import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { Model } from 'mongoose';
import type { mongo } from 'mongoose';
import { ATTEMPT_MODEL, DELIVERY_MODEL, MESSAGE_MODEL, NativeCollection } from '../deliveries/index.js';
import type { AttemptRow, DeliveryRow, MessageRow } from '../deliveries/index.js';

const INDEX_NAME = 'retention';
const DAY_SECONDS = 86_400;
const INDEX_NOT_FOUND = 27;

export interface Erasure {
  erased: number;
  underWay: number;
}

/** How long contents are kept. */
@Injectable()
export class RetentionStore {
  constructor(
    @InjectModel(DELIVERY_MODEL) private readonly deliveries: Model<DeliveryRow>,
    @InjectModel(MESSAGE_MODEL) private readonly messages: Model<MessageRow>,
    @InjectModel(ATTEMPT_MODEL) private readonly attempts: Model<AttemptRow>,
  ) {}

  /** Lets the database delete what is older. Made here and not in the schemas, because its number is a setting and may change. */
  async keepFor(days: number): Promise<void> {
    const expireAfterSeconds = days * DAY_SECONDS;
    await expire(new NativeCollection(this.messages).documents, { createdAt: 1 }, expireAfterSeconds);
    await expire(new NativeCollection(this.attempts).documents, { startedAt: 1 }, expireAfterSeconds);
  }

  /** Removes what notifications of a transaction said and what receivers answered. What is still on its way keeps its content. */
  async erase(scope: TenantScope, transactionId: string): Promise<Erasure> {
    const mine = tenantFilter(scope);
    const rows = await this.deliveries
      .find({ ...mine, transactionId }, { state: 1, messageId: 1 })
      .lean<Pick<DeliveryRow, '_id' | 'state' | 'messageId'>[]>();
    const isOpen = ({ state }: Pick<DeliveryRow, 'state'>): boolean => state === 'scheduled' || state === 'sending';
    const needed = new Set(rows.filter(isOpen).map(({ messageId }) => messageId));
    const finished = rows.filter(({ messageId }) => !needed.has(messageId));
    await this.messages.updateMany(
      { ...mine, _id: { $in: finished.map(({ messageId }) => messageId) } },
      { $unset: { body: 1, facts: 1 } },
    );
    await this.attempts.updateMany({ ...mine, deliveryId: { $in: rows.map(({ _id }) => _id) } }, { $unset: { responseBody: 1 } });
    return { erased: finished.length, underWay: rows.length - finished.length };
  }
}

async function expire<T extends mongo.Document>(
  collection: mongo.Collection<T>,
  key: Record<string, 1>,
  expireAfterSeconds: number,
): Promise<void> {
  const present = (await collection.indexes()).find(({ name }) => name === INDEX_NAME);
  if (present?.expireAfterSeconds === expireAfterSeconds) return;
  if (present) await dropIfThere(collection);
  await collection.createIndex(key, { name: INDEX_NAME, expireAfterSeconds }, {});
}

/** Another instance may have been first. */
async function dropIfThere<T extends mongo.Document>(collection: mongo.Collection<T>): Promise<void> {
  try {
    await collection.dropIndex(INDEX_NAME);
  } catch (error) {
    if ((error as { code?: unknown }).code !== INDEX_NOT_FOUND) throw error;
  }
}
