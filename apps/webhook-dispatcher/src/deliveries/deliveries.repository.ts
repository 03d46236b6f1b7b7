import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { DeliveryFamily, DeliveryState } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import { Model } from 'mongoose';
import { ATTEMPT_MODEL } from './attempt.schema.js';
import type { AttemptRow } from './attempt.schema.js';
import { DELIVERY_MODEL } from './delivery.schema.js';
import type { DeliveryRow } from './delivery.schema.js';
import { MESSAGE_MODEL } from './message.schema.js';
import type { MessageRow } from './message.schema.js';

export interface DeliveryFilter {
  transactionId?: string;
  checkoutId?: string;
  siteId?: string;
  state?: DeliveryState;
  family?: DeliveryFamily;
  endpointId?: string;
}

export interface DeliveryHistory {
  delivery: DeliveryRow;
  /** Undefined while the site's settings are not known. */
  body?: string;
  /** Oldest first. */
  attempts: AttemptRow[];
}

/** The deliveries of one tenant. */
@Injectable()
export class DeliveriesRepository {
  constructor(
    @InjectModel(DELIVERY_MODEL) private readonly deliveries: Model<DeliveryRow>,
    @InjectModel(MESSAGE_MODEL) private readonly messages: Model<MessageRow>,
    @InjectModel(ATTEMPT_MODEL) private readonly attempts: Model<AttemptRow>,
  ) {}

  list(scope: TenantScope, filter: DeliveryFilter, page: PageSelection): Promise<Page<DeliveryRow>> {
    const { transactionId, checkoutId, siteId, state, family, endpointId } = filter;
    const given = Object.entries({ transactionId, checkoutId, siteId, state, family, endpointId }).filter(
      ([, value]) => value !== undefined,
    );
    return findPage(this.deliveries, scope, Object.fromEntries(given), page);
  }

  async find(scope: TenantScope, deliveryId: string): Promise<DeliveryHistory | null> {
    const mine = tenantFilter(scope);
    const delivery = await this.deliveries.findOne({ ...mine, _id: deliveryId }).lean<DeliveryRow>();
    if (!delivery) return null;
    const [message, attempts] = await Promise.all([
      this.messages.findOne({ ...mine, _id: delivery.messageId }).lean<MessageRow>(),
      this.attempts
        .find({ ...mine, deliveryId })
        .sort({ startedAt: 1, number: 1 })
        .lean<AttemptRow[]>(),
    ]);
    return { delivery, attempts, body: message?.body };
  }
}
