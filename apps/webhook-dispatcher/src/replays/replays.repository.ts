import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, isDuplicateKey, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { ReplayState } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import { Model } from 'mongoose';
import { REPLAY_MODEL } from './replay.schema.js';
import type { ReplayRow } from './replay.schema.js';

/** The replays of one tenant. */
@Injectable()
export class ReplaysRepository {
  constructor(@InjectModel(REPLAY_MODEL) private readonly replays: Model<ReplayRow>) {}

  /** @throws DomainError `replay_running` */
  async add(row: ReplayRow): Promise<void> {
    try {
      await this.replays.create(row);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new DomainError('replay_running', undefined, undefined, { cause: error });
    }
  }

  list(
    scope: TenantScope,
    { endpointId, state }: { endpointId?: string; state?: ReplayState },
    page: PageSelection,
  ): Promise<Page<ReplayRow>> {
    const given = Object.entries({ endpointId, state }).filter(([, value]) => value !== undefined);
    return findPage(this.replays, scope, Object.fromEntries(given), page);
  }

  /** @throws DomainError `replay_not_found` */
  async find(scope: TenantScope, replayId: string): Promise<ReplayRow> {
    const row = await this.replays.findOne({ ...tenantFilter(scope), _id: replayId }).lean<ReplayRow>();
    if (!row) throw new DomainError('replay_not_found');
    return row;
  }

  /** One that is finished stays as it is. @throws DomainError `replay_not_found` */
  async cancel(scope: TenantScope, replayId: string, now: Date): Promise<ReplayRow> {
    await this.replays.updateOne(
      { ...tenantFilter(scope), _id: replayId, state: 'running' },
      { $set: { state: 'cancelled', finishedAt: now, updatedAt: now } },
    );
    return this.find(scope, replayId);
  }
}
