import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError, newObjectId } from '@paygate/kernel';
import type { Clock, TenantScope } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { DecideTransferCommand, TransactionView } from '@paygate/messages';
import { isPaid, mayReceive } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import { CLOCK } from '../clock.js';
import { ApplyProviderResult, presentTransaction, TransactionsRepository } from '../transactions/index.js';
import type { TransactionRecord } from '../transactions/index.js';
import { AddMoney } from './add-money.js';
import { BankReceiptsRepository } from './bank-receipts.repository.js';
import { SettleTransfer } from './settle-transfer.js';
import { TransferAccounts } from './transfer-accounts.js';

const NOT_RECEIVED = { code: 'transfer_not_received', message: 'The bank transfer did not arrive.' };

/**
 * A person says what became of a bank transfer. How much came is said in all, not in addition: saying it twice, or two people
 * saying it at once, counts it once.
 */
@Injectable()
export class DecideTransfer {
  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly receipts: BankReceiptsRepository,
    private readonly accounts: TransferAccounts,
    private readonly addMoney: AddMoney,
    private readonly settle: SettleTransfer,
    private readonly apply: ApplyProviderResult,
    private readonly database: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the transaction as it then stands: still pending while money is missing
   * @throws DomainError transaction_not_found, invalid_transition, received_amount_too_low
   */
  async execute(command: DecideTransferCommand): Promise<TransactionView> {
    const scope = tenantScopeOf(command);
    const { transactionId, status } = command;
    const transaction = await this.find(scope, transactionId);
    this.accounts.requireTransfer(transaction);
    if (status === 'failed') {
      if (isPaid(transaction.status)) throw decided(transaction);
      await this.apply.concludeUnreceived({ scope, transactionId, to: 'failed', failure: NOT_RECEIVED, source: 'operator' });
    } else {
      await this.database.run((session) => this.record(scope, command, session));
      await this.settle.execute(scope, transactionId);
    }
    const present = await this.find(scope, transactionId);
    if (status === 'failed' && isPaid(present.status)) throw decided(present);
    return presentTransaction(present);
  }

  private async record(scope: TenantScope, command: DecideTransferCommand, session: ClientSession): Promise<void> {
    const transaction = await this.find(scope, command.transactionId, session);
    if (!mayReceive(transaction.status)) throw decided(transaction);
    const { id, providerId, currency, receivedAmount = 0 } = transaction;
    const total = command.receivedAmount ?? Math.max(transaction.amount, receivedAmount);
    if (total < receivedAmount) throw new DomainError('received_amount_too_low', undefined, { receivedAmount, currency });
    if (total === receivedAmount) return;
    const amount = total - receivedAmount;
    const now = this.clock.now();
    await this.addMoney.execute(transaction, { amount, source: 'operator' }, now, session);
    await this.receipts.insert(
      scope,
      {
        id: newObjectId(now),
        providerId,
        source: 'operator',
        key: `${id}:${total}`,
        state: 'assigned',
        amount,
        currency,
        bookedOn: command.receivedOn === undefined ? now : new Date(command.receivedOn),
        text: command.note ?? '',
        transactionId: id,
        suggestions: [],
        createdAt: now,
      },
      session,
    );
  }

  private async find(scope: TenantScope, transactionId: string, session?: ClientSession): Promise<TransactionRecord> {
    const transaction = await this.transactions.findById(scope, transactionId, session);
    if (!transaction) throw new DomainError('transaction_not_found');
    return transaction;
  }
}

function decided({ id, status }: TransactionRecord): DomainError {
  return new DomainError('invalid_transition', `The payment is ${status} already.`, { transactionId: id, status });
}
