import { Inject, Injectable } from '@nestjs/common';
import { IdempotencyKeys, Transactions } from '@paygate/data-kit';
import { DomainError, newObjectId } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { CreatedRefund, CreateRefundCommand } from '@paygate/messages';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import { refundableAmount } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { Configuration } from '../configuration/index.js';
import { FaultPoint } from '../faults/index.js';
import { MainConfig } from '../main-config.js';
import { ProviderGateway } from '../providers/index.js';
import { RecordMoneyBack, TransactionsRepository } from '../transactions/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import { presentRefund } from './present-refund.js';
import type { NewRefund, RefundRecord } from './refund.js';
import { RefundsRepository } from './refunds.repository.js';
import { SubmitRefund } from './submit-refund.js';

const OPERATION = 'refund.create';
const SOURCE = 'operator';

/**
 * Gives money back. First the refund is written down and its amount taken from what is left (tx 1), then the provider is
 * called with the refund's id as idempotency key, outside any database transaction, then its answer is applied (tx 2). A
 * crash in between leaves a pending refund, which the reconcile sweep finds or submits again.
 */
@Injectable()
export class CreateRefund {
  constructor(
    private readonly refunds: RefundsRepository,
    private readonly transactions: TransactionsRepository,
    private readonly recordMoney: RecordMoneyBack,
    private readonly submit: SubmitRefund,
    private readonly configuration: Configuration,
    private readonly gateway: ProviderGateway,
    private readonly database: Transactions,
    private readonly idempotency: IdempotencyKeys,
    private readonly config: MainConfig,
    private readonly fault: FaultPoint,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @returns the refund as it stands when the provider has answered, or was given up waiting for
   * @throws DomainError as `CreateRefundCommand` says, and what `IdempotencyKeys.once` throws
   */
  async execute(command: CreateRefundCommand): Promise<CreatedRefund> {
    const scope = tenantScopeOf(command);
    const { refundId, replayed } = await this.reserve(scope, command);
    const refund = await this.refunds.findById(scope, refundId);
    if (!refund) throw new DomainError('refund_not_found');
    if (replayed) return Object.assign(presentRefund(refund), { replayed });
    this.fault.reached('exit-after-refund-written');
    await this.handOver(refund);
    const made = (await this.refunds.findById(scope, refundId)) ?? refund;
    return Object.assign(presentRefund(made), { replayed });
  }

  private async reserve(scope: TenantScope, command: CreateRefundCommand): Promise<{ refundId: string; replayed: boolean }> {
    return this.database.run(async (session) => {
      const { idempotency } = command;
      if (!idempotency) return { ...(await this.write(scope, command, session)), replayed: false };
      const { key, requestHash } = idempotency;
      const claim = { scope, operation: OPERATION, key, requestHash };
      const { result, replayed } = await this.idempotency.once(session, claim, () => this.write(scope, command, session));
      return { ...result, replayed };
    });
  }

  /** Two at once write the same transaction, so one of them sees what the other has left. */
  private async write(
    scope: TenantScope,
    { transactionId, amount: wanted, reason }: CreateRefundCommand,
    session: ClientSession,
  ): Promise<{ refundId: string }> {
    const transaction = await this.transactions.findById(scope, transactionId, session);
    if (!transaction) throw new DomainError('transaction_not_found');
    const amount = amountOf(transaction, wanted);
    this.requireSupport(transaction, amount);
    const now = this.clock.now();
    const { checkoutId, siteId, providerId, providerType, currency, externalReference } = transaction;
    const refund: NewRefund = {
      ...{ id: newObjectId(now), transactionId, checkoutId, siteId, providerId, providerType, currency, externalReference },
      ...{ origin: 'merchant', status: 'pending', amount, reason, createdAt: now },
      nextLookUpAt: new Date(now.getTime() + this.config.RECONCILE_AFTER_MS),
    };
    const entry = { at: now, type: 'refund_pending', source: SOURCE, detail: refund.id } as const;
    const after = await this.recordMoney.execute(
      transaction,
      { refund: { id: refund.id, status: 'pending', amount, at: now }, entry },
      session,
    );
    await this.refunds.insert(after, refund, session);
    return { refundId: refund.id };
  }

  /** Found out before anything is recorded: a refund that can never be submitted would only take its amount. */
  private requireSupport({ id, amount: paid, providerId, providerType, providerReference }: TransactionRecord, amount: number): void {
    const refunds = this.gateway.refundsOf(providerType);
    if (!refunds) throw new DomainError('refund_not_supported');
    if (!refunds.partial && amount !== paid) {
      throw new DomainError('refund_not_supported', 'The payment provider gives back whole payments only.', { transactionId: id });
    }
    if (providerReference === undefined || !this.hasReadableCredentials(providerId)) throw new DomainError('provider_not_available');
  }

  private hasReadableCredentials(providerId: string): boolean {
    try {
      return this.configuration.account(providerId) !== undefined;
    } catch (error) {
      this.logger.error({ err: error, providerId }, 'the credentials of a provider cannot be read');
      return false;
    }
  }

  /** The refund stands whatever happens now: what fails here is found out by the sweep. */
  private async handOver(refund: RefundRecord): Promise<void> {
    try {
      await this.submit.execute(refund, SOURCE);
    } catch (error) {
      this.logger.error({ err: error, refundId: refund.id }, 'a refund could not be completed; it is looked up later');
    }
  }
}

function amountOf({ id, status, amount: paid, currency, refunds }: TransactionRecord, wanted: number | undefined): number {
  if (status !== 'succeeded') throw new DomainError('transaction_not_refundable', undefined, { transactionId: id, status });
  const left = refundableAmount(paid, refunds);
  const amount = wanted ?? left;
  if (amount < 1 || amount > left) throw new DomainError('refund_exceeds_remaining', undefined, { refundableAmount: left, currency });
  return amount;
}
