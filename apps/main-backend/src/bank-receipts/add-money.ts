import { Injectable } from '@nestjs/common';
import { DomainError, Money } from '@paygate/kernel';
import { receivedState } from '@paygate/payments-domain';
import type { ReceiptSource } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import { TransferTransactionsRepository } from '../transactions/index.js';
import type { TransactionRecord } from '../transactions/index.js';

/** Counts money for a transaction, within the database transaction that writes its receipt. */
@Injectable()
export class AddMoney {
  constructor(private readonly transfers: TransferTransactionsRepository) {}

  /** @throws DomainError conflict when the transaction changed within this very database transaction; the work rolls back */
  async execute(
    transaction: TransactionRecord,
    { amount, source }: { amount: number; source: ReceiptSource },
    now: Date,
    session: ClientSession,
  ): Promise<void> {
    const entry = {
      at: now,
      type: 'money_received',
      status: transaction.status,
      source: source === 'operator' ? 'operator' : 'bank',
      detail: describe(transaction, amount),
    } as const;
    const written = await this.transfers.addReceived(transaction.scope, transaction, amount, entry, session);
    if (!written) throw new DomainError('conflict');
  }
}

/** For the operator: what came, and what it makes in all. */
function describe({ amount: asked, currency, receivedAmount = 0 }: TransactionRecord, amount: number): string {
  const text = (minor: number): string => `${Money.ofMinor(minor, currency).toDecimal()} ${currency}`;
  const { difference } = receivedState(asked, receivedAmount + amount);
  if (difference === 0) return `${text(amount)}, complete`;
  return difference < 0 ? `${text(amount)}, ${text(-difference)} missing` : `${text(amount)}, ${text(difference)} too much`;
}
