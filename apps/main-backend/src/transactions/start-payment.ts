import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import type { Address, ProviderSnapshot } from '@paygate/messages';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import { checkoutStatusAt, isTransactionUndecided } from '@paygate/payments-domain';
import { ipnStatus } from '@paygate/webhook-protocol';
import type { Logger } from 'pino';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { CheckoutRecord } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { MainConfig } from '../main-config.js';
import { newTransactionId } from './new-transaction-id.js';
import { SubmitPayment } from './submit-payment.js';
import type { TransactionRecord } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

export interface StartPaymentInput {
  sessionPublicId: string;
  providerId: string;
  billingAddress?: Address;
  email?: string;
}

/** What the buyer's page does next: `wait` = poll the status, `done` = the payment is decided. */
export type NextStep = 'redirect' | 'wait' | 'done';

export interface StartedPayment {
  transactionId: string;
  /** Integer status as in notifications: -1 initiated … 2 failed. */
  status: number;
  next: NextStep;
  /** Present when `next` is `redirect`. */
  redirectUrl?: string;
  /** Why the provider refused, when it did. */
  failure?: { code: string; message: string };
}

/**
 * Starts an attempt to pay a checkout. First the attempt is written down (tx 1), then the provider is called with the
 * transaction's id as idempotency key, outside any database transaction, then its answer is applied (tx 2). A crash in
 * between leaves an initiated transaction: the buyer's page submits it again, and the reconcile sweep looks it up by that id.
 */
@Injectable()
export class StartPayment {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly transactions: TransactionsRepository,
    private readonly configuration: Configuration,
    private readonly submit: SubmitPayment,
    private readonly database: Transactions,
    private readonly config: MainConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @throws DomainError checkout_not_found, checkout_expired, checkout_not_open, provider_not_available, site_inactive,
   *   organization_suspended; payment_in_progress with details `{transactionId}` while another attempt is undecided
   */
  async execute(input: StartPaymentInput): Promise<StartedPayment> {
    const checkout = await this.checkouts.findBySession(input.sessionPublicId);
    if (!checkout) throw new DomainError('checkout_not_found');
    refuseUnlessOpen(checkout, this.clock.now());
    const site = await this.configuration.activeSite(checkout.scope, checkout.siteId);
    const provider = this.configuration.providersFor(site, checkout.scope.livemode).find(({ id }) => id === input.providerId);
    if (!provider || !this.hasReadableCredentials(provider.id)) throw new DomainError('provider_not_available');

    const transaction = await this.record(checkout, provider, input);
    return present(await this.submit.execute(transaction, 'buyer'));
  }

  /** Found out before anything is recorded: an attempt that can never be submitted would only occupy the checkout. */
  private hasReadableCredentials(providerId: string): boolean {
    try {
      return this.configuration.account(providerId) !== undefined;
    } catch (error) {
      this.logger.error({ err: error, providerId }, 'the credentials of a provider cannot be read');
      return false;
    }
  }

  /** Transaction 1: the checkout is taken and the attempt exists, or neither. */
  private async record(checkout: CheckoutRecord, provider: ProviderSnapshot, input: StartPaymentInput): Promise<TransactionRecord> {
    const now = this.clock.now();
    const { scope } = checkout;
    const id = newTransactionId(now);
    const first = {
      nextLookUpAt: new Date(now.getTime() + this.config.RECONCILE_AFTER_MS),
      timeline: { at: now, type: 'created', status: 'initiated', source: 'buyer' },
    } as const;
    const transaction = await this.database.run(async (session) => {
      if (!(await this.checkouts.beginAttempt(scope, checkout.id, id, now, session))) return undefined;
      return this.transactions.insert(
        scope,
        {
          id,
          checkoutId: checkout.id,
          sessionPublicId: checkout.sessionPublicId,
          siteId: checkout.siteId,
          providerId: provider.id,
          providerType: provider.type,
          amount: checkout.amount,
          currency: checkout.currency,
          externalReference: checkout.externalReference,
          invoiceNumber: checkout.invoiceNumber,
          clientId: checkout.clientId,
          email: input.email ?? checkout.email,
          billingAddress: input.billingAddress ?? checkout.billingAddress,
          metadata: checkout.metadata,
          ipnUrl: checkout.ipnUrl,
          createdAt: now,
        },
        first,
        session,
      );
    });
    if (transaction) return transaction;
    // Somebody was faster: say what became of the checkout.
    const present = await this.checkouts.findById(scope, checkout.id);
    refuseUnlessOpen(present ?? checkout, this.clock.now());
    throw new DomainError('conflict');
  }
}

function refuseUnlessOpen(checkout: CheckoutRecord, now: Date): void {
  const status = checkoutStatusAt(checkout.status, checkout.expiresAt, now);
  const { transactionId, supersededBy } = checkout;
  switch (status) {
    case 'open':
      return;
    case 'processing':
      throw new DomainError('payment_in_progress', undefined, { transactionId });
    case 'expired':
      throw new DomainError('checkout_expired');
    case 'completed':
    case 'cancelled':
      throw new DomainError('checkout_not_open', undefined, { status, transactionId, superseded: supersededBy !== undefined });
  }
}

function present(transaction: TransactionRecord): StartedPayment {
  const { id, status, redirectUrl, failure } = transaction;
  const started = { transactionId: id, status: ipnStatus(status) };
  if (!isTransactionUndecided(status)) return { ...started, next: 'done', failure };
  return redirectUrl === undefined ? { ...started, next: 'wait' } : { ...started, next: 'redirect', redirectUrl };
}
