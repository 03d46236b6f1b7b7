import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { PeriodicTask } from '@paygate/nest-kit';
import { ConfigurationPublisher } from './configuration-publisher.js';

const EVERY_MS = 60_000;

/** Compares bucket and database when the service starts and every minute after. */
@Injectable()
export class ReconcileBucket implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ReconcileBucket.name);
  private readonly task: PeriodicTask;

  constructor(private readonly publisher: ConfigurationPublisher) {
    this.task = new PeriodicTask({
      name: 'reconcile-configuration-bucket',
      everyMs: EVERY_MS,
      run: () => this.execute(),
      logger: this.logger,
    });
  }

  /** The service starts without waiting: a bucket that cannot be reached now is repaired by a later round. */
  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  private async execute(): Promise<void> {
    const repaired = await this.publisher.reconcile();
    if (repaired > 0) this.logger.warn(`published ${repaired} configuration entries that the bucket lacked or had outdated`);
  }
}
