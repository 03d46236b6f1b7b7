import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { CheckoutView, UpdateCheckoutMetadataCommand } from '@paygate/messages';
import { CLOCK } from '../clock.js';
import { CheckoutAddresses } from './checkout-addresses.js';
import { CheckoutsRepository } from './checkouts.repository.js';
import { presentCheckout } from './present-checkout.js';

/** Replaces the merchant's own data on a checkout, in any status. */
@Injectable()
export class UpdateCheckoutMetadata {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly addresses: CheckoutAddresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError checkout_not_found, also for the checkout of another tenant */
  async execute(command: UpdateCheckoutMetadataCommand): Promise<CheckoutView> {
    const now = this.clock.now();
    const checkout = await this.checkouts.replaceMetadata(tenantScopeOf(command), command.checkoutId, command.metadata, now);
    if (!checkout) throw new DomainError('checkout_not_found');
    return presentCheckout(checkout, this.addresses.payment(checkout.shortCode), now);
  }
}
