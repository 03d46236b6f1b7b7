import { createHash } from 'node:crypto';
import { newObjectId } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { ClientSession, Model, mongo } from 'mongoose';
import { tenantFilter } from '../tenancy/tenant-filter.js';
import type { Transactions } from '../transactions/transactions.js';
import { mergeSums } from './merge-sums.js';
import { ALL_DAYS, monthOf, monthsAndDays } from './periods.js';
import type { Days } from './periods.js';
import type { RollupCell, RollupRow, RollupShape } from './rollup-row.js';

/** Changes folded, and rows inserted, at once. */
const AT_ONCE = 1_000;

type Row<D extends object, F extends string> = RollupRow & D & Record<F, number>;
type Loose = mongo.Document & RollupRow;

/** A cell on a day. */
export type DailyCell<D extends object, F extends string> = RollupCell<D, F> & { day: string };

/**
 * Sums by day that are exact at once and cost what their cells cost, however many things were summed. Reading and folding happen
 * in database transactions: a plain read could meet a change twice, or not at all, while it is folded.
 */
export class Rollup<D extends object, F extends string> {
  private readonly collection: mongo.Collection<Loose>;

  constructor(
    rows: Model<Row<D, F>>,
    private readonly database: Transactions,
    private readonly shape: RollupShape<D, F>,
  ) {
    this.collection = rows.db.collection<Loose>(rows.collection.collectionName);
  }

  /** Adds changes in the caller's transaction. Nobody waits for anybody. */
  async add(cells: readonly DailyCell<D, F>[], session: ClientSession): Promise<void> {
    const rows = mergeSums(
      cells as readonly (Record<F, number> & Record<string, unknown>)[],
      ['day', 'organizationId', 'livemode', ...this.shape.dimensions],
      this.shape.figures,
    ).flatMap(({ day, ...cell }) =>
      [day as string, ALL_DAYS].map((period) => ({ ...cell, _id: newObjectId(), period, fresh: true }) as unknown as Loose),
    );
    if (rows.length > 0) await this.collection.insertMany(rows, { session });
  }

  /**
   * What the figures come to, by some dimensions, in the caller's transaction.
   * @param days all of them when absent
   */
  async sums<K extends keyof D & string>(
    scope: TenantScope,
    where: mongo.Document,
    days: Days | undefined,
    by: readonly K[],
    session: ClientSession,
  ): Promise<(Pick<D, K> & Record<F, number>)[]> {
    const { period, inMonths } = monthsAndDays(days);
    const mine = { ...where, ...tenantFilter(scope) };
    const found = await this.grouped({ ...mine, period }, by, session);
    if (inMonths) {
      // Not in their months yet; few, and found among those of every tenant.
      const changes = { ...mine, fresh: true, period: { $gte: inMonths.first, $lte: inMonths.last } };
      found.push(...(await this.grouped(changes, by, session, { fresh: 1 })));
    }
    return mergeSums(found as (Record<F, number> & Record<K, unknown>)[], by, this.shape.figures) as (Pick<D, K> & Record<F, number>)[];
  }

  /** Like {@link sums}, each day for itself; days without are left out. */
  async sumsByDay<K extends keyof D & string>(
    scope: TenantScope,
    where: mongo.Document,
    { first, last }: Days,
    by: readonly K[],
    session: ClientSession,
  ): Promise<(Pick<D, K> & Record<F, number> & { day: string })[]> {
    const match = { ...where, ...tenantFilter(scope), period: { $gte: first, $lte: last } };
    const found = (await this.grouped(match, ['period', ...by], session)) as (Record<F, number> & Record<K | 'period', unknown>)[];
    const summed = mergeSums(found, ['period', ...by], this.shape.figures) as (Pick<D, K> & Record<F, number> & { period: string })[];
    return summed.map(({ period: day, ...sum }) => ({ ...(sum as unknown as Pick<D, K> & Record<F, number>), day }));
  }

