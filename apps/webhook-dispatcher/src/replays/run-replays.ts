import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DomainError, newPrefixedId, TenantScope } from '@paygate/kernel';
import { PeriodicTask } from '@paygate/nest-kit';
import { ResendDelivery } from '../resending/index.js';
import type { ReplayRow } from './replay.schema.js';
import { ReplayWorkStore } from './replay-work.store.js';
import type { PageOutcome, ReplayCandidate } from './replay-work.store.js';

const LOOK_MS = 500;
const SECOND_MS = 1_000;
const MAX_PAGE = 20;
/** Nothing can be sent to the endpoint any more. */
const ENDS_REPLAY = new Set(['endpoint_disabled', 'endpoint_not_found']);

/**
 * Walks through what a replay selects, in pages as large as its rate allows. How far it is stands in the database, so that after a crash
 * it goes on there: a page may then be sent twice, never left out.
 */
@Injectable()
export class RunReplays implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task = new PeriodicTask({ name: 'replays', everyMs: LOOK_MS, run: () => this.run(), logger: new Logger('replays') });
  private stopping = false;

  constructor(
    private readonly store: ReplayWorkStore,
    private readonly resending: ResendDelivery,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.task.stop();
  }

  /** There is something new to do. */
  wake(): void {
    this.task.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const holder = newPrefixedId('clm');
      const replay = await this.store.take(holder, new Date());
      if (!replay) return;
      const begun = Date.now();
      const limit = Math.min(replay.ratePerSecond, MAX_PAGE);
      const page = await this.store.page(replay, limit);
      const outcome = await this.resendPage(replay, page);
      const nextAt = new Date(begun + (SECOND_MS * page.length) / replay.ratePerSecond);
      const isLast = page.length < limit && !this.stopping;
      await this.store.progress(replay, holder, { nextAt, ...(isLast ? { finished: 'completed' } : {}), ...outcome }, new Date());
    }
  }

  private async resendPage(replay: ReplayRow, page: readonly ReplayCandidate[]): Promise<Omit<PageOutcome, 'nextAt'>> {
    const scope = TenantScope.of(replay.organizationId, replay.livemode);
    const outcome: Omit<PageOutcome, 'nextAt'> = { resent: 0, skipped: 0 };
    for (const candidate of page) {
      if (this.stopping) break;
      try {
        await this.resending.execute(scope, candidate._id);
        outcome.resent += 1;
      } catch (error) {
        if (!(error instanceof DomainError) || error.status >= 500) throw error;
        if (ENDS_REPLAY.has(error.code)) return { ...outcome, finished: 'cancelled' };
        outcome.skipped += 1;
      }
      outcome.last = candidate;
    }
    return outcome;
  }
}
