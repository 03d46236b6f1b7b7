import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import type { Address } from '@paygate/messages';
import { CLOCK } from '../clock.js';
import { DecideTax } from '../transaction-taxes/index.js';
import type { TaxSummary } from '../transaction-taxes/index.js';
import type { PageHeaders } from './buyer-origins.js';
import { FindPayableCheckout } from './find-payable-checkout.js';

/** The tax in a checkout for a buyer of that address, or the one the shop sent along. Nothing is stored. */
@Injectable()
export class PreviewCheckoutTax {
  constructor(
    private readonly checkouts: FindPayableCheckout,
    private readonly tax: DecideTax,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError as `FindPayableCheckout` */
  async execute(sessionPublicId: string, address?: Address, headers: PageHeaders = {}): Promise<TaxSummary> {
    const checkout = await this.checkouts.execute(sessionPublicId, headers);
    return this.tax.preview(checkout.scope, { ...checkout, billingAddress: address ?? checkout.billingAddress }, this.clock.now());
  }
}
