import { Inject, Injectable } from '@nestjs/common';
import { PeriodicTask, SERVICE_LOGGER } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { SandboxConfig } from './sandbox.config.js';

/** The clockwork behind the simulator. What it does is given by whoever starts it. */
@Injectable()
export class SandboxWorker {
  private task: PeriodicTask | undefined;

  constructor(
    private readonly config: SandboxConfig,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  start(run: (signal: AbortSignal) => Promise<void>): void {
    this.task = new PeriodicTask({ name: 'sandbox', everyMs: this.config.SANDBOX_EVERY_MS, run, logger: this.logger });
    this.task.start();
  }

  /** There is something to send. */
  wake(): void {
    this.task?.wake();
  }

  async stop(): Promise<void> {
    await this.task?.stop();
  }
}
