import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, isDuplicateKey, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { DeliveryFamily, EndpointSlot, EndpointState } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import { Model } from 'mongoose';
import type { ClientSession, UpdateQuery } from 'mongoose';
import { ENDPOINT_MODEL } from './endpoint.schema.js';
import type { EndpointRow } from './endpoint.schema.js';

export interface EndpointFilter {
  family?: DeliveryFamily;
  slot?: EndpointSlot;
  state?: EndpointState;
  siteId?: string;
}

/** The endpoints of one tenant. */
@Injectable()
export class EndpointsRepository {
  constructor(@InjectModel(ENDPOINT_MODEL) private readonly endpoints: Model<EndpointRow>) {}

  list(scope: TenantScope, { family, slot, state, siteId }: EndpointFilter, page: PageSelection): Promise<Page<EndpointRow>> {
    const given = Object.entries({ family, slot, state, siteId }).filter(([, value]) => value !== undefined);
    return findPage(this.endpoints, scope, Object.fromEntries(given), page);
  }

  /** Those that a merchant registered. */
  countRegistered(scope: TenantScope): Promise<number> {
    return this.endpoints.countDocuments({ ...tenantFilter(scope), family: { $ne: 'site_ipn' } });
  }

  /** @throws DomainError `endpoint_not_found` */
  async find(scope: TenantScope, endpointId: string, session?: ClientSession): Promise<EndpointRow> {
    return found(await this.endpoints.findOne({ ...tenantFilter(scope), _id: endpointId }, null, { session }).lean<EndpointRow>());
  }

  /** @throws DomainError `already_exists` when the slot is taken */
  async add(row: EndpointRow): Promise<void> {
    try {
      await this.endpoints.create(row);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new DomainError('already_exists', 'There is an endpoint in this place already; change or delete that one.', undefined, {
        cause: error,
      });
    }
  }

  /**
   * Changes one that is still as `seen` when that is given.
   * @throws DomainError `endpoint_not_found`, `conflict` when it was changed meanwhile
   */
  async change(scope: TenantScope, endpointId: string, update: UpdateQuery<EndpointRow>, seen?: EndpointRow): Promise<EndpointRow> {
    const unchanged = seen ? { updatedAt: seen.updatedAt } : {};
    const changed = await this.endpoints
      .findOneAndUpdate({ ...tenantFilter(scope), _id: endpointId, ...unchanged }, update, { returnDocument: 'after' })
      .lean<EndpointRow>();
    if (!changed && seen) {
      await this.find(scope, endpointId);
      throw new DomainError('conflict');
    }
    return found(changed);
  }

  /** @throws DomainError `endpoint_not_found` */
  async remove(scope: TenantScope, endpointId: string): Promise<void> {
    const { deletedCount } = await this.endpoints.deleteOne({ ...tenantFilter(scope), _id: endpointId });
    if (deletedCount === 0) throw new DomainError('endpoint_not_found');
  }
}

function found(row: EndpointRow | null): EndpointRow {
  if (!row) throw new DomainError('endpoint_not_found');
  return row;
}
