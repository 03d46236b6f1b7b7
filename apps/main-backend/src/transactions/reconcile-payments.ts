import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import { SERVICE_LOGGER, Sweep } from '@paygate/nest-kit';
import { NEVER_RECEIVED_AFTER_MS } from '@paygate/payments-domain';
import type { Logger } from 'pino';
import { CheckoutsRepository } from '../checkouts/index.js';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import { ProviderGateway } from '../providers/index.js';
import { ApplyProviderResult } from './apply-provider-result.js';
import { ConsultProvider } from './consult-provider.js';
import { LookUpSteps } from './look-up-steps.js';
import type { TransactionRecord } from './transaction.js';
import { TransactionsOfAllTenants } from './transactions-of-all-tenants.repository.js';

/** Payments one instance looks up at the same time. */
const LANES = 8;
const DAY_MS = 24 * 3_600_000;
const LAPSED = { code: 'provider_lapsed', message: 'The payment was not completed in time.' };
const TRANSFER_LAPSED = { code: 'transfer_lapsed', message: 'The bank transfer did not arrive in time.' };
const NEVER_RECEIVED = { code: 'provider_never_received', message: 'The payment did not reach the payment provider.' };

/**
 * Looks undecided payments up at their providers, so that none is forgotten: a crash of ours, a lost notification, a buyer
 * who closed the page. Any number of instances may run it.
 */
@Injectable()
export class ReconcilePayments extends Sweep<TransactionRecord> {
  constructor(
    private readonly due: TransactionsOfAllTenants,
    private readonly checkouts: CheckoutsRepository,
    private readonly steps: LookUpSteps,
    private readonly consult: ConsultProvider,
    private readonly apply: ApplyProviderResult,
    private readonly gateway: ProviderGateway,
    private readonly config: MainConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {
    super({ name: 'reconcile-payments', everyMs: config.RECONCILE_EVERY_MS, lanes: LANES, logger });
  }

  protected claim(): Promise<TransactionRecord | undefined> {
    return this.due.claimDueLookUp(this.clock.now(), this.config.RECONCILE_AFTER_MS);
  }

  /** One payment that cannot be looked up must not hold up the others; its next look is already set. */
  protected async handle(transaction: TransactionRecord): Promise<void> {
    try {
      await this.look(transaction);
    } catch (error) {
      this.logger.error({ err: error, transactionId: transaction.id }, 'a payment could not be reconciled; it is tried again');
    }
  }

  private async look(transaction: TransactionRecord): Promise<void> {
    await this.steps.run(transaction);
    const { heard, word, transaction: current } = await this.consult.lookUp(transaction, 'reconcile');
    if (heard === 'never') await this.concludeIfLate(transaction);
    if (word === 'requires_buyer' && current.providerReference !== undefined && (await this.isAbandoned(current))) {
      await this.consult.cancel(current, current.providerReference, 'reconcile');
    }
    if (this.isOverdueTransfer(current)) await this.lapse(current);
  }

  /** The buyer never sent anything. Whoever sent a part of the money waits for a person. */
  private isOverdueTransfer({ status, providerType, receivedAmount, createdAt }: TransactionRecord): boolean {
    if (status !== 'pending_provider' || receivedAmount !== undefined || !this.gateway.decidedByOperator(providerType)) return false;
    return this.clock.now().getTime() - createdAt.getTime() >= this.config.TRANSFER_LAPSES_AFTER_DAYS * DAY_MS;
  }

  /** Money that comes later still completes the payment. */
  private async lapse({ scope, id }: TransactionRecord): Promise<void> {
    await this.apply.concludeUnreceived({
      scope,
      transactionId: id,
      to: 'failed',
      failure: TRANSFER_LAPSED,
      source: 'reconcile',
      onlyIf: (transaction) => this.isOverdueTransfer(transaction),
    });
  }

  private async concludeIfLate({ scope, id, createdAt, providerReference, providerType }: TransactionRecord): Promise<void> {
    const age = this.clock.now().getTime() - createdAt.getTime();
    if (providerReference !== undefined) {
      if (age >= (this.gateway.forgetsUnpaidAfterMs(providerType) ?? Infinity)) {
        await this.apply.concludeUnreceived({ scope, transactionId: id, to: 'failed', failure: LAPSED, source: 'reconcile' });
        return;
      }
      this.logger.error({ transactionId: id, providerReference }, 'the provider no longer knows a payment it had confirmed');
      return;
    }
    if (age < NEVER_RECEIVED_AFTER_MS) return;
    await this.apply.concludeUnreceived({ scope, transactionId: id, to: 'failed', failure: NEVER_RECEIVED, source: 'reconcile' });
  }

  /** The buyer never finished, and the checkout's time is over or another attempt has taken it. */
  private async isAbandoned({ scope, id, checkoutId }: TransactionRecord): Promise<boolean> {
    const checkout = await this.checkouts.findById(scope, checkoutId);
    if (!checkout) return false;
    return checkout.transactionId !== id || checkout.status !== 'processing' || checkout.expiresAt <= this.clock.now();
  }
}
