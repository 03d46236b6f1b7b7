import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import type { Address } from '@paygate/messages';
import { checkoutStatusAt } from '@paygate/payments-domain';
import { CheckoutsRepository } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { DecideTax } from '../transaction-taxes/index.js';
import type { TaxSummary } from '../transaction-taxes/index.js';
import { BuyerOrigins } from './buyer-origins.js';
import type { PageHeaders } from './buyer-origins.js';

/** The tax in a checkout for a buyer of that address, or the one the shop sent along. Nothing is stored. */
@Injectable()
export class PreviewCheckoutTax {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly configuration: Configuration,
    private readonly origins: BuyerOrigins,
    private readonly tax: DecideTax,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError checkout_not_found, origin_not_allowed, site_inactive, organization_suspended; checkout_expired and
   *   checkout_not_open for what can no longer be paid
   */
  async execute(sessionPublicId: string, address?: Address, headers: PageHeaders = {}): Promise<TaxSummary> {
    const checkout = await this.checkouts.findBySession(sessionPublicId);
    if (!checkout) throw new DomainError('checkout_not_found');
    this.origins.require(headers, checkout.siteId);
    await this.configuration.activeSite(checkout.scope, checkout.siteId);
    const now = this.clock.now();
    const status = checkoutStatusAt(checkout.status, checkout.expiresAt, now);
    if (status === 'expired') throw new DomainError('checkout_expired');
    if (status !== 'open' && status !== 'processing') throw new DomainError('checkout_not_open', undefined, { status });
    return this.tax.preview(checkout.scope, { ...checkout, billingAddress: address ?? checkout.billingAddress }, now);
  }
}
