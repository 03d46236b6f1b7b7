import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import { Model } from 'mongoose';
import { DELIVERY_MODEL } from '../deliveries/index.js';
import type { DeliveryRow } from '../deliveries/index.js';
import type { EndpointRow } from './endpoint.schema.js';

/** Why deliveries were given up without an attempt, in words that a merchant reads in the delivery log. */
export type StopReason = 'endpoint_disabled' | 'endpoint_deleted';

/** What is on its way to an endpoint of one tenant. */
@Injectable()
export class EndpointDeliveriesRepository {
  constructor(@InjectModel(DELIVERY_MODEL) private readonly deliveries: Model<DeliveryRow>) {}

  /** What waits is given up. What is on the wire ends by itself; whoever has it sees then that it is not repeated. */
  async stop(scope: TenantScope, endpoint: Pick<EndpointRow, '_id'>, reason: StopReason): Promise<void> {
    await this.deliveries.updateMany(this.waiting(scope, endpoint), {
      $set: { state: 'dead', lastError: reason, nextAttemptAt: null, waitsFor: null, updatedAt: new Date() },
    });
  }

  /** What waits goes to the new address. */
  async redirect(scope: TenantScope, endpoint: Pick<EndpointRow, '_id' | 'url' | 'origin'>): Promise<void> {
    const { url, origin } = endpoint;
    await this.deliveries.updateMany(this.waiting(scope, endpoint), { $set: { url, origin, updatedAt: new Date() } });
  }

  private waiting(scope: TenantScope, { _id }: Pick<EndpointRow, '_id'>): object {
    return { ...tenantFilter(scope), endpointId: _id, state: 'scheduled' };
  }
}
