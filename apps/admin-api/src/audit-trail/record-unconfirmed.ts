import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { systemClock } from '@paygate/kernel';
import { Sweep } from '@paygate/nest-kit';
import { AuditTrailRepository } from './audit-trail.repository.js';
import type { OpenDeedRow } from './open-deed.schema.js';
import { OpenDeeds } from './open-deeds.repository.js';

const EVERY_MS = 60_000;
/** Longer than any command may take, so that what is still open then has nobody left who waits for its answer. */
const UNCONFIRMED_AFTER_MS = 10 * 60_000;

/**
 * Tells of what another service was asked to do when nobody knows whether it was done: the answer did not come, or this service
 * ended before it had written it down. So the log misses nothing that may have happened.
 */
@Injectable()
export class RecordUnconfirmed extends Sweep<OpenDeedRow> {
  constructor(
    private readonly open: OpenDeeds,
    private readonly entries: AuditTrailRepository,
    private readonly transactions: Transactions,
  ) {
    super({ name: 'record-unconfirmed-deeds', everyMs: EVERY_MS, lanes: 1, logger: new Logger(RecordUnconfirmed.name) });
  }

  protected claim(): Promise<OpenDeedRow | undefined> {
    return this.open.oldestBefore(new Date(systemClock.now().getTime() - UNCONFIRMED_AFTER_MS));
  }

  protected async handle({ _id, ...deed }: OpenDeedRow): Promise<void> {
    await this.transactions.run(async (session) => {
      if (!(await this.open.remove(_id, session))) return;
      await this.entries.append({ ...deed, changes: [{ field: 'outcome', after: 'unconfirmed' }] }, session);
    });
  }
}
