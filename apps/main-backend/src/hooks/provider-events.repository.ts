import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { isDuplicateKey, tenantFilter } from '@paygate/data-kit';
import { newObjectId, TenantScope } from '@paygate/kernel';
import type { Model, mongo } from 'mongoose';
import type { ProviderEvent, ProviderSubject } from '../providers/index.js';
import type { ProviderEventRecord } from './provider-event.js';
import { PROVIDER_EVENT_MODEL } from './provider-event.schema.js';
import type { ProviderEventRow } from './provider-event.schema.js';

/** The notifications of providers: stored once each, then worked off like a queue. */
@Injectable()
export class ProviderEventsRepository {
  /** Past mongoose for inserts: rows are typed and complete, and its casting would be the costliest part. */
  private readonly collection: mongo.Collection<ProviderEventRow>;

  constructor(@InjectModel(PROVIDER_EVENT_MODEL) private readonly rows: Model<ProviderEventRow>) {
    this.collection = rows.db.collection<ProviderEventRow>(rows.collection.collectionName);
  }

  /** @returns the id it is stored under, or undefined when it was stored before */
  async insertIfAbsent(
    scope: TenantScope,
    providerId: string,
    event: ProviderEvent & { readonly subject: ProviderSubject },
    now: Date,
  ): Promise<string | undefined> {
    const row: ProviderEventRow = {
      _id: newObjectId(now),
      ...tenantFilter(scope),
      providerId,
      eventId: event.id,
      type: event.type,
      subject: event.subject,
      occurredAt: event.occurredAt,
      receivedAt: now,
      attempts: 0,
      dueAt: now,
    };
    try {
      await this.collection.insertOne(row, { ignoreUndefined: true });
      return row._id;
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  async markProcessed(scope: TenantScope, id: string, outcome: string, now: Date): Promise<void> {
    await this.rows.updateOne(
      { _id: id, ...tenantFilter(scope) },
      { $set: { processedAt: now, outcome }, $unset: { dueAt: '', lastError: '' } },
    );
  }

  async markFailed(scope: TenantScope, id: string, dueAt: Date, lastError: string): Promise<void> {
    await this.rows.updateOne({ _id: id, ...tenantFilter(scope), processedAt: { $exists: false } }, { $set: { dueAt, lastError } });
  }

  /**
   * Takes one event that is due and holds it for `leaseMs`, across all tenants: the platform's own work, never a request's.
   * Whoever crashes while processing it loses it to another instance when the lease has run out.
   */
  async claimDueOfAllTenants(now: Date, leaseMs: number): Promise<ProviderEventRecord | undefined> {
    const row = await this.rows
      .findOneAndUpdate(
        { dueAt: { $lte: now } },
        { $set: { dueAt: new Date(now.getTime() + leaseMs) }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
      .lean<ProviderEventRow | null>();
    if (!row) return undefined;
    const { _id: id, organizationId, livemode, providerId, eventId, type, subject, receivedAt, attempts } = row;
    return { id, scope: TenantScope.of(organizationId, livemode), providerId, eventId, type, subject, receivedAt, attempts };
  }
}
