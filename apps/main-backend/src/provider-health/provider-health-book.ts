import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import { MetricsRegistry, SERVICE_LOGGER } from '@paygate/nest-kit';
import { afterCall, beginTrial, standingOf, UNKNOWN_HEALTH } from '@paygate/payments-domain';
import type { ProviderHealth, ProviderStanding } from '@paygate/payments-domain';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { HealthStore } from './health-store.js';

/** Others write at the same time; what is still lost after so many tries is one count of many. */
const MOST_TRIES = 8;

export interface HealthOfAccount {
  readonly id: string;
  readonly type: string;
}

/**
 * Remembers, together with all other instances, how calls to providers end, and takes out those that keep failing. While
 * the store is away every provider counts as ready: a payment is never refused because of it.
 */
@Injectable()
export class ProviderHealthBook {
  private readonly pauses;
  private readonly storeUp;
  /** Those this instance has seen paused: only they are asked again when metrics are read. */
  private readonly paused = new Map<string, string>();
  private away = false;

  constructor(
    private readonly store: HealthStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
    metrics: MetricsRegistry,
  ) {
    this.pauses = metrics.counter({
      name: 'provider_pauses_total',
      help: 'Times an account at a payment provider was taken out because it kept failing, by type.',
      labelNames: ['type'],
    });
    this.storeUp = metrics.gauge({
      name: 'provider_health_store_up',
      help: '1 while the health of providers can be read and written in Redis, 0 while every provider counts as working.',
    });
    this.storeUp.set(1);
    const refresh = (): Promise<unknown> => this.standings([...this.paused].map(([id, type]) => ({ id, type })));
    const seen = this.paused;
    metrics.gauge({
      name: 'provider_paused',
      help: '1 for each account at a payment provider that is taken out because it keeps failing.',
      labelNames: ['provider_id', 'type'],
      async collect() {
        await refresh();
        this.reset();
        for (const [id, type] of seen) this.set({ provider_id: id, type }, 1);
      },
    });
  }

  /** In the order of the accounts. */
  async standings(accounts: readonly HealthOfAccount[]): Promise<ProviderStanding[]> {
    const now = this.clock.now().getTime();
    const known = await this.whileUp(() => this.store.read(accounts.map(({ id }) => id)));
    return accounts.map(({ id, type }, index) => {
      const health = known?.[index]?.health;
      // Another instance may have begun or ended the pause.
      if (health?.pausedUntil !== undefined) this.paused.set(id, type);
      else if (known) this.paused.delete(id);
      return health === undefined ? 'ready' : standingOf(health, now);
    });
  }

  /** Undefined while the store is away. */
  async read(providerId: string): Promise<ProviderHealth | undefined> {
    const known = await this.whileUp(() => this.store.read([providerId]));
    return known && (known[0]?.health ?? UNKNOWN_HEALTH);
  }

  /** True for one payment: it finds out whether the provider works again. */
  async beginTrial(providerId: string): Promise<boolean> {
    const begun = await this.change(providerId, beginTrial);
    return begun !== 'unchanged';
  }

  /** @param worked the provider took the payment or refused it for certain, and did not leave its outcome unknown */
  async record({ id, type }: HealthOfAccount, worked: boolean): Promise<void> {
    const change = await this.change(id, (health, now) => afterCall(health, worked, now));
    if (typeof change === 'string') return;
    const { before, after } = change;
    if (after.pausedUntil !== undefined && after.pausedUntil !== before.pausedUntil) {
      this.paused.set(id, type);
      this.pauses.inc({ type });
      const until = new Date(after.pausedUntil).toISOString();
      this.logger.error(
        { providerId: id, providerType: type, until, pauses: after.pauses },
        'a payment provider keeps failing and is taken out',
      );
    } else if (before.pausedUntil !== undefined && after.pausedUntil === undefined) {
      this.paused.delete(id);
      this.logger.warn({ providerId: id, providerType: type }, 'a payment provider works again');
    }
  }

  /** `unchanged`: there was nothing to change, or others kept changing it. `away`: the store could not be asked. */
  private async change(
    providerId: string,
    to: (health: ProviderHealth, now: number) => ProviderHealth | undefined,
  ): Promise<{ before: ProviderHealth; after: ProviderHealth } | 'unchanged' | 'away'> {
    const changed = await this.whileUp(async () => {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const [stored = { text: '', health: undefined }] = await this.store.read([providerId]);
        const before = stored.health ?? UNKNOWN_HEALTH;
        const after = to(before, this.clock.now().getTime());
        if (after === undefined || after === before) return 'unchanged' as const;
        if (await this.store.replace(providerId, stored, after)) return { before, after };
      }
      return 'unchanged' as const;
    });
    return changed ?? 'away';
  }

  /** Undefined when the store could not be asked; said once per outage. */
  private async whileUp<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      if (this.away) this.logger.warn('the health of payment providers can be read again');
      this.away = false;
      this.storeUp.set(1);
      return result;
    } catch (error) {
      if (!this.away) this.logger.error({ err: error }, 'the health of payment providers cannot be read; every provider counts as working');
      this.away = true;
      this.storeUp.set(0);
      return undefined;
    }
  }
}
