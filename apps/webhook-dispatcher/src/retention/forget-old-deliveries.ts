import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicTask } from '@paygate/nest-kit';
import { OldDeliveriesStore } from './old-deliveries.store.js';
import { RETENTION } from './retention.js';
import type { Retention } from './retention.js';

const EVERY_MS = 3_600_000;
const PAGE = 200;
const DAY_MS = 86_400_000;

/** Keeps the record of notifications from growing for ever. Any number of instances may do so at the same time. */
@Injectable()
export class ForgetOldDeliveries implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly task = new PeriodicTask({
    name: 'old-deliveries',
    everyMs: EVERY_MS,
    run: (signal) => this.run(signal),
    logger: new Logger('retention'),
  });

  constructor(
    private readonly store: OldDeliveriesStore,
    @Inject(RETENTION) private readonly retention: Retention,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  private async run(signal: AbortSignal): Promise<void> {
    const before = new Date(Date.now() - this.retention.deliveryDays * DAY_MS);
    while (!signal.aborted && (await this.store.forget(before, PAGE)) === PAGE);
  }
}
