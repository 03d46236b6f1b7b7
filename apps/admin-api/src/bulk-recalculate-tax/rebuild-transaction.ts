import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { TaxMoved, TransactionTaxDecision } from '@paygate/messages';
import { RebuildTaxSource, RecordTaxMovement, TaxRecordsRepository } from '../tax-records/index.js';
import { checkDecision } from './check-decision.js';
import type { RebuildProblem, RebuildProgress } from './tax-rebuild.js';

/** Compares the records of one transaction with what its snapshot says, and sets them right. */
@Injectable()
export class RebuildTransaction {
  constructor(
    private readonly recording: RecordTaxMovement,
    private readonly rebuilding: RebuildTaxSource,
    private readonly records: TaxRecordsRepository,
  ) {}

  async execute(scope: TenantScope, decision: TransactionTaxDecision): Promise<RebuildProgress> {
    const { transactionId, movements } = decision;
    if (movements.some(isOfInvoice)) return { processed: 1, skipped: 1, changed: 0, problems: [] };
    const problems: RebuildProblem[] = checkDecision(decision);
    let changed = false;
    for (const movement of movements) {
      if (!(await this.recording.execute(movement))) continue;
      changed = true;
      problems.push({ transactionId, code: 'record_missing', message: `The records of ${movement.id} were missing.` });
    }
    for (const [name, told] of bySource(movements)) {
      const differences = await this.rebuilding.execute(scope, told);
      if (differences.length > 0) changed = true;
      for (const difference of differences) {
        problems.push({ transactionId, code: 'record_differs', message: `${name}: ${difference}.` });
      }
    }
    const known = new Set(bySource(movements).keys());
    for (const name of await this.records.sourcesOf(scope, transactionId)) {
      if (!known.has(name))
        problems.push({ transactionId, code: 'source_unknown', message: `There are records of ${name}, which was not told.` });
    }
    return { processed: 1, skipped: 0, changed: changed ? 1 : 0, problems };
  }
}

function isOfInvoice({ invoiceId, invoiceNumber }: TaxMoved): boolean {
  return invoiceId !== undefined || invoiceNumber !== undefined;
}

function bySource(movements: readonly TaxMoved[]): Map<string, [TaxMoved, ...TaxMoved[]]> {
  const sources = new Map<string, [TaxMoved, ...TaxMoved[]]>();
  for (const movement of movements) {
    const name = `${movement.sourceKind} ${movement.sourceId}`;
    const told = sources.get(name);
    if (told) told.push(movement);
    else sources.set(name, [movement]);
  }
  return sources;
}
