import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import type { ProviderHealthRequest, ProviderHealthView } from '@paygate/messages';
import { recentCalls, standingOf } from '@paygate/payments-domain';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { ProviderHealthBook } from '../provider-health/index.js';

/** How an account at a provider fares, for its owner. */
@Injectable()
export class GetProviderHealth {
  constructor(
    private readonly configuration: Configuration,
    private readonly health: ProviderHealthBook,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError provider_not_found, also for another tenant's */
  async execute({ organizationId, livemode, providerId }: ProviderHealthRequest): Promise<ProviderHealthView> {
    const provider = this.configuration.provider(providerId);
    if (provider?.organizationId !== organizationId || provider.livemode !== livemode) throw new DomainError('provider_not_found');
    const health = await this.health.read(providerId);
    if (!health) return { standing: 'unknown', recentCalls: 0, recentFailures: 0 };
    const now = this.clock.now().getTime();
    const { calls, failures } = recentCalls(health, now);
    const { pausedSince, pausedUntil } = health;
    return {
      standing: standingOf(health, now),
      recentCalls: calls,
      recentFailures: failures,
      pausedSince: pausedSince === undefined ? undefined : new Date(pausedSince).toISOString(),
      pausedUntil: pausedUntil === undefined ? undefined : new Date(pausedUntil).toISOString(),
    };
  }
}
