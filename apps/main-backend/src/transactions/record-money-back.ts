import { Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import { isPaid, paidStatus, refundedAmount } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import type { DisputeShare, RefundShare, TimelineRecord, TransactionRecord } from './transaction.js';
import { TransactionsRepository } from './transactions.repository.js';

/** One refund or dispute, as it stands now. */
export interface MoneyBack {
  refund?: RefundShare;
  chargeback?: DisputeShare;
  /** What the timeline says of it; the status is filled in. */
  entry: Omit<TimelineRecord, 'status'>;
}

/**
 * Takes a transaction along when one of its refunds or disputes has changed, in the same database transaction. Its status
 * follows from all of them together, so it does not depend on the order in which they came.
 */
@Injectable()
export class RecordMoneyBack {
  constructor(private readonly transactions: TransactionsRepository) {}

  /**
   * @param from as read within this very session
   * @throws DomainError conflict when the payment is not recorded as paid, or was changed meanwhile; the caller's work rolls back
   */
  async execute(from: TransactionRecord, { refund, chargeback, entry }: MoneyBack, session: ClientSession): Promise<TransactionRecord> {
    if (!isPaid(from.status)) throw new DomainError('conflict');
    const refunds = withShare(from.refunds, refund);
    const chargebacks = withShare(from.chargebacks, chargeback);
    const status = paidStatus(from.amount, refunds, chargebacks);
    const change = { status, refunds, chargebacks, refundedAmount: refundedAmount(refunds), entry: { ...entry, status } };
    const written = await this.transactions.moveMoney(from.scope, from, change, entry.at, session);
    if (!written) throw new DomainError('conflict');
    return written;
  }
}

function withShare<T extends { readonly id: string }>(shares: readonly T[], share: T | undefined): readonly T[] {
  if (!share) return shares;
  const known = shares.some(({ id }) => id === share.id);
  return known ? shares.map((each) => (each.id === share.id ? share : each)) : [...shares, share];
}
