import { Injectable } from '@nestjs/common';
import type { SiteSnapshot } from '@paygate/messages';
import type { CheckoutRecord } from '../checkouts/index.js';
import { CheckoutAddresses, CheckoutsRepository } from '../checkouts/index.js';
import { Configuration } from '../configuration/index.js';
import { ProviderGateway } from '../providers/index.js';
import type { HandOff, PaymentRequest } from '../providers/index.js';
import { ApplyProviderResult } from './apply-provider-result.js';
import { ConsultProvider } from './consult-provider.js';
import type { TransactionRecord, WordSource } from './transaction.js';

/** What came of handing an attempt to its provider. */
export interface Submission {
  /** As it then stands; unchanged when the provider's answer is not known. */
  transaction: TransactionRecord;
  /** For the buyer's page at this moment; it is never stored. */
  handOff?: HandOff;
  /** The provider has not made this payment and never will, so another provider may be asked without risk of a second charge. */
  refused: boolean;
}

/**
 * Hands a recorded attempt to its provider, under the transaction's id as idempotency key. Doing it again makes no second
 * payment, so an attempt that a crash left between our record and the provider's is simply submitted once more.
 */
@Injectable()
export class SubmitPayment {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly configuration: Configuration,
    private readonly addresses: CheckoutAddresses,
    private readonly gateway: ProviderGateway,
    private readonly apply: ApplyProviderResult,
    private readonly consult: ConsultProvider,
  ) {}

  /**
   * When the merchant was stopped before the provider heard of the attempt, no payment is made of it any more.
   * @throws as ApplyProviderResult
   */
  async execute(transaction: TransactionRecord, source: WordSource): Promise<Submission> {
    const { scope, id, providerId } = transaction;
    const account = this.configuration.account(providerId);
    const checkout = await this.checkouts.findById(scope, transaction.checkoutId);
    const site = this.configuration.site(transaction.siteId);
    if (!account || !checkout || !site || !this.configuration.takesPayments(site, scope.livemode)) {
      return { transaction, refused: false };
    }
    const outcome = await this.gateway.createPayment(account, this.request(transaction, checkout, site));
    switch (outcome.kind) {
      case 'answered': {
        const applied = await this.apply.execute({ scope, providerId, transactionId: id, payment: outcome.payment, source });
        await this.withdrawIfCancelled(applied.transaction, outcome.payment.reference);
        return { transaction: applied.transaction, handOff: outcome.payment.handOff, refused: false };
      }
      case 'refused': {
        const { transaction: failed } = await this.apply.concludeUnreceived({
          scope,
          transactionId: id,
          to: 'failed',
          failure: outcome.failure,
          source,
        });
        // Submitted twice at once, it may have been taken the other time.
        return { transaction: failed, refused: failed.status === 'failed' && failed.providerReference === undefined };
      }
      case 'unknown':
        return { transaction, refused: false };
    }
  }

  private request(transaction: TransactionRecord, { shortCode, locale }: CheckoutRecord, { name: shop }: SiteSnapshot): PaymentRequest {
    return {
      transactionId: transaction.id,
      amount: transaction.amount,
      currency: transaction.currency,
      description: `${shop} ${transaction.externalReference ?? transaction.invoiceNumber ?? shortCode}`.trim(),
      returnUrl: this.addresses.providerReturn(shortCode, transaction.id),
      email: transaction.email,
      locale: transaction.locale ?? locale,
      billingAddress: transaction.billingAddress,
      shop,
    };
  }

  /** The attempt was given up while the provider was still working on it: nobody may pay it any more. */
  private async withdrawIfCancelled(transaction: TransactionRecord, reference: string): Promise<void> {
    if (transaction.status === 'cancelled') await this.consult.cancel(transaction, reference, 'buyer');
  }
}
