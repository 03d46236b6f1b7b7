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

export interface AttemptFigures {
  attempts: number;
  acknowledged: number;
}

/** So many attempts of the period, the latest, stand for all where durations are concerned. */
const SAMPLE = 10_000;

/** Figures about the endpoints of one tenant. */
@Injectable()
export class EndpointStatisticsRepository {
  constructor(
    @InjectModel(DELIVERY_MODEL) private readonly deliveries: Model<DeliveryRow>,
    @InjectModel(ATTEMPT_MODEL) private readonly attempts: Model<AttemptRow>,
  ) {}

  async byState(scope: TenantScope, endpointId: string, { from, to }: Period): Promise<Map<DeliveryState, number>> {
    const rows = await this.deliveries.aggregate<{ _id: DeliveryState; count: number }>([
      { $match: { ...tenantFilter(scope), endpointId, createdAt: { $gte: from, $lt: to } } },
      { $group: { _id: '$state', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [_id, count]));
  }

  /** @param best the highest status that acknowledges: 200, or 299 for a family that takes every 2xx */
  async attemptFigures(scope: TenantScope, endpointId: string, { from, to }: Period, best: 200 | 299): Promise<AttemptFigures> {
    const isAcknowledged = { $and: [{ $gte: ['$statusCode', 200] }, { $lte: ['$statusCode', best] }] };
    const [row] = await this.attempts.aggregate<AttemptFigures>([
      { $match: { ...tenantFilter(scope), endpointId, startedAt: { $gte: from, $lt: to } } },
      { $group: { _id: null, attempts: { $sum: 1 }, acknowledged: { $sum: { $cond: [isAcknowledged, 1, 0] } } } },
    ]);
    return row ?? { attempts: 0, acknowledged: 0 };
  }

  /** In milliseconds, shortest first. */
  async durations(scope: TenantScope, endpointId: string, { from, to }: Period): Promise<number[]> {
    const rows = await this.attempts
      .find({ ...tenantFilter(scope), endpointId, startedAt: { $gte: from, $lt: to } }, { _id: 0, durationMs: 1 })
      .sort({ startedAt: -1 })
      .limit(SAMPLE)
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
