import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@paygate/kernel';
import { SERVICE_LOGGER, Sweep } from '@paygate/nest-kit';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { MainConfig } from '../main-config.js';
import { ProviderGateway } from '../providers/index.js';
import { TransactionsRepository } from '../transactions/index.js';
import { ApplyRefundResult } from './apply-refund-result.js';
import type { RefundRecord } from './refund.js';
import { RefundsOfAllTenants } from './refunds-of-all-tenants.repository.js';
import { SubmitRefund } from './submit-refund.js';

/** Refunds one instance looks up at the same time. */
const LANES = 4;

/**
 * Looks undecided refunds up at their providers, so that none is forgotten, and submits again what never got there: the
 * merchant wants the money to go back. Any number of instances may run it.
 */
@Injectable()
export class ReconcileRefunds extends Sweep<RefundRecord> {
  constructor(
    private readonly due: RefundsOfAllTenants,
    private readonly transactions: TransactionsRepository,
    private readonly configuration: Configuration,
    private readonly gateway: ProviderGateway,
    private readonly apply: ApplyRefundResult,
    private readonly submit: SubmitRefund,
    private readonly config: MainConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {
    super({ name: 'reconcile-refunds', everyMs: config.RECONCILE_EVERY_MS, lanes: LANES, logger });
  }

  protected claim(): Promise<RefundRecord | undefined> {
    return this.due.claimDueLookUp(this.clock.now(), this.config.RECONCILE_AFTER_MS);
  }

  /** One refund that cannot be looked up must not hold up the others; its next look is already set. */
  protected async handle(refund: RefundRecord): Promise<void> {
    try {
      await this.look(refund);
    } catch (error) {
      this.logger.error({ err: error, refundId: refund.id }, 'a refund could not be reconciled; it is tried again');
    }
  }

  private async look(refund: RefundRecord): Promise<void> {
    const { id: refundId, scope, providerId, transactionId, providerReference: reference, origin } = refund;
    const account = this.configuration.account(providerId);
    const transaction = await this.transactions.findById(scope, transactionId);
    if (!account || transaction?.providerReference === undefined) {
      this.logger.error({ refundId, providerId }, 'the provider of an undecided refund is no longer configured');
      return;
    }
    const outcome = await this.gateway.lookUpRefund(account, { refundId, paymentReference: transaction.providerReference, reference });
    if (outcome.kind !== 'answered') return;
    const found = outcome.refund;
    // By its own reference it is certainly this one, whether or not the provider returns our id.
    if (found)
      await this.apply.execute({ scope, providerId, refund: origin === 'merchant' ? { ...found, refundId } : found, source: 'reconcile' });
    else if (reference !== undefined) this.logger.error({ refundId, reference }, 'the provider no longer knows a refund it had confirmed');
    else if (this.isNoLongerOnItsWay(refund)) await this.submit.execute(refund, 'reconcile');
  }

  /** A call that is still on its way would have ended by now. */
  private isNoLongerOnItsWay({ createdAt }: RefundRecord): boolean {
    return this.clock.now().getTime() - createdAt.getTime() > 2 * this.config.PROVIDER_TIMEOUT_MS;
  }
}
