import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { dayOf, mergeSums, Rollup, splitPeriod, tenantFilter, Transactions } from '@paygate/data-kit';
import type { DailyCell } from '@paygate/data-kit';
import type { TenantScope } from '@paygate/kernel';
import type { ClientSession, Model, mongo } from 'mongoose';
import { matchingDimensions, matchingRecords, recognizedWithin } from './tax-record-filter.js';
import type { TaxSumFilter } from './tax-record-filter.js';
import { TAX_DIMENSIONS, TAX_FIGURES } from './tax-record.js';
import type { TaxDimensions, TaxFigure, TaxFigures, TaxRecord } from './tax-record.js';
import { TAX_RECORD_MODEL, TAX_ROLLUP_MODEL } from './tax-record.schema.js';
import type { TaxRecordRow, TaxRollupRow } from './tax-record.schema.js';

export type TaxSum<K extends keyof TaxDimensions> = Pick<TaxDimensions, K> & TaxFigures;

type Cell = DailyCell<TaxDimensions, TaxFigure>;

/** Counting everything takes as long as it takes; the database itself ends transactions after a minute. */
const RECOUNT_DEADLINE_MS = 60_000;
const FIGURES_OF_RECORDS = Object.fromEntries(
  TAX_FIGURES.map((figure) => [figure, figure === 'count' ? { $sum: 1 } : { $sum: `$${figure}` }]),
);

/** What a tenant's records come to: whole UTC days from sums that are kept with every record, what is left of days from the records. */
@Injectable()
export class TaxSums {
  private readonly rollup: Rollup<TaxDimensions, TaxFigure>;
  private readonly records: mongo.Collection<TaxRecordRow>;

  constructor(
    @InjectModel(TAX_ROLLUP_MODEL) rows: Model<TaxRollupRow>,
    @InjectModel(TAX_RECORD_MODEL) records: Model<TaxRecordRow>,
    private readonly database: Transactions,
  ) {
    this.rollup = new Rollup(rows, database, { dimensions: TAX_DIMENSIONS, figures: TAX_FIGURES });
    this.records = records.db.collection<TaxRecordRow>(records.collection.collectionName);
  }

  /** @param times -1 takes them out again */
  async add(scope: TenantScope, records: readonly TaxRecord[], times: 1 | -1, session: ClientSession): Promise<void> {
    await this.rollup.add(
      records.map((record) => cellOf(scope, record, times)),
      session,
    );
  }

  /** Sums of the records that fit, by some of what they have. Groups that come to nothing are left out. */
  async read<K extends keyof TaxDimensions>(scope: TenantScope, filter: TaxSumFilter, by: readonly K[]): Promise<TaxSum<K>[]> {
    return this.database.run((session) => this.answer(scope, filter, by, session));
  }

  /** The same for each UTC day of a period of some days. What is recognized within a part of a day counts for that day. */
  async daily<K extends keyof TaxDimensions>(
    scope: TenantScope,
    filter: TaxSumFilter & { from: Date; until: Date },
    by: readonly K[],
  ): Promise<(TaxSum<K> & { day: string })[]> {
    return this.database.run(async (session) => {
      const { days, rest } = splitPeriod(filter.from, filter.until);
      const found: (TaxSum<K> & { day: string })[] = [];
      if (days) found.push(...(await this.rollup.sumsByDay(scope, matchingDimensions(filter), days, by, session)));
      for (const part of rest) {
        const sums = (await this.ofRecords(scope, { ...filter, ...part }, by, session)) as TaxSum<K>[];
        found.push(...sums.map((sum) => ({ ...sum, day: dayOf(part.from) })));
      }
      return found;
    });
  }

  /** The same from the records alone, to compare. */
  async readRecords<K extends keyof TaxDimensions>(scope: TenantScope, filter: TaxSumFilter, by: readonly K[]): Promise<TaxSum<K>[]> {
    return this.database.run((session) => this.ofRecords(scope, filter, by, session));
  }

  /**
   * Sums, and of what went back of sales that counted before `saleBefore` what is among them, by the month of the sale.
   * @param timezone of the months, an IANA name
   */
  async readWithCorrections<K extends keyof TaxDimensions>(
    scope: TenantScope,
    filter: TaxSumFilter,
    by: readonly K[],
    { saleBefore, timezone }: { saleBefore: Date; timezone: string },
  ): Promise<{ sums: TaxSum<K>[]; corrections: (TaxSum<K> & { saleMonth: string })[] }> {
    return this.database.run(async (session) => {
      const sums = (await this.answer(scope, filter, by, session)) as TaxSum<K>[];
      const saleMonth = { $dateToString: { date: '$saleRecognizedAt', format: '%Y-%m', timezone } };
      const _id = { saleMonth, ...Object.fromEntries(by.map((field) => [field, `$${field}`])) };
      const found = await this.records
        .aggregate<TaxFigures & { _id: Pick<TaxDimensions, K> & { saleMonth: string } }>(
          [
            { $match: { ...matchingRecords({ ...filter, saleBefore }), ...tenantFilter(scope) } },
            { $group: { _id, ...FIGURES_OF_RECORDS } },
          ],
          { session },
        )
        .toArray();
      return { sums, corrections: found.map(({ _id: group, ...figures }) => ({ ...group, ...figures })) };
    });
  }

