import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { TenantScope } from '@paygate/kernel';
import { PeriodicTask } from '@paygate/nest-kit';
import { TaxConfigurationsRepository } from '../../tax-configuration/index.js';
import type { StoredTaxConfiguration } from '../../tax-configuration/index.js';
import { UpdateTaxSettings } from '../update-tax-settings.js';
import { ReadOssThreshold } from './read-oss-threshold.js';

const EVERY_MS = 5 * 60_000;

/**
 * Notes in the settings that an organization passed EUR 10,000, so that its next sales are taxed in the country of their buyers.
 * Looked for every few minutes and not with every record: a sum over two years for each payment would cost more than it is
 * worth, and sales made in between can be calculated anew. It is never taken back by itself: a merchant may have set it for sales
 * made elsewhere. Any number of instances may run it.
 */
@Injectable()
export class WatchOssThreshold implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WatchOssThreshold.name);
  private readonly task: PeriodicTask;

  constructor(
    private readonly configurations: TaxConfigurationsRepository,
    private readonly reading: ReadOssThreshold,
    private readonly updating: UpdateTaxSettings,
  ) {
    this.task = new PeriodicTask({
      name: 'watch-oss-threshold',
      everyMs: EVERY_MS,
      run: (signal) => this.execute(signal),
      logger: this.logger,
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** One organization's trouble does not keep the others from being looked at. */
  async execute(signal?: AbortSignal): Promise<void> {
    for (const configuration of await this.configurations.enabledForOperators()) {
      if (signal?.aborted) return;
      try {
        await this.look(configuration);
      } catch (error) {
        this.logger.error(`the threshold of ${configuration.organizationId} could not be looked at: ${String(error)}`);
      }
    }
  }

  private async look({ organizationId, settings }: StoredTaxConfiguration): Promise<void> {
    if (settings.oss.thresholdExceeded) return;
    const live = TenantScope.of(organizationId, true);
    const { exceeded, exceededAt } = await this.reading.of(live, settings);
    if (!exceeded) return;
    await this.updating.execute(live, { oss: { thresholdExceeded: true } });
    this.logger.log(`${organizationId} passed EUR 10,000 of sales to consumers in other Member States on ${String(exceededAt)}`);
  }
}
