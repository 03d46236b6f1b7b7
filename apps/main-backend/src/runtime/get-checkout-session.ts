import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import type { ProviderSnapshot, SiteSnapshot } from '@paygate/messages';
import { checkoutStatusAt } from '@paygate/payments-domain';
import type { VatIdValidation } from '@paygate/tax';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { CheckoutRecord } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { offeredProviders, PaymentRouter } from '../routing/index.js';
import { CheckVatId } from '../vat-ids/index.js';
import { BuyerOrigins } from './buyer-origins.js';
import type { PageHeaders } from './buyer-origins.js';
import type { CheckoutSession } from './dto/checkout-session.js';

/** What a buyer's page shows of a checkout. */
@Injectable()
export class GetCheckoutSession {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly configuration: Configuration,
    private readonly origins: BuyerOrigins,
    private readonly router: PaymentRouter,
    private readonly vatIds: CheckVatId,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError checkout_not_found, origin_not_allowed, site_inactive, organization_suspended */
  async execute(sessionPublicId: string, headers: PageHeaders): Promise<CheckoutSession> {
    const checkout = await this.checkouts.findBySession(sessionPublicId);
    if (!checkout) throw new DomainError('checkout_not_found');
    this.origins.require(headers, checkout.siteId);
    const site = await this.configuration.activeSite(checkout.scope, checkout.siteId);
    const { amount, currency, billingAddress, scope } = checkout;
    const route = await this.router.route(site, { amount, currency, country: billingAddress?.country, livemode: scope.livemode });
    const vatIdValidation = this.vatIds.validationOf(scope);
    return presentSession(checkout, site, { providers: offeredProviders(route), vatIdValidation, now: this.clock.now() });
  }
}

export function presentSession(
  checkout: CheckoutRecord,
  site: SiteSnapshot,
  { providers, vatIdValidation, now }: { providers: readonly ProviderSnapshot[]; vatIdValidation: VatIdValidation; now: Date },
): CheckoutSession {
  const { sessionPublicId, status, amount, currency, items, scope, locale, transactionId, expiresAt } = checkout;
  const { branding } = site;
  return {
    id: sessionPublicId,
    status: checkoutStatusAt(status, expiresAt, now),
    amount,
    currency,
    lineItems: items.map(({ name, description, quantity, unitPrice }) => ({ name, description, quantity, unitAmount: unitPrice })),
    providers: providers.map(({ id, type, label, description }) => ({ id, type, label, description })),
    defaultProviderId: providers.find(({ id }) => id === site.defaultProviderId)?.id,
    branding: { name: site.name, logo: branding.logoUrl, primaryColor: branding.primaryColor, accentColor: branding.accentColor },
    checkoutSettings: { vatIdValidation },
    livemode: scope.livemode,
    locale,
    transactionId,
    expiresAt: expiresAt.toISOString(),
  };
}
