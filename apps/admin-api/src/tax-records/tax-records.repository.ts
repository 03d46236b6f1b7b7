import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { findPage, tenantFilter } from '@paygate/data-kit';
import type { PageSelection } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { TaxSourceKind } from '@paygate/messages';
import type { Page } from '@paygate/nest-kit';
import type { ClientSession, Model, mongo } from 'mongoose';
import type { StandingVerdict, Told } from './source-standing.js';
import type { TaxRecord } from './tax-record.js';
import { TAX_RECORD_MODEL, TAX_SOURCE_MODEL } from './tax-record.schema.js';
import type { TaxRecordRow, TaxSourceRow } from './tax-record.schema.js';
import { matchingRecords } from './tax-record-filter.js';
import type { TaxRecordFilter } from './tax-record-filter.js';
import { TaxSums } from './tax-sums.repository.js';

/** What moved tax. */
export interface TaxSource {
  sourceKind: TaxSourceKind;
  sourceId: string;
}

/** The tax records of one tenant. They are written once; how they stand is all that changes, and the sums change with it. */
@Injectable()
export class TaxRecordsRepository {
  /** Past mongoose for writes: rows are typed and complete. */
  private readonly collection: mongo.Collection<TaxRecordRow>;
  private readonly sources: mongo.Collection<TaxSourceRow>;

  constructor(
    @InjectModel(TAX_RECORD_MODEL) private readonly rows: Model<TaxRecordRow>,
    @InjectModel(TAX_SOURCE_MODEL) sources: Model<TaxSourceRow>,
    private readonly sums: TaxSums,
  ) {
    this.collection = rows.db.collection<TaxRecordRow>(rows.collection.collectionName);
    this.sources = sources.db.collection<TaxSourceRow>(sources.collection.collectionName);
  }

  async find(scope: TenantScope, id: string): Promise<TaxRecord | undefined> {
    const row = await this.rows.findOne({ _id: id, ...tenantFilter(scope) }).lean<TaxRecordRow | null>();
    return row ? toRecord(row) : undefined;
  }

  /** Newest first, by when they count. */
  async list(scope: TenantScope, filter: TaxRecordFilter, selection: PageSelection): Promise<Page<TaxRecord>> {
    const total = (): Promise<number> => this.count(scope, filter);
    const page = await findPage(this.rows, scope, matchingRecords(filter), selection, { by: 'recognizedAt', total });
    return { ...page, items: page.items.map(toRecord) };
  }

  /** All there are of a source, with those that do not count. */
  async ofSource(scope: TenantScope, { sourceKind, sourceId }: TaxSource, session: ClientSession): Promise<TaxRecord[]> {
    const rows = await this.collection
      .find({ ...tenantFilter(scope), sourceKind, sourceId }, { session, sort: { taxVersion: 1, row: 1 } })
      .toArray();
    return rows.map(toRecord);
  }

  /** What the records of a transaction are of, as `<kind> <id>`. */
  async sourcesOf(scope: TenantScope, transactionId: string): Promise<Set<string>> {
    const rows = await this.collection
      .find({ ...tenantFilter(scope), transactionId }, { projection: { sourceKind: 1, sourceId: 1 } })
      .toArray();
    return new Set(rows.map(({ sourceKind, sourceId }) => `${sourceKind} ${sourceId}`));
  }

  /** What was told of a source so far. Who adds to it with {@link note} does so alone: of two at a time, one is repeated after the other. */
  async hold(
    scope: TenantScope,
    { sourceKind, sourceId }: TaxSource,
    session: ClientSession,
  ): Promise<Pick<TaxSourceRow, '_id' | 'told' | 'build'>> {
    const { organizationId, livemode } = scope;
    const _id = [organizationId, livemode ? 'live' : 'test', sourceKind, sourceId].join(':');
    const row = await this.sources.findOneAndUpdate(
      { _id },
      { $setOnInsert: { ...tenantFilter(scope), sourceKind, sourceId, told: [], build: 0 } },
      { session, upsert: true, returnDocument: 'after' },
    );
    return row ?? { _id, told: [], build: 0 };
  }

  async note(_scope: TenantScope, sourceRowId: string, change: { told?: Told; build?: number }, session: ClientSession): Promise<void> {
    const { told, build } = change;
    await this.sources.updateOne(
      { _id: sourceRowId },
      { ...(told ? { $push: { told } } : {}), ...(build === undefined ? {} : { $set: { build } }) },
      { session },
    );
  }

  async insert(scope: TenantScope, records: readonly TaxRecord[], session: ClientSession): Promise<void> {
    if (records.length === 0) return;
    await this.collection.insertMany(
      records.map(({ id, ...fields }) => defined({ _id: id, ...tenantFilter(scope), ...fields })),
      { session },
    );
    await this.sums.add(scope, records, 1, session);
  }

  /** @returns the records as they are now */
  async restand(
    scope: TenantScope,
    records: readonly TaxRecord[],
    verdict: StandingVerdict,
    now: Date,
    session: ClientSession,
  ): Promise<TaxRecord[]> {
    if (records.length === 0) return [];
    const { standing, reason: standingReason, movementId: standingMovementId } = verdict;
    await this.collection.updateMany(
      { _id: { $in: records.map(({ id }) => id) }, ...tenantFilter(scope) },
      { $set: defined({ standing, standingReason, standingMovementId, standingChangedAt: now }) },
      { session },
    );
    await this.sums.add(scope, records, -1, session);
    const changed = records.map((record) => ({ ...record, standing, standingReason, standingMovementId, standingChangedAt: now }));
    await this.sums.add(scope, changed, 1, session);
    return changed;
  }

  /** Of one payment or one invoice there are few, so they are counted; of everything else the sums know. */
  private async count(scope: TenantScope, filter: TaxRecordFilter): Promise<number> {
    const isRare = filter.transactionId !== undefined || filter.invoiceId !== undefined || filter.saleBefore !== undefined;
    if (isRare) return this.rows.countDocuments({ ...matchingRecords(filter), ...tenantFilter(scope) });
    const [sum] = await this.sums.read(scope, filter, []);
    return sum?.count ?? 0;
  }
}

function toRecord({ _id, organizationId: _organizationId, ...fields }: TaxRecordRow): TaxRecord {
  return { id: _id, ...fields };
}

/** A field that is undefined would be stored as null. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
