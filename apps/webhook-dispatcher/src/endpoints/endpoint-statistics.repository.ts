import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { tenantFilter } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { DeliveryState } from '@paygate/messages';
import { Model } from 'mongoose';
import { ATTEMPT_MODEL, DELIVERY_MODEL } from '../deliveries/index.js';
import type { AttemptRow, DeliveryRow } from '../deliveries/index.js';
import type { EndpointRow } from './endpoint.schema.js';

export interface Period {
  from: Date;
  to: Date;
}

export interface StateFigures {
  deliveries: number;
  attempts: number;
}

/** The latest deliveries of the period stand for all where durations are concerned. */
const SAMPLE = 2_000;

/** Figures about the endpoints of one tenant. */
@Injectable()
export class EndpointStatisticsRepository {
  constructor(
    @InjectModel(DELIVERY_MODEL) private readonly deliveries: Model<DeliveryRow>,
    @InjectModel(ATTEMPT_MODEL) private readonly attempts: Model<AttemptRow>,
  ) {}

  /** Read along the index of the tenant's lists: an index by endpoint would be one more for every notification to keep up. */
  async byState(scope: TenantScope, endpointId: string, { from, to }: Period): Promise<Map<DeliveryState, StateFigures>> {
    const rows = await this.deliveries.aggregate<StateFigures & { _id: DeliveryState }>([
      { $match: { ...tenantFilter(scope), endpointId, createdAt: { $gte: from, $lt: to } } },
      { $group: { _id: '$state', deliveries: { $sum: 1 }, attempts: { $sum: '$attemptCount' } } },
    ]);
    return new Map(rows.map(({ _id, deliveries, attempts }) => [_id, { deliveries, attempts }]));
  }

  /** Of attempts, in milliseconds, shortest first. */
  async durations(scope: TenantScope, endpointId: string, { from, to }: Period): Promise<number[]> {
    const latest = await this.deliveries
      .find({ ...tenantFilter(scope), endpointId, createdAt: { $gte: from, $lt: to } }, { _id: 1 })
      .sort({ createdAt: -1, _id: -1 })
      .limit(SAMPLE)
      .lean<Pick<DeliveryRow, '_id'>[]>();
    const rows = await this.attempts
      .find({ ...tenantFilter(scope), deliveryId: { $in: latest.map(({ _id }) => _id) } }, { _id: 0, durationMs: 1 })
      .lean<Pick<AttemptRow, 'durationMs'>[]>();
    return rows.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  }

  /** Also of what is held back while the endpoint is paused. */
  async oldestDue(scope: TenantScope, { _id, origin }: Pick<EndpointRow, '_id' | 'origin'>, now: Date): Promise<Date | undefined> {
    const [row] = await this.deliveries.aggregate<{ due: Date }>([
      { $match: { ...tenantFilter(scope), endpointId: _id, origin, state: 'scheduled', nextAttemptAt: { $gt: new Date(0) } } },
      { $project: { due: { $ifNull: ['$heldFrom', '$nextAttemptAt'] } } },
      { $match: { due: { $lte: now } } },
      { $sort: { due: 1 } },
      { $limit: 1 },
    ]);
    return row?.due;
  }
}
