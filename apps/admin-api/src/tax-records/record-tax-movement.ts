import { Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { systemClock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { TaxMoved } from '@paygate/messages';
import type { ClientSession } from 'mongoose';
import { recordsOfMovement } from './records-of-movement.js';
import { isKnown, standingOf } from './source-standing.js';
import type { Told } from './source-standing.js';
import { TaxRecordsRepository } from './tax-records.repository.js';

/** Writes down what moved tax, once however often and in whatever order it is told. */
@Injectable()
export class RecordTaxMovement {
  constructor(
    private readonly database: Transactions,
    private readonly records: TaxRecordsRepository,
  ) {}

  /** @returns whether anything was new about it */
  async execute(movement: TaxMoved): Promise<boolean> {
    return this.database.run((session) => this.record(movement, session));
  }

  private async record(movement: TaxMoved, session: ClientSession): Promise<boolean> {
    const scope = tenantScopeOf(movement);
    const now = systemClock.now();
    const source = await this.records.hold(scope, movement, session);
    const word: Told = { version: movement.taxVersion, movementId: movement.id, voided: movement.voided === true };
    if (isKnown(word, source.told)) return false;
    await this.records.note(scope, source._id, { told: word }, session);
    const told = [...source.told, word];
    const earlier = await this.records.ofSource(scope, movement, session);
    for (const version of new Set(earlier.map(({ taxVersion }) => taxVersion))) {
      const verdict = standingOf(version, told);
      const changed = earlier.filter(
        (record) => record.taxVersion === version && record.standing !== verdict.standing && record.standingReason !== 'rebuilt',
      );
      await this.records.restand(scope, changed, verdict, now, session);
    }
    const { standing, reason, movementId } = standingOf(word.version, told);
    const late = standing === 'active' ? {} : { standingReason: reason, standingMovementId: movementId, standingChangedAt: now };
    const added = recordsOfMovement(movement, now, source.build).map((record) => ({ ...record, standing, ...late }));
    await this.records.insert(scope, added, session);
    return true;
  }
}
