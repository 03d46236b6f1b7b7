import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { checkoutStatusAt } from '@paygate/payments-domain';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { CheckoutRecord } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { BuyerOrigins } from './buyer-origins.js';
import type { PageHeaders } from './buyer-origins.js';

/** The checkout of a buyer's session, while it can be paid and for pages that may know of it. */
@Injectable()
export class FindPayableCheckout {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly configuration: Configuration,
    private readonly origins: BuyerOrigins,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError checkout_not_found, origin_not_allowed, site_inactive, organization_suspended; checkout_expired and
   *   checkout_not_open for what can no longer be paid
   */
  async execute(sessionPublicId: string, headers: PageHeaders): Promise<CheckoutRecord> {
    const checkout = await this.checkouts.findBySession(sessionPublicId);
    if (!checkout) throw new DomainError('checkout_not_found');
    this.origins.require(headers, checkout.siteId);
    await this.configuration.activeSite(checkout.scope, checkout.siteId);
    const status = checkoutStatusAt(checkout.status, checkout.expiresAt, this.clock.now());
    if (status === 'expired') throw new DomainError('checkout_expired');
    if (status !== 'open' && status !== 'processing') throw new DomainError('checkout_not_open', undefined, { status });
    return checkout;
  }
}
