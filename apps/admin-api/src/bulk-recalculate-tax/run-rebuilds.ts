import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DomainError, newPrefixedId, TenantScope } from '@paygate/kernel';
import { listTransactionTaxes } from '@paygate/messages';
import { RpcClient } from '@paygate/messaging-kit';
import { PeriodicTask, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { TaxSums } from '../tax-records/index.js';
import { tenantRequest } from '../upstream/index.js';
import { RebuildTransaction } from './rebuild-transaction.js';
import { RebuildWorkStore } from './rebuild-work.store.js';
import type { PageOutcome } from './rebuild-work.store.js';
import type { RebuildProblem } from './tax-rebuild.js';
import type { TaxRebuildRow } from './tax-rebuild.schema.js';

const LOOK_MS = 1_000;
const PAGE = 50;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;
/** About ten minutes without a page that could be read. */
const MOST_FAILURES = 26;

/**
 * Walks through the taxed transactions of an order, page by page. How far it is stands in the database, so that after a crash it goes
 * on there: a page may then be looked at twice, which changes nothing, and is never left out.
 */
@Injectable()
export class RunRebuilds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: PeriodicTask;
  private stopping = false;

  constructor(
    private readonly store: RebuildWorkStore,
    private readonly rpc: RpcClient,
    private readonly rebuilding: RebuildTransaction,
    private readonly sums: TaxSums,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {
    this.task = new PeriodicTask({ name: 'tax-rebuilds', everyMs: LOOK_MS, run: () => this.run(), logger });
  }

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
      const rebuild = await this.store.take(holder, new Date());
      if (!rebuild) return;
      try {
        await this.store.progress(rebuild, holder, await this.page(rebuild), new Date());
      } catch (error) {
        await this.postpone(rebuild, holder, error);
      }
    }
  }

  private async page(rebuild: TaxRebuildRow): Promise<PageOutcome> {
    const { from, to, siteId, cursor } = rebuild;
    const scope = TenantScope.of(rebuild.organizationId, rebuild.livemode);
    const wanted = { page: 1, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const period = {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(siteId === undefined ? {} : { siteId }),
    };
    const { items, total, nextCursor } = await this.rpc.request(listTransactionTaxes, tenantRequest(scope, wanted, period));
    const outcome = { processed: 0, skipped: 0, changed: 0, problems: [] as RebuildProblem[] };
    for (const decision of items) {
      const { processed, skipped, changed, problems } = await this.rebuilding.execute(scope, decision);
      outcome.processed += processed;
      outcome.skipped += skipped;
      outcome.changed += changed;
      outcome.problems.push(...problems);
    }
    if (nextCursor !== undefined) return { ...outcome, total, cursor: nextCursor };
    if (await this.sums.setRight(scope)) {
      outcome.problems.push({ code: 'sums_differ', message: 'The sums were not those of the records, and were counted anew.' });
    }
    return { ...outcome, total, finished: 'completed' };
  }

  private async postpone(rebuild: TaxRebuildRow, holder: string, error: unknown): Promise<void> {
    const now = new Date();
    const isLast = rebuild.failures + 1 >= MOST_FAILURES;
    const code = error instanceof DomainError ? error.code : 'internal_error';
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** rebuild.failures, LONGEST_RETRY_MS);
    const end = isLast ? { code, message: `It was given up: a page failed ${MOST_FAILURES} times.` } : undefined;
    this.logger.warn({ err: error, job: rebuild._id }, 'a page of a tax rebuild failed');
    await this.store.postpone(rebuild, holder, new Date(now.getTime() + retryMs), now, end);
  }
}
