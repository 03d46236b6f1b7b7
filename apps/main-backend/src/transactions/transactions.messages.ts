import { Controller } from '@nestjs/common';
import { getTransaction, ListTransactionsRequest, listTransactions, TransactionRequest } from '@paygate/messages';
import type { TransactionPage, TransactionView } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { GetTransaction } from './get-transaction.js';
import { ListTransactions } from './list-transactions.js';

/** What other services ask about transactions. */
@Controller()
export class TransactionsMessages {
  constructor(
    private readonly getUseCase: GetTransaction,
    private readonly listUseCase: ListTransactions,
  ) {}

  @HandlesRequest(getTransaction)
  get(request: TransactionRequest): Promise<TransactionView> {
    return this.getUseCase.execute(request);
  }

  @HandlesRequest(listTransactions)
  list(request: ListTransactionsRequest): Promise<TransactionPage> {
    return this.listUseCase.execute(request);
  }
}
