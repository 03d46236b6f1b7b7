import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { tenantScopeOf } from '@paygate/messages';
import type { BankReceiptView, DismissBankReceiptCommand } from '@paygate/messages';
import { CLOCK } from '../clock.js';
import { BankReceiptsRepository } from './bank-receipts.repository.js';
import { presentReceipt } from './present-receipt.js';

/** A person says that money pays for nothing here. It can still be assigned later. */
@Injectable()
export class DismissReceipt {
  constructor(
    private readonly receipts: BankReceiptsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError bank_receipt_not_found; invalid_transition when it counts for a payment */
  async execute(command: DismissBankReceiptCommand): Promise<BankReceiptView> {
    const scope = tenantScopeOf(command);
    const { receiptId } = command;
    const dismissed = await this.receipts.dismiss(scope, receiptId, this.clock.now());
    if (dismissed) return presentReceipt(dismissed);
    const receipt = await this.receipts.findById(scope, receiptId);
    if (!receipt) throw new DomainError('bank_receipt_not_found');
    throw new DomainError('invalid_transition', 'The money counts for a payment.', { receiptId, transactionId: receipt.transactionId });
  }
}
