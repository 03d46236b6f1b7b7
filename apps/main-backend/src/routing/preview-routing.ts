import { Injectable } from '@nestjs/common';
import { tenantScopeOf } from '@paygate/messages';
import type { PreviewRoutingRequest, RoutedProviderView, RoutingPreview } from '@paygate/messages';
import { Configuration } from '../configuration/index.js';
import { explainCandidate, explainExclusion } from './explain-route.js';
import { PaymentRouter } from './payment-router.js';

/** Where a payment would go, and why, for the merchant who writes the rules. */
@Injectable()
export class PreviewRouting {
  constructor(
    private readonly configuration: Configuration,
    private readonly router: PaymentRouter,
  ) {}

  /** @throws DomainError site_not_found, site_inactive, organization_suspended */
  async execute(request: PreviewRoutingRequest): Promise<RoutingPreview> {
    const site = await this.configuration.activeSite(tenantScopeOf(request), request.siteId);
    const { amount, currency, country, method, livemode } = request;
    const { candidates, excluded, providers } = await this.router.route(site, { amount, currency, country, method, livemode });
    const typeOf = (id: string): string => providers.get(id)?.type ?? 'unknown';
    const offered = candidates.map((candidate): RoutedProviderView => ({
      providerId: candidate.providerId,
      type: typeOf(candidate.providerId),
      offered: true,
      reason: candidate.standing === 'paused' ? 'last_resort' : 'offered',
      rule: candidate.rule,
      explanation: explainCandidate(candidate),
    }));
    const others = excluded.map((exclusion): RoutedProviderView => ({
      providerId: exclusion.providerId,
      type: typeOf(exclusion.providerId),
      offered: false,
      reason: exclusion.reason,
      explanation: explainExclusion(exclusion),
    }));
    return { providers: [...offered, ...others] };
  }
}