  /**
   * Adds changes to the folded row of their cell, and those of a day to its month, and removes them, as one database transaction:
   * no sum is different afterwards. Two instances that meet want to remove the same rows, so the database lets only one of them.
   * @returns how many were folded
   */
  async fold(): Promise<number> {
    return this.database.run(async (session) => {
      const fresh = await this.collection.find({ fresh: true }, { session, limit: AT_ONCE }).toArray();
      if (fresh.length === 0) return 0;
      const cells = new Map<string, Loose>();
      for (const { fresh: _fresh, ...row } of fresh) this.addTo(cells, row);
      await this.collection.bulkWrite(
        [...cells.values()].map((row) => {
          const { _id } = row;
          const isFigure = (name: string): boolean => (this.shape.figures as readonly string[]).includes(name);
          const entries = Object.entries(row).filter(([name]) => name !== '_id');
          const $inc = Object.fromEntries(entries.filter(([name]) => isFigure(name)));
          const $setOnInsert = Object.fromEntries(entries.filter(([name]) => !isFigure(name)));
          return { updateOne: { filter: { _id }, update: { $inc, $setOnInsert }, upsert: true } };
        }),
        { session },
      );
      await this.collection.deleteMany({ _id: { $in: fresh.map(({ _id }) => _id) } }, { session });
      return fresh.length;
    });
  }

  /** Folds until nothing is left. @returns how many changes were folded */
  async foldAll(signal?: AbortSignal): Promise<number> {
    for (let folded = 0; ;) {
      const some = await this.fold();
      folded += some;
      if (some === 0 || signal?.aborted) return folded;
    }
  }

  async isEmpty(): Promise<boolean> {
    return (await this.collection.findOne({}, { projection: { _id: 1 } })) === null;
  }

  /**
   * Puts `cells` in place of what was summed, in the caller's transaction: what is added meanwhile by others stands beside it.
   * @param of whose sums; everybody's when absent
   */
  async replace(cells: AsyncIterable<DailyCell<D, F>>, session: ClientSession, of?: TenantScope): Promise<void> {
    await this.collection.deleteMany(of ? tenantFilter(of) : {}, { session });
    const sums = new Map<string, Loose>();
    for await (const { day, ...cell } of cells) {
      const row = { ...cell, _id: '' } as unknown as Loose;
      this.addTo(sums, { ...row, period: day });
      this.addTo(sums, { ...row, period: ALL_DAYS });
    }
    const rows = [...sums.values()];
    for (let i = 0; i < rows.length; i += AT_ONCE) await this.collection.insertMany(rows.slice(i, i + AT_ONCE), { session });
  }

  private async grouped(match: mongo.Document, by: readonly string[], session: ClientSession, hint?: object): Promise<unknown[]> {
    const sums = Object.fromEntries(this.shape.figures.map((figure) => [figure, { $sum: `$${figure}` }]));
    const of = Object.fromEntries(by.map((field) => [field, `$${field}`]));
    const found = await this.collection
      .aggregate<{ _id: object }>([{ $match: match }, { $group: { _id: of, ...sums } }], { session, ...(hint ? { hint } : {}) })
      .toArray();
    return found.map(({ _id, ...figures }) => ({ ..._id, ...figures }));
  }

  /** To its own cell, and if it is of a day, to that of the month. */
  private addTo(cells: Map<string, Loose>, row: Loose): void {
    const periods = row.period === ALL_DAYS ? [ALL_DAYS] : [row.period, monthOf(row.period)];
    for (const period of periods) {
      const _id = this.keyOf({ ...row, period });
      const sum = cells.get(_id);
      const figures = this.shape.figures.map((figure) => [figure, Number(sum?.[figure] ?? 0) + Number(row[figure])]);
      cells.set(_id, { ...row, _id, period, ...(Object.fromEntries(figures) as Record<F, number>) });
    }
  }

  /** Names a cell, in the same few characters however many dimensions there are. */
  private keyOf(row: Loose): string {
    const { organizationId, livemode, period } = row;
    const values = [organizationId, livemode, period, ...this.shape.dimensions.map((field): unknown => row[field])];
    return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
  }
}
