import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import { PeriodicTask, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import { CheckoutsOfAllTenants } from './checkouts-of-all-tenants.repository.js';

/** Writes down, now and then, that the time of open checkouts is over. Until then reads and payments compare the time themselves. */
@Injectable()
export class ExpireCheckouts implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task: PeriodicTask;

  constructor(
    private readonly checkouts: CheckoutsOfAllTenants,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) logger: Logger,
    config: MainConfig,
  ) {
    const run = async (): Promise<void> => {
      await this.execute();
    };
    this.task = new PeriodicTask({ name: 'expire-checkouts', everyMs: config.EXPIRE_EVERY_MS, run, logger });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** @returns how many have expired */
  async execute(): Promise<number> {
    return this.checkouts.expireDue(this.clock.now());
  }
}
