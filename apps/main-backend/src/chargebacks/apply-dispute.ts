import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError, newObjectId } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import { chargebackNewsHolds, isChargebackOpen, isPaid } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import type { Logger } from 'pino';
import { CLOCK } from '../clock.js';
import type { ProviderDispute } from '../providers/index.js';
import { FindPaidTransaction, NoteContradiction, RecordMoneyBack, TransactionsRepository } from '../transactions/index.js';
import type { TransactionRecord, WordSource } from '../transactions/index.js';
import type { ChargebackRecord, NewChargeback } from './chargeback.js';
import { ChargebacksRepository } from './chargebacks.repository.js';

/** A provider's word about a dispute. */
export interface DisputeResult {
  /** The tenant of the provider account that said it. */
  scope: TenantScope;
  providerId: string;
  dispute: ProviderDispute;
  source: WordSource;
}

export type DisputeOutcome = 'moved' | 'unchanged' | 'contradiction';

/**
 * Applies a provider's word about a dispute, in any order and any number of times: the later word holds, and chargeback,
 * transaction and events are one database transaction.
 */
@Injectable()
export class ApplyDispute {
  constructor(
    private readonly chargebacks: ChargebacksRepository,
    private readonly transactions: TransactionsRepository,
    private readonly paid: FindPaidTransaction,
    private readonly recordMoney: RecordMoneyBack,
    private readonly contradiction: NoteContradiction,
    private readonly database: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @throws DomainError transaction_not_found; provider_error and conflict when the word cannot be placed yet and has to be
   *   applied again later
   */
  async execute({ scope, providerId, dispute, source }: DisputeResult): Promise<DisputeOutcome> {
    const { reference, transactionId, paymentReference } = dispute;
    const { transaction, contradiction } = await this.paid.execute(scope, { providerId, transactionId, paymentReference }, source);
    const known = await this.chargebacks.findByProviderReference(scope, providerId, reference);
    const elsewhere = known && known.transactionId !== transaction.id;
    const reason =
      contradiction ?? (elsewhere ? `provider reports dispute ${reference}, recorded of transaction ${known.transactionId}` : undefined);
    if (reason !== undefined) {
      await this.contradiction.execute(transaction, reason, source);
      return 'contradiction';
    }
    const moved = await this.database.run((session) => this.record(transaction, dispute, source, session));
    if (moved) this.logger.warn({ transactionId: transaction.id, chargebackId: moved.id, status: moved.status }, 'a dispute was heard of');
    return moved ? 'moved' : 'unchanged';
  }

  /** Undefined when it says nothing new. */
  private async record(
    { scope, id }: TransactionRecord,
    dispute: ProviderDispute,
    source: WordSource,
    session: ClientSession,
  ): Promise<ChargebackRecord | undefined> {
    const transaction = await this.transactions.findById(scope, id, session);
    if (!transaction || !isPaid(transaction.status)) throw new DomainError('conflict');
    const known = await this.chargebacks.findByProviderReference(scope, transaction.providerId, dispute.reference, session);
    if (!known) return this.add(transaction, dispute, source, session);
    const { word, occurredAt: since, amount, currency, reason, evidenceDueBy } = dispute;
    if (!chargebackNewsHolds(known, { status: word, since })) return undefined;
    const now = this.clock.now();
    await this.takeAlong(transaction, { id: known.id, status: word, amount, currency, since }, source, now, session);
    const move = { to: word, since, closedAt: closedAt(dispute), amount, currency, reason, evidenceDueBy };
    const moved = await this.chargebacks.move(known, move, now, session);
    if (!moved) throw new DomainError('conflict');
    return moved;
  }

  private async add(
    transaction: TransactionRecord,
    dispute: ProviderDispute,
    source: WordSource,
    session: ClientSession,
  ): Promise<ChargebackRecord> {
    const now = this.clock.now();
    const { id: transactionId, checkoutId, siteId, providerId, providerType, externalReference, clientId, email } = transaction;
    const { reference: providerReference, word: status, amount, currency, reason, evidenceDueBy, occurredAt: since } = dispute;
    const chargeback: NewChargeback = {
      ...{ id: newObjectId(now), transactionId, checkoutId, siteId, providerId, providerType, externalReference, clientId, email },
      ...{ providerReference, status, amount, currency, reason, evidenceDueBy, since, closedAt: closedAt(dispute), createdAt: now },
    };
    await this.takeAlong(transaction, chargeback, source, now, session);
    return this.chargebacks.insert(transaction.scope, chargeback, session);
  }

  private async takeAlong(
    transaction: TransactionRecord,
    { id, status, amount, currency, since: at }: Pick<NewChargeback, 'id' | 'status' | 'amount' | 'currency' | 'since'>,
    source: WordSource,
    now: Date,
    session: ClientSession,
  ): Promise<void> {
    const entry = { at: now, type: `chargeback_${status}`, source, detail: id };
    await this.recordMoney.execute(transaction, { chargeback: { id, status, amount, currency, at }, entry }, session);
  }
}

function closedAt({ word, occurredAt }: ProviderDispute): Date | undefined {
  return isChargebackOpen(word) ? undefined : occurredAt;
}
