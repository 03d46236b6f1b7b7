import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicTask, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { MainConfig } from '../main-config.js';
import { TalliesOfAllTenants } from './tallies-of-all-tenants.repository.js';

/** Folds the changes of the sums together now and then, so that reading them stays cheap. Any number of instances may run it. */
@Injectable()
export class FoldTallies implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: PeriodicTask;

  constructor(
    private readonly tallies: TalliesOfAllTenants,
    config: MainConfig,
    @Inject(SERVICE_LOGGER) logger: Logger,
  ) {
    const run = async (signal: AbortSignal): Promise<void> => {
      await this.execute(signal);
    };
    this.task = new PeriodicTask({ name: 'fold-tallies', everyMs: config.FOLD_TALLIES_EVERY_MS, run, logger });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** @returns how many changes were folded */
  async execute(signal?: AbortSignal): Promise<number> {
    return this.tallies.foldAll(signal);
  }
}
