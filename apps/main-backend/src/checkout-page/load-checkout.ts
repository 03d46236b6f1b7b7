import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import type { SiteSnapshot } from '@paygate/messages';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { CheckoutRecord } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { ProviderRegistry } from '../providers/index.js';
import { offeredProviders, PaymentRouter } from '../routing/index.js';
import { ShowTax } from '../transaction-taxes/index.js';
import type { TaxSummary } from '../transaction-taxes/index.js';
import { TransactionsRepository } from '../transactions/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import type { CheckoutFacts } from './checkout-screen.js';
import type { PaymentChoice } from './page-model.js';

/** Longer texts are no short code; they are not even looked up. */
const LONGEST_SHORT_CODE = 64;

export interface LoadedCheckout extends CheckoutFacts {
  readonly site: SiteSnapshot;
  readonly tax: TaxSummary;
}

/** Reads what a checkout's page needs. The unguessable short code is the buyer's permission. */
@Injectable()
export class LoadCheckout {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly transactions: TransactionsRepository,
    private readonly configuration: Configuration,
    private readonly router: PaymentRouter,
    private readonly registry: ProviderRegistry,
    private readonly tax: ShowTax,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param country of the buyer, when the page has just learned it
   * @throws DomainError checkout_not_found; service_unavailable while its site is not known
   */
  async execute(shortCode: string, country?: string): Promise<LoadedCheckout> {
    const checkout = shortCode.length <= LONGEST_SHORT_CODE ? await this.checkouts.findByShortCode(shortCode) : undefined;
    if (!checkout) throw new DomainError('checkout_not_found');
    const site = this.configuration.site(checkout.siteId);
    if (site?.organizationId !== checkout.scope.organizationId) throw new DomainError('service_unavailable');
    const { scope, transactionId } = checkout;
    const transaction = transactionId === undefined ? undefined : await this.transactions.findById(scope, transactionId);
    const buyerCountry = country ?? transaction?.billingAddress?.country ?? checkout.billingAddress?.country;
    const choices = await this.choices(site, checkout, buyerCountry);
    return {
      checkout,
      site,
      transaction,
      tax: await this.tax.execute({ ...checkout, billingAddress: transaction?.billingAddress ?? checkout.billingAddress }, transaction),
      newerShortCode: await this.newerShortCode(checkout),
      choices,
      elsewhere: choices.length === 0 && buyerCountry !== undefined && (await this.choices(site, checkout, undefined)).length > 0,
      preferredId: site.defaultProviderId,
      byTransfer: transaction && this.isTransfer(transaction),
      closed: !this.configuration.takesPayments(site, checkout.scope.livemode),
      now: this.clock.now(),
    };
  }

  private async newerShortCode({ scope, supersededBy }: CheckoutRecord): Promise<string | undefined> {
    return supersededBy === undefined ? undefined : (await this.checkouts.findById(scope, supersededBy))?.shortCode;
  }

  private isTransfer({ providerType, paymentMethod }: TransactionRecord): boolean {
    return paymentMethod?.type === 'bank_transfer' || this.registry.get(providerType)?.decidedByOperator === true;
  }

  private async choices(site: SiteSnapshot, checkout: CheckoutRecord, country: string | undefined): Promise<PaymentChoice[]> {
    const { amount, currency, scope } = checkout;
    const route = await this.router.route(site, { amount, currency, country, livemode: scope.livemode });
    return offeredProviders(route).map(({ id, label, description }) => ({ id, label, description }));
  }
}
