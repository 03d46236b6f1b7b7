import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@paygate/data-kit';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { AssignBankReceiptCommand, BankReceiptView } from '@paygate/messages';
import { mayReceive } from '@paygate/payments-domain';
import type { ClientSession } from 'mongoose';
import { CLOCK } from '../clock.js';
import { TransactionsRepository } from '../transactions/index.js';
import { AddMoney } from './add-money.js';
import type { BankReceiptRecord } from './bank-receipt.js';
import { BankReceiptsRepository } from './bank-receipts.repository.js';
import { presentReceipt } from './present-receipt.js';
import { SettleTransfer } from './settle-transfer.js';
import { TransferAccounts } from './transfer-accounts.js';

/** A person says what money that could not be matched was paid for. */
@Injectable()
export class AssignReceipt {
  constructor(
    private readonly receipts: BankReceiptsRepository,
    private readonly transactions: TransactionsRepository,
    private readonly accounts: TransferAccounts,
    private readonly addMoney: AddMoney,
    private readonly settle: SettleTransfer,
    private readonly database: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Saying the same again changes nothing.
   * @throws DomainError bank_receipt_not_found, transaction_not_found; invalid_transition when the receipt counts for another
   *   payment, or the payment is none by bank transfer, closed, or in another currency
   */
  async execute(command: AssignBankReceiptCommand): Promise<BankReceiptView> {
    const receipt = await this.database.run((session) => this.assign(command, session));
    await this.settle.execute(receipt.scope, command.transactionId);
    return presentReceipt(receipt);
  }

  private async assign(command: AssignBankReceiptCommand, session: ClientSession): Promise<BankReceiptRecord> {
    const scope = tenantScopeOf(command);
    const { receiptId, transactionId } = command;
    const receipt = await this.receipts.findById(scope, receiptId, session);
    if (!receipt) throw new DomainError('bank_receipt_not_found');
    const transaction = await this.transactions.findById(scope, transactionId, session);
    if (!transaction) throw new DomainError('transaction_not_found');
    if (receipt.state === 'assigned') {
      if (receipt.transactionId === transactionId) return receipt;
      const details = { receiptId, transactionId: receipt.transactionId };
      throw new DomainError('invalid_transition', 'The money counts for another payment already.', details);
    }
    this.accounts.requireTransfer(transaction);
    const { status, currency } = transaction;
    if (!mayReceive(status)) throw new DomainError('invalid_transition', `The payment is ${status}.`, { transactionId, status });
    if (currency !== receipt.currency) {
      throw new DomainError('invalid_transition', `The payment is in ${currency}, the money in ${receipt.currency}.`, { transactionId });
    }
    const now = this.clock.now();
    await this.addMoney.execute(transaction, receipt, now, session);
    const assigned = await this.receipts.assign(scope, receiptId, transactionId, now, session);
    if (!assigned) throw new DomainError('conflict');
    return assigned;
  }
}
