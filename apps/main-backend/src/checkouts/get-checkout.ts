import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { CheckoutRequest, CheckoutView } from '@paygate/messages';
import { CLOCK } from '../clock.js';
import { CheckoutAddresses } from './checkout-addresses.js';
import { CheckoutsRepository } from './checkouts.repository.js';
import { presentCheckout } from './present-checkout.js';

/** Reads one checkout of a tenant. */
@Injectable()
export class GetCheckout {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly addresses: CheckoutAddresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError checkout_not_found, also for the checkout of another tenant */
  async execute(request: CheckoutRequest): Promise<CheckoutView> {
    const checkout = await this.checkouts.findById(tenantScopeOf(request), request.checkoutId);
    if (!checkout) throw new DomainError('checkout_not_found');
    return presentCheckout(checkout, this.addresses.payment(checkout.shortCode), this.clock.now());
  }
}
