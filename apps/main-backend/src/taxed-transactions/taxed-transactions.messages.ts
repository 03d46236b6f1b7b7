import { Controller } from '@nestjs/common';
import {
  getTransactionTax,
  listTransactionTaxes,
  ListTransactionTaxesRequest,
  recalculateTransactionTax,
  RecalculateTransactionTaxCommand,
  TransactionRequest,
} from '@paygate/messages';
import type { TransactionTaxDecision, TransactionTaxPage } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { GetTransactionTax } from './get-transaction-tax.js';
import { ListTransactionTaxes } from './list-transaction-taxes.js';
import { RecalculateTransactionTax } from './recalculate-transaction-tax.js';

/** What other services ask about the tax of transactions. */
@Controller()
export class TaxedTransactionsMessages {
  constructor(
    private readonly getUseCase: GetTransactionTax,
    private readonly listUseCase: ListTransactionTaxes,
    private readonly recalculateUseCase: RecalculateTransactionTax,
  ) {}

  @HandlesRequest(getTransactionTax)
  get(request: TransactionRequest): Promise<TransactionTaxDecision> {
    return this.getUseCase.execute(request);
  }

  @HandlesRequest(listTransactionTaxes)
  list(request: ListTransactionTaxesRequest): Promise<TransactionTaxPage> {
    return this.listUseCase.execute(request);
  }

  @HandlesRequest(recalculateTransactionTax)
  recalculate(command: RecalculateTransactionTaxCommand): Promise<TransactionTaxDecision> {
    return this.recalculateUseCase.execute(command);
  }
}
