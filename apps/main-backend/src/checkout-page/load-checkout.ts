import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import type { SiteSnapshot } from '@paygate/messages';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { CheckoutRecord } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { TransactionsRepository } from '../transactions/index.js';
import type { CheckoutFacts } from './checkout-screen.js';
import type { PaymentChoice } from './page-model.js';

/** Longer texts are no short code; they are not even looked up. */
const LONGEST_SHORT_CODE = 64;

export interface LoadedCheckout extends CheckoutFacts {
  readonly site: SiteSnapshot;
}

/** Reads what a checkout's page needs. The unguessable short code is the buyer's permission. */
@Injectable()
export class LoadCheckout {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly transactions: TransactionsRepository,
    private readonly configuration: Configuration,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError checkout_not_found; service_unavailable while its site is not known */
  async execute(shortCode: string): Promise<LoadedCheckout> {
    const checkout = shortCode.length <= LONGEST_SHORT_CODE ? await this.checkouts.findByShortCode(shortCode) : undefined;
    if (!checkout) throw new DomainError('checkout_not_found');
    const site = this.configuration.site(checkout.siteId);
    if (site?.organizationId !== checkout.scope.organizationId) throw new DomainError('service_unavailable');
    return {
      checkout,
      site,
      transaction:
        checkout.transactionId === undefined ? undefined : await this.transactions.findById(checkout.scope, checkout.transactionId),
      newerShortCode: await this.newerShortCode(checkout),
      choices: this.choices(site, checkout),
      preferredId: site.defaultProviderId,
      closed: !this.configuration.takesPayments(site, checkout.scope.livemode),
      now: this.clock.now(),
    };
  }

  private async newerShortCode({ scope, supersededBy }: CheckoutRecord): Promise<string | undefined> {
    return supersededBy === undefined ? undefined : (await this.checkouts.findById(scope, supersededBy))?.shortCode;
  }

  private choices(site: SiteSnapshot, checkout: CheckoutRecord): PaymentChoice[] {
    return this.configuration.providersFor(site, checkout.scope.livemode).map(({ id, label, description }) => ({ id, label, description }));
  }
}
