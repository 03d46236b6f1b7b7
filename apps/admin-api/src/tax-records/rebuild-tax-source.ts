import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { systemClock } from '@paygate/kernel';
import type { TenantScope } from '@paygate/kernel';
import type { TaxMoved } from '@paygate/messages';
import type { ClientSession } from 'mongoose';
import { recordsOfMovement } from './records-of-movement.js';
import type { NewTaxRecord } from './records-of-movement.js';
import { standingOf } from './source-standing.js';
import type { TaxRecord } from './tax-record.js';
import { TaxRecordsRepository } from './tax-records.repository.js';

/** What belongs to the writing of a record and not to what it says. */
const ITS_OWN = new Set(['id', 'createdAt', 'standing', 'standingReason', 'standingMovementId', 'standingChangedAt']);

/** Compares the records of a source with what was told of it. A record that differs is kept, counts no more, and gets a successor. */
@Injectable()
export class RebuildTaxSource {
  constructor(
    private readonly database: Transactions,
    private readonly records: TaxRecordsRepository,
  ) {}

  /**
   * @param movements all that was told of one source; each is recorded already
   * @returns what differed, in words
   */
  async execute(scope: TenantScope, movements: readonly [TaxMoved, ...TaxMoved[]]): Promise<string[]> {
    return this.database.run((session) => this.compare(scope, movements, session));
  }

  private async compare(scope: TenantScope, movements: readonly [TaxMoved, ...TaxMoved[]], session: ClientSession): Promise<string[]> {
    const now = systemClock.now();
    const source = await this.records.hold(scope, movements[0], session);
    const stored = (await this.records.ofSource(scope, movements[0], session)).filter(({ standingReason }) => standingReason !== 'rebuilt');
    const differences: string[] = [];
    for (const movement of movements) {
      const verdict = standingOf(movement.taxVersion, source.told);
      const { standing, reason: standingReason, movementId: standingMovementId } = verdict;
      const build = source.build + 1;
      const expected = recordsOfMovement(movement, now, build);
      const found = stored.filter(({ taxVersion }) => taxVersion === movement.taxVersion);
      const wrong = contentDifferences(found, expected);
      if (wrong.length > 0) {
        await this.records.restand(scope, found, { standing: 'superseded', reason: 'rebuilt' }, now, session);
        const late = standing === 'active' ? {} : { standingReason, standingMovementId, standingChangedAt: now };
        await this.records.insert(
          scope,
          expected.map((record) => ({ ...record, standing, ...late })),
          session,
        );
        await this.records.note(scope, source._id, { build }, session);
      } else {
        const fallen = found.filter((record) => record.standing !== standing);
        if (fallen.length > 0) wrong.push(`${fallen.length} stood as ${fallen[0]?.standing ?? ''} instead of ${standing}`);
        await this.records.restand(scope, fallen, verdict, now, session);
      }
      differences.push(...wrong.map((words) => `version ${movement.taxVersion}: ${words}`));
    }
    return differences;
  }
}

function contentDifferences(found: readonly TaxRecord[], expected: readonly NewTaxRecord[]): string[] {
  if (found.length !== expected.length) return [`${found.length} records instead of ${expected.length}`];
  return expected.flatMap((record, i) => {
    const [is, wanted] = [contentOf(found[i]), contentOf(record)];
    const fields = Object.keys({ ...is, ...wanted }).filter((field) => !isDeepStrictEqual(is[field], wanted[field]));
    return fields.map((field) => `${field} was ${JSON.stringify(is[field])} instead of ${JSON.stringify(wanted[field])}`);
  });
}

/** As plain JSON: what is absent counts like what is undefined. */
function contentOf(record: object | undefined): Record<string, unknown> {
  const fields = Object.entries(record ?? {}).filter(([field]) => !ITS_OWN.has(field));
  return JSON.parse(JSON.stringify(Object.fromEntries(fields))) as Record<string, unknown>;
}
