import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { SERVICE_LOGGER } from '@paygate/nest-kit';
import { checkoutAfterAttempt } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import type { Logger } from 'pino';
import { CheckoutsRepository } from '../checkouts/index.js';
import type { CheckoutRecord } from '../checkouts/index.js';
import type { TransactionRecord, WordSource } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** Takes the checkout along when one of its transactions has changed, in the same database transaction. */
@Injectable()
export class FollowTransaction {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly transactions: TransactionsRepository,
    @Inject(SERVICE_LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws DomainError conflict when the checkout changed within this very transaction; the caller's work rolls back */
  async execute(transaction: TransactionRecord, source: WordSource, now: Date, session: ClientSession): Promise<void> {
    const checkout = await this.checkouts.findById(transaction.scope, transaction.checkoutId, session);
    if (!checkout) throw new DomainError('checkout_not_found');
    if (transaction.status === 'succeeded') await this.noteSecondSuccess(checkout, transaction, source, now, session);

    const following = {
      status: checkout.status,
      expiresAt: checkout.expiresAt,
      superseded: checkout.supersededBy !== undefined,
      latestAttempt: checkout.transactionId === transaction.id,
    };
    const to = checkoutAfterAttempt(following, transaction.status, now);
    if (!to) return;
    // A success names the attempt that paid, also when it was not the latest.
    const paid = to === 'completed' ? { transactionId: transaction.id, completedAt: now } : {};
    const moved = await this.checkouts.move(transaction.scope, checkout, { to, ...paid }, now, session);
    if (!moved) throw new DomainError('conflict');
  }

  /** The buyer paid twice through two attempts. Both payments are real and recorded; somebody has to refund one. */
  private async noteSecondSuccess(
    checkout: CheckoutRecord,
    { scope, id, status }: TransactionRecord,
    source: WordSource,
    now: Date,
    session: ClientSession,
  ): Promise<void> {
    if (checkout.status !== 'completed' || checkout.transactionId === id) return;
    this.logger.error(
      { transactionId: id, checkoutId: checkout.id, paidBy: checkout.transactionId },
      'a checkout was paid twice; refund one payment',
    );
    const detail = `the checkout was already paid by transaction ${checkout.transactionId ?? 'unknown'}`;
    await this.transactions.addOnce(scope, id, { at: now, type: 'second_success', status, source, detail }, session);
  }
}
