import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { MetricsRegistry, SERVICE_LOGGER } from '@paygate/nest-kit';
import { isTransactionUndecided, judgeProviderPayment, judgeProviderWord } from '@paygate/payments-domain';
import type { PaymentVerdict, TransactionStatus, Verdict } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import type { ProviderPayment } from '../providers/index.js';
import { FollowTransaction } from './follow-transaction.js';
import { NoteContradiction } from './note-contradiction.js';
import type { FailureRecord, TransactionRecord, WordSource } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';
import type { ProviderFacts } from './transactions.repository.js';

/** A provider's word about one of our transactions, however it reached us. */
export interface ProviderResult {
  /** The tenant of the provider account that said it: a provider never decides another organization's payment. */
  scope: TenantScope;
  /** The provider account that said it. */
  providerId: string;
  transactionId: string;
  payment: ProviderPayment;
  source: WordSource;
  /** The word was found while the transaction stood so, and says nothing about one that has moved on. */
  onlyWhile?: TransactionStatus;
}

/** A payment that certainly does not exist at the provider. */
export interface UnreceivedPayment {
  scope: TenantScope;
  transactionId: string;
  to: 'failed' | 'cancelled';
  failure?: FailureRecord;
  source: WordSource;
  /** What it was concluded from. Asked again of the transaction that is changed, which may have moved on. */
  onlyIf?: (transaction: TransactionRecord) => boolean;
}

export interface AppliedResult {
  /** As it stands now. */
  transaction: TransactionRecord;
  outcome: 'moved' | 'unchanged' | 'contradiction';
}

interface Decision {
  verdict: PaymentVerdict;
  facts: ProviderFacts;
  failure?: FailureRecord;
  detail?: string;
}

/** How often somebody else may change the transaction between our read and our write before we give up. */
const MOST_TRIES = 10;
const UNEXPLAINED: FailureRecord = { code: 'payment_failed', message: 'The payment was not successful.' };

/**
 * The one place where a provider's word changes a transaction. Page return, poll, webhook and reconcile all end here, in
 * any order, any number of times and at the same time: the write repeats the check, and status, checkout and event are
 * one database transaction.
 */
@Injectable()
export class ApplyProviderResult {
  private readonly changes;

  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly follow: FollowTransaction,
    private readonly contradiction: NoteContradiction,
    private readonly database: Transactions,
    private readonly config: MainConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
    metrics: MetricsRegistry,
  ) {
    this.changes = metrics.counter({
      name: 'provider_results_total',
      help: 'Words of payment providers about transactions, by source, outcome and the status they led to.',
      labelNames: ['source', 'outcome', 'status'],
    });
  }

  /** @throws DomainError transaction_not_found, also for another tenant's; conflict when it keeps changing meanwhile */
  async execute({ scope, providerId, transactionId, payment, source, onlyWhile }: ProviderResult): Promise<AppliedResult> {
    return this.apply(scope, transactionId, source, (transaction) => ({
      verdict: onlyWhile && transaction.status !== onlyWhile ? { kind: 'stay' } : judge(transaction, providerId, payment),
      facts: { providerReference: payment.reference, redirectUrl: payment.redirectUrl, paymentMethod: payment.method },
      failure: payment.failure,
      detail: payment.word,
    }));
  }

  /** For a payment the provider refused or never heard of. @throws as `execute` */
  async concludeUnreceived({ scope, transactionId, to, failure, source, onlyIf }: UnreceivedPayment): Promise<AppliedResult> {
    return this.apply(scope, transactionId, source, (transaction) => {
      const verdict: Verdict = onlyIf?.(transaction) === false ? { kind: 'stay' } : judgeProviderWord(transaction.status, to);
      const reason = `not received by the provider, recorded is ${transaction.status}`;
      return {
        verdict: verdict.kind === 'contradiction' ? { kind: 'contradiction', reason } : verdict,
        facts: {},
        failure,
        detail: failure?.code ?? 'never_received',
      };
    });
  }

  private async apply(
    scope: TenantScope,
    transactionId: string,
    source: WordSource,
    decide: (transaction: TransactionRecord) => Decision,
  ): Promise<AppliedResult> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const transaction = await this.transactions.findById(scope, transactionId);
      if (!transaction) throw new DomainError('transaction_not_found');
      const applied = await this.carryOut(transaction, decide(transaction), source);
      if (applied) {
        this.changes.inc({ source, outcome: applied.outcome, status: applied.transaction.status });
        return applied;
      }
    }
    throw new DomainError('conflict');
  }

  /** Undefined when the transaction has changed since it was read. */
  private async carryOut(transaction: TransactionRecord, decision: Decision, source: WordSource): Promise<AppliedResult | undefined> {
    const { verdict } = decision;
    switch (verdict.kind) {
      case 'contradiction':
        await this.contradiction.execute(transaction, verdict.reason, source);
        return { transaction, outcome: 'contradiction' };
      case 'stay': {
        const kept = await this.keepNews(transaction, decision.facts);
        return kept && { transaction: kept, outcome: 'unchanged' };
      }
      case 'move': {
        const moved = await this.move(transaction, verdict.to, decision, source);
        return moved && { transaction: moved, outcome: 'moved' };
      }
    }
  }

  private async move(
    from: TransactionRecord,
    to: TransactionStatus,
    { facts, failure, detail }: Decision,
    source: WordSource,
  ): Promise<TransactionRecord | undefined> {
    const now = this.clock.now();
    const undecided = isTransactionUndecided(to);
    const change = {
      to,
      facts: { ...facts, redirectUrl: undecided ? facts.redirectUrl : undefined },
      failure: to === 'failed' ? (failure ?? UNEXPLAINED) : undefined,
      succeededAt: to === 'succeeded' ? now : undefined,
      nextLookUpAt: undecided ? new Date(now.getTime() + this.config.RECONCILE_AFTER_MS) : undefined,
      timeline: [{ at: now, type: 'provider_result', status: to, source, detail }],
    };
    const moved = await this.database.run(async (session: ClientSession) => {
      const written = await this.transactions.move(from.scope, from, change, now, session);
      if (written) await this.follow.execute(written, source, now, session);
      return written;
    });
    if (moved) this.logger.info({ transactionId: moved.id, from: from.status, to, source }, 'a transaction changed its status');
    return moved;
  }

  /** The first answer names the payment and where the buyer goes on; both are kept although the status stays. */
  private async keepNews(transaction: TransactionRecord, facts: ProviderFacts): Promise<TransactionRecord | undefined> {
    const isNews =
      (facts.providerReference !== undefined && transaction.providerReference === undefined) ||
      (facts.redirectUrl !== undefined && facts.redirectUrl !== transaction.redirectUrl);
    if (!isNews || !isTransactionUndecided(transaction.status)) return transaction;
    return this.transactions.keepFacts(transaction.scope, transaction, facts, this.clock.now());
  }
}

function judge(transaction: TransactionRecord, providerId: string, payment: ProviderPayment): PaymentVerdict {
  if (payment.transactionId !== transaction.id) {
    return { kind: 'contradiction', reason: `provider reports a payment of transaction ${payment.transactionId}` };
  }
  if (providerId !== transaction.providerId) {
    return { kind: 'contradiction', reason: `provider ${providerId} reports a payment of provider ${transaction.providerId}` };
  }
  const { status, amount, currency, providerReference } = transaction;
  return judgeProviderPayment({ status, amount, currency, reference: providerReference }, payment);
}
