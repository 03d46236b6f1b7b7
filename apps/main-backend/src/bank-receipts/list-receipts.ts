import { Injectable } from '@nestjs/common';
import { tenantScopeOf } from '@paygate/messages';
import type { BankReceiptPage, ListBankReceiptsRequest } from '@paygate/messages';
import { BankReceiptsRepository } from './bank-receipts.repository.js';
import { presentReceipt } from './present-receipt.js';

/** Lists money that came in, newest first. */
@Injectable()
export class ListReceipts {
  constructor(private readonly receipts: BankReceiptsRepository) {}

  async execute(request: ListBankReceiptsRequest): Promise<BankReceiptPage> {
    const { state, providerId, transactionId } = request;
    const page = await this.receipts.list(tenantScopeOf(request), { state, providerId, transactionId }, request);
    return { ...page, items: page.items.map(presentReceipt) };
  }
}
