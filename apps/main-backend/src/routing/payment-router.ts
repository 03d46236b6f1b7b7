import { Inject, Injectable } from '@nestjs/common';
import type { ProviderSnapshot, SiteSnapshot } from '@paygate/messages';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import { methodsOfProviderType, routePayment } from '@paygate/payments-domain';
import type { Route, RouteCandidate, RoutingContext } from '@paygate/payments-domain';
import type { Logger } from 'pino';
import { Configuration } from '../configuration/index.js';
import { ProviderHealthBook } from '../provider-health/index.js';

/** A route together with the providers it is about. */
export interface PaymentRoute extends Route {
  readonly providers: ReadonlyMap<string, ProviderSnapshot>;
}

/** The providers a buyer may choose from, best first. */
export function offeredProviders({ candidates, providers }: PaymentRoute): ProviderSnapshot[] {
  return candidates.flatMap(({ providerId }) => providers.get(providerId) ?? []);
}

/** What of a payment decides where it may go. */
export interface RoutedPayment extends RoutingContext {
  readonly livemode: boolean;
  /** Types of providers the buyer may use; absent: all. */
  readonly allowedTypes?: readonly string[];
}

/** Finds the providers for a payment: by the site's rules, and by how the providers work at present. */
@Injectable()
export class PaymentRouter {
  constructor(
    private readonly configuration: Configuration,
    private readonly health: ProviderHealthBook,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  /** Changes nothing. A site that takes no payments has no candidates. */
  async route(site: SiteSnapshot, { livemode, allowedTypes, ...context }: RoutedPayment): Promise<PaymentRoute> {
    const offered = this.configuration.providersFor(site, livemode).filter(({ type }) => allowedTypes?.includes(type) ?? true);
    const standings = await this.health.standings(offered);
    const routable = offered.map(({ id, type }, index) => ({
      id,
      methods: methodsOfProviderType(type),
      standing: standings[index] ?? 'ready',
    }));
    const country = context.country?.toUpperCase();
    const route = routePayment(site.routing ?? [], routable, { ...context, country });
    return { ...route, providers: new Map(offered.map((provider) => [provider.id, provider])) };
  }

  /**
   * Whether a payment may be brought to the candidate now. One that is on trial takes a single payment; an account whose
   * credentials cannot be read takes none.
   */
  async admits({ candidates }: Route, candidate: RouteCandidate): Promise<boolean> {
    if (!this.hasReadableCredentials(candidate.providerId)) return false;
    if (candidate.standing !== 'trial') return true;
    return (await this.health.beginTrial(candidate.providerId)) || candidates.length === 1;
  }

  private hasReadableCredentials(providerId: string): boolean {
    try {
      return this.configuration.account(providerId) !== undefined;
    } catch (error) {
      this.logger.error({ err: error, providerId }, 'the credentials of a provider cannot be read');
      return false;
    }
  }
}
