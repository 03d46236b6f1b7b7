import { Controller } from '@nestjs/common';
import {
  cancelTransaction,
  createManualTransaction,
  CreateManualTransactionCommand,
  deleteTransaction,
  getTransaction,
  ListTransactionsRequest,
  listTransactions,
  tenantScopeOf,
  transactionFigures,
  TransactionFiguresRequest,
  TransactionRequest,
  updateTransactionMetadata,
  UpdateTransactionMetadataCommand,
} from '@paygate/messages';
import type {
  CreatedTransaction,
  DeletedTransaction,
  TransactionDetail,
  TransactionFigures,
  TransactionPage,
  TransactionView,
} from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { CancelTransaction } from './cancel-transaction.js';
import { CreateManualTransaction } from './create-manual-transaction.js';
import { DeleteTransaction } from './delete-transaction.js';
import { GetFigures } from './get-figures.js';
import { GetTransaction } from './get-transaction.js';
import { ListTransactions } from './list-transactions.js';
import { presentTransaction } from './present-transaction.js';
import { UpdateTransactionMetadata } from './update-transaction-metadata.js';

/** What other services ask about transactions. */
@Controller()
export class TransactionsMessages {
  constructor(
    private readonly getUseCase: GetTransaction,
    private readonly listUseCase: ListTransactions,
    private readonly figuresUseCase: GetFigures,
    private readonly createManualUseCase: CreateManualTransaction,
    private readonly updateMetadataUseCase: UpdateTransactionMetadata,
    private readonly cancelUseCase: CancelTransaction,
    private readonly deleteUseCase: DeleteTransaction,
  ) {}

  @HandlesRequest(getTransaction)
  get(request: TransactionRequest): Promise<TransactionDetail> {
    return this.getUseCase.execute(request);
  }

  @HandlesRequest(listTransactions)
  list(request: ListTransactionsRequest): Promise<TransactionPage> {
    return this.listUseCase.execute(request);
  }

  @HandlesRequest(transactionFigures)
  figures(request: TransactionFiguresRequest): Promise<TransactionFigures> {
    return this.figuresUseCase.execute(request);
  }

  @HandlesRequest(createManualTransaction)
  createManual(command: CreateManualTransactionCommand): Promise<CreatedTransaction> {
    return this.createManualUseCase.execute(command);
  }

  @HandlesRequest(updateTransactionMetadata)
  updateMetadata(command: UpdateTransactionMetadataCommand): Promise<TransactionView> {
    return this.updateMetadataUseCase.execute(command);
  }

  @HandlesRequest(cancelTransaction)
  async cancel(request: TransactionRequest): Promise<TransactionView> {
    return presentTransaction(await this.cancelUseCase.forOperator(tenantScopeOf(request), request.transactionId));
  }

  @HandlesRequest(deleteTransaction)
  delete(request: TransactionRequest): Promise<DeletedTransaction> {
    return this.deleteUseCase.execute(request);
  }
}