  /** @returns how many changes were folded */
  async foldAll(signal?: AbortSignal): Promise<number> {
    return this.rollup.foldAll(signal);
  }

  /** Of everybody, for a database whose records were not summed. */
  async isEmptyForOperators(): Promise<boolean> {
    return (await this.rollup.isEmpty()) && (await this.records.findOne({}, { projection: { _id: 1 } })) !== null;
  }

  /** Compares a tenant's sums with its records, and counts anew where they differ. @returns whether they did */
  async setRight(of: TenantScope): Promise<boolean> {
    const sorted = (sums: readonly object[]): string[] => sums.map((sum) => JSON.stringify(sum)).sort();
    const { summed, counted } = await this.database.run(
      async (session) => ({
        summed: await this.answer(of, {}, TAX_DIMENSIONS, session),
        counted: await this.ofRecords(of, {}, TAX_DIMENSIONS, session),
      }),
      { deadlineMs: RECOUNT_DEADLINE_MS },
    );
    if (isDeepStrictEqual(sorted(summed), sorted(counted))) return false;
    await this.recount(of);
    return true;
  }

  /** Sums anew. What is recorded meanwhile adds its own. @param of whose; everybody's when absent */
  async recount(of?: TenantScope): Promise<void> {
    await this.database.run((session) => this.rollup.replace(this.cells(of, session), session, of), { deadlineMs: RECOUNT_DEADLINE_MS });
  }

  private async answer(
    scope: TenantScope,
    filter: TaxSumFilter,
    by: readonly (keyof TaxDimensions)[],
    session: ClientSession,
  ): Promise<TaxSum<keyof TaxDimensions>[]> {
    const where = matchingDimensions(filter);
    const isAlways = !filter.from && !filter.until;
    const { days, rest } = isAlways ? { rest: [] } : splitPeriod(filter.from, filter.until);
    const found: TaxSum<keyof TaxDimensions>[] = [];
    if (isAlways || days) found.push(...((await this.rollup.sums(scope, where, days, by, session)) as TaxSum<keyof TaxDimensions>[]));
    for (const part of rest) found.push(...(await this.ofRecords(scope, { ...filter, ...part }, by, session)));
    return mergeSums(found, by, TAX_FIGURES) as TaxSum<keyof TaxDimensions>[];
  }

  private async ofRecords(
    scope: TenantScope,
    filter: TaxSumFilter,
    by: readonly (keyof TaxDimensions)[],
    session: ClientSession,
  ): Promise<TaxSum<keyof TaxDimensions>[]> {
    const match = { ...matchingDimensions(filter), ...recognizedWithin(filter), ...tenantFilter(scope) };
    const group = { _id: Object.fromEntries(by.map((field) => [field, `$${field}`])), ...FIGURES_OF_RECORDS };
    const found = await this.records
      .aggregate<TaxFigures & { _id: TaxDimensions }>([{ $match: match }, { $group: group }], { session })
      .toArray();
    return mergeSums(
      found.map(({ _id, ...figures }) => ({ ..._id, ...figures })),
      by,
      TAX_FIGURES,
    ) as TaxSum<keyof TaxDimensions>[];
  }

  private async *cells(of: TenantScope | undefined, session: ClientSession): AsyncGenerator<Cell> {
    const day = { $dateToString: { date: '$recognizedAt', format: '%Y-%m-%d' } };
    const fields = ['organizationId', 'livemode', ...TAX_DIMENSIONS];
    const _id = { day, ...Object.fromEntries(fields.map((field) => [field, `$${field}`])) };
    const days = this.records.aggregate<TaxFigures & { _id: Omit<Cell, TaxFigure> }>(
      [...(of ? [{ $match: tenantFilter(of) }] : []), { $group: { _id, ...FIGURES_OF_RECORDS } }],
      { session },
    );
    for await (const { _id: cell, ...figures } of days) yield { ...cell, ...figures };
  }
}

function cellOf(scope: TenantScope, record: TaxRecord, times: 1 | -1): Cell {
  const dimensions = Object.fromEntries(TAX_DIMENSIONS.map((field) => [field, record[field]])) as unknown as TaxDimensions;
  const { net, tax, gross, evidenced, contradicted } = record;
  // Not -0, which the database would keep apart from 0.
  const figures = Object.fromEntries(
    Object.entries({ count: 1, net, tax, gross, evidenced, contradicted }).map(([figure, value]) => [
      figure,
      value === 0 ? 0 : times * value,
    ]),
  ) as TaxFigures;
  return { ...tenantFilter(scope), ...dimensions, ...figures, day: dayOf(record.recognizedAt) };
}
