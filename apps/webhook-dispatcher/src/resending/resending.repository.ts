import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { Model } from 'mongoose';
import type { ClientSession } from 'mongoose';
import { DELIVERY_MODEL, MESSAGE_MODEL, REFERENCE_MODEL } from '../deliveries/index.js';
import type { DeliveryRow, MessageRow, ReferenceRow } from '../deliveries/index.js';

/** Reads and writes one delivery of a tenant in the caller's transaction. */
@Injectable()
export class ResendingRepository {
  constructor(
    @InjectModel(DELIVERY_MODEL) private readonly deliveries: Model<DeliveryRow>,
    @InjectModel(MESSAGE_MODEL) private readonly messages: Model<MessageRow>,
    @InjectModel(REFERENCE_MODEL) private readonly references: Model<ReferenceRow>,
  ) {}

  async find(scope: TenantScope, deliveryId: string, session: ClientSession): Promise<DeliveryRow | null> {
    return this.deliveries.findOne({ _id: deliveryId, ...tenantFilter(scope) }, null, { session }).lean<DeliveryRow | null>();
  }

  /** Whether there is still something to send. */
  async hasContent(scope: TenantScope, { messageId }: DeliveryRow, session: ClientSession): Promise<boolean> {
    const message = await this.messages
      .findOne({ _id: messageId, ...tenantFilter(scope) }, { body: 1, facts: 1 }, { session })
      .lean<Pick<MessageRow, 'body' | 'facts'> | null>();
    return message?.body !== undefined || message?.facts !== undefined;
  }

  /** @param key of a delivery that was found for its tenant */
  async touchReference(key: string, now: Date, session: ClientSession): Promise<ReferenceRow | null> {
    return this.references
      .findOneAndUpdate({ _id: key }, { $set: { updatedAt: now } }, { session, returnDocument: 'after' })
      .lean<ReferenceRow | null>();
  }

  /** Null when it has changed since it was read. */
  async schedule(scope: TenantScope, { _id, state }: DeliveryRow, now: Date, session: ClientSession): Promise<DeliveryRow | null> {
    return this.deliveries
      .findOneAndUpdate(
        { _id, ...tenantFilter(scope), state },
        { $set: { state: 'scheduled', nextAttemptAt: now, updatedAt: now } },
        { session, returnDocument: 'after' },
      )
      .lean<DeliveryRow | null>();
  }
}
