import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { CheckoutPage, ListCheckoutsRequest } from '@paygate/messages';
import { CLOCK } from '../clock.js';
import { CheckoutAddresses } from './checkout-addresses.js';
import { CheckoutsRepository } from './checkouts.repository.js';
import { presentCheckout } from './present-checkout.js';

/** Lists a tenant's checkouts, newest first. */
@Injectable()
export class ListCheckouts {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly addresses: CheckoutAddresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(request: ListCheckoutsRequest): Promise<CheckoutPage> {
    const { status, currency, from, to, siteId, clientId, externalReference } = request;
    const filter = { status, currency, from, to, siteId, clientId, externalReference };
    const found = await this.checkouts.list(tenantScopeOf(request), filter, request);
    const now = this.clock.now();
    return { ...found, items: found.items.map((checkout) => presentCheckout(checkout, this.addresses.payment(checkout.shortCode), now)) };
  }
}
