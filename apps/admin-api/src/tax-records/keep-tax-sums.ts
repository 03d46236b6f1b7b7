import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicTask, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { TaxSums } from './tax-sums.repository.js';

const FOLD_EVERY_MS = 10_000;

/** Keeps the sums of tax records small, so that reading them stays cheap. Any number of instances may run it. */
@Injectable()
export class KeepTaxSums implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: PeriodicTask;

  constructor(
    private readonly sums: TaxSums,
    @Inject(SERVICE_LOGGER) logger: Logger,
  ) {
    const run = async (signal: AbortSignal): Promise<void> => {
      await this.sums.foldAll(signal);
    };
    this.task = new PeriodicTask({ name: 'fold-tax-sums', everyMs: FOLD_EVERY_MS, run, logger });
  }

  /** Records that came into the database without being summed, as from a backup of them alone, are summed first. */
  async onApplicationBootstrap(): Promise<void> {
    if (await this.sums.isEmptyForOperators()) await this.sums.recount();
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }
}
