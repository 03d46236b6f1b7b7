import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError, isObjectId, newObjectId } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import { isPaid, refundNewsHolds } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import { MainConfig } from '../main-config.js';
import type { ProviderRefund } from '../providers/index.js';
import { FindPaidTransaction, NoteContradiction, RecordMoneyBack, TransactionsRepository } from '../transactions/index.js';
import type { TransactionRecord, WordSource } from '../transactions/index.js';
import type { NewRefund, RefundFailure, RefundRecord } from './refund.js';
import type { RefundMove } from './refunds.repository.js';
import { RefundsRepository } from './refunds.repository.js';

/** A provider's word about a refund, however it reached us. */
export interface RefundResult {
  /** The tenant of the provider account that said it. */
  scope: TenantScope;
  providerId: string;
  refund: ProviderRefund;
  source: WordSource;
}

export type RefundOutcome = 'moved' | 'unchanged' | 'contradiction';

const UNEXPLAINED: RefundFailure = { code: 'refund_failed', message: 'The payment provider could not send the money back.' };

/**
 * The one place where a provider's word changes a refund. Answers, notifications and the reconcile sweep all end here, in any
 * order and any number of times: which word holds depends on the words alone, and refund, transaction and events are one
 * database transaction.
 */
@Injectable()
export class ApplyRefundResult {
  constructor(
    private readonly refunds: RefundsRepository,
    private readonly transactions: TransactionsRepository,
    private readonly paid: FindPaidTransaction,
    private readonly recordMoney: RecordMoneyBack,
    private readonly contradiction: NoteContradiction,
    private readonly database: Transactions,
    private readonly config: MainConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @throws DomainError transaction_not_found; provider_error and conflict when the word cannot be placed yet and has to be
   *   applied again later
   */
  async execute({ scope, providerId, refund, source }: RefundResult): Promise<RefundOutcome> {
    const own = await this.findOwn(scope, providerId, refund);
    const { paymentReference } = refund;
    const payment = { providerId, transactionId: own?.transactionId ?? refund.transactionId, paymentReference };
    const { transaction, contradiction } = await this.paid.execute(scope, payment, source);
    const reason = contradiction ?? (await this.contradictionOf(transaction, own, refund));
    if (reason !== undefined) {
      await this.contradiction.execute(transaction, reason, source);
      return 'contradiction';
    }
    const moved = await this.database.run((session) => this.record(transaction, refund, source, session));
    if (moved)
      this.logger.info({ transactionId: transaction.id, refundId: moved.id, status: moved.status, source }, 'a refund was heard of');
    return moved ? 'moved' : 'unchanged';
  }

  /** The provider will never carry it out: its amount is free again. A word of the provider itself that came first stands. */
  async concludeRefused({ scope, id, transactionId }: RefundRecord, failure: RefundFailure, source: WordSource): Promise<void> {
    await this.database.run(async (session) => {
      const transaction = await this.transactions.findById(scope, transactionId, session);
      const refund = await this.refunds.findById(scope, id, session);
      if (!transaction || refund?.status !== 'pending' || refund.since !== undefined) return;
      await this.move(transaction, refund, { to: 'failed', amount: refund.amount, failure }, source, session);
    });
  }

  /** Ours, when the provider returns our id for it. */
  private async findOwn(scope: TenantScope, providerId: string, { refundId }: ProviderRefund): Promise<RefundRecord | undefined> {
    const refund = refundId !== undefined && isObjectId(refundId) ? await this.refunds.findById(scope, refundId) : undefined;
    return refund?.providerId === providerId ? refund : undefined;
  }

  private async contradictionOf(
    transaction: TransactionRecord,
    own: RefundRecord | undefined,
    { reference, amount, currency }: ProviderRefund,
  ): Promise<string | undefined> {
    if (currency !== transaction.currency) return `provider reports a refund of ${amount} ${currency}, paid was ${transaction.currency}`;
    const { scope, providerId, id } = transaction;
    const named = await this.refunds.findByProviderReference(scope, providerId, reference);
    if (named && named.transactionId !== id) return `provider reports refund ${reference}, recorded of transaction ${named.transactionId}`;
    if (!own) return undefined;
    if (named && named.id !== own.id) return `provider reports refund ${own.id} as ${reference}, which is recorded as ${named.id}`;
    if (own.amount !== amount) return `provider reports refund ${own.id} of ${amount}, recorded is ${own.amount}`;
    const known = own.providerReference ?? reference;
    return known === reference ? undefined : `provider reports refund ${own.id} as ${reference}, recorded is ${known}`;
  }

  /** Undefined when it says nothing new. */
  private async record(
    { scope, id }: TransactionRecord,
    refund: ProviderRefund,
    source: WordSource,
    session: ClientSession,
  ): Promise<RefundRecord | undefined> {
    const transaction = await this.transactions.findById(scope, id, session);
    if (!transaction || !isPaid(transaction.status)) throw new DomainError('conflict');
    const known = await this.findKnown(transaction, refund, session);
    if (!known) return this.add(transaction, refund, source, session);
    const { reference: providerReference, word: to, occurredAt: since, amount } = refund;
    if (!refundNewsHolds(known, { status: to, since })) {
      // It may still be the first to say what the provider calls it.
      const { status, since: knownSince, failure, nextLookUpAt } = known;
      const named = { to: status, amount: known.amount, since: knownSince, failure, nextLookUpAt, providerReference };
      if (known.providerReference === undefined) await this.moveQuietly(transaction, known, named, session);
      return undefined;
    }
    const failure = to === 'failed' ? (refund.failure ?? UNEXPLAINED) : undefined;
    const nextLookUpAt = to === 'pending' ? (known.nextLookUpAt ?? this.firstLookUp(this.clock.now())) : undefined;
    const move = { to, amount, providerReference, since, failure, nextLookUpAt };
    if (to === known.status && amount === known.amount) {
      await this.moveQuietly(transaction, known, move, session);
      return undefined;
    }
    return this.move(transaction, known, move, source, session);
  }

  private async findKnown(
    { scope, providerId, id }: TransactionRecord,
    { refundId, reference, amount }: ProviderRefund,
    session: ClientSession,
  ): Promise<RefundRecord | undefined> {
    const named = await this.refunds.findByProviderReference(scope, providerId, reference, session);
    if (named) return named;
    const own = refundId !== undefined && isObjectId(refundId) ? await this.refunds.findById(scope, refundId, session) : undefined;
    if (own?.transactionId === id) return own;
    // Some notifications do not carry our id. Whether this is the one we have just asked for is known when the answer is here.
    if (refundId === undefined && (await this.refunds.hasUnnamed(scope, id, amount, session))) {
      throw new DomainError('conflict', 'A refund of this amount is still being made.');
    }
    return undefined;
  }

  /** Made at the provider's own pages, or by the provider itself. */
  private async add(
    transaction: TransactionRecord,
    { reference, word, amount, currency, occurredAt, failure }: ProviderRefund,
    source: WordSource,
    session: ClientSession,
  ): Promise<RefundRecord> {
    const now = this.clock.now();
    const { id: transactionId, checkoutId, siteId, providerId, providerType, externalReference } = transaction;
    const refund: NewRefund = {
      ...{ id: newObjectId(now), transactionId, checkoutId, siteId, providerId, providerType, externalReference },
      ...{ origin: 'provider', status: word, amount, currency, providerReference: reference, since: occurredAt, createdAt: now },
      failure: word === 'failed' ? (failure ?? UNEXPLAINED) : undefined,
      nextLookUpAt: word === 'pending' ? this.firstLookUp(now) : undefined,
    };
    const entry = { at: now, type: `refund_${word}`, source, detail: refund.id };
    const after = await this.recordMoney.execute(
      transaction,
      { refund: { id: refund.id, status: word, amount, at: occurredAt }, entry },
      session,
    );
    return this.refunds.insert(after, refund, session);
  }

  private async move(
    transaction: TransactionRecord,
    known: RefundRecord,
    move: RefundMove,
    source: WordSource,
    session: ClientSession,
  ): Promise<RefundRecord> {
    const { to: status, amount, since } = move;
    const now = this.clock.now();
    const entry = { at: now, type: `refund_${status}`, source, detail: known.id };
    const after = await this.recordMoney.execute(
      transaction,
      { refund: { id: known.id, status, amount, at: since ?? now }, entry },
      session,
    );
    const moved = await this.refunds.move(after, known, move, now, session);
    if (!moved) throw new DomainError('conflict');
    return moved;
  }

  /** What changes nothing about the money. */
  private async moveQuietly(transaction: TransactionRecord, known: RefundRecord, move: RefundMove, session: ClientSession): Promise<void> {
    const moved = await this.refunds.move(transaction, known, move, this.clock.now(), session);
    if (!moved) throw new DomainError('conflict');
  }

  private firstLookUp(now: Date): Date {
    return new Date(now.getTime() + this.config.RECONCILE_AFTER_MS);
  }
}
