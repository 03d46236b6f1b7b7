import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { ListTransactionsQuery } from './dto/list-transactions.query.js';
import {
  TRANSACTION_DETAIL_EXAMPLE,
  TRANSACTION_EXAMPLE,
  TransactionDetailResponse,
  TransactionListResponse,
} from './dto/transaction.response.js';
import { GetTransaction } from './get-transaction.js';
import { ListTransactions } from './list-transactions.js';
import { presentTransaction, presentTransactionDetail } from './present-transaction.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/transactions')
export class TransactionsController {
  constructor(
    private readonly listing: ListTransactions,
    private readonly getting: GetTransaction,
  ) {}

  @Get()
  @AdminRoute({
    upstream: true,
    summary: 'List transactions, newest first',
    answer: TransactionListResponse,
    example: { transactions: [TRANSACTION_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListTransactionsQuery): Promise<TransactionListResponse> {
    return presentPage('transactions', await this.listing.execute(scope, query), presentTransaction);
  }

  @Get(':id')
  @AdminRoute({
    upstream: true,
    summary: 'Get a transaction and how its latest notification fares',
    answer: TransactionDetailResponse,
    example: TRANSACTION_DETAIL_EXAMPLE,
    errors: ['transaction_not_found'],
  })
  @ApiParam({ name: 'id', description: 'Id of the transaction.', example: TRANSACTION_EXAMPLE.id })
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<TransactionDetailResponse> {
    const { transaction, latestDelivery } = await this.getting.execute(scope, id);
    return presentTransactionDetail(transaction, latestDelivery);
  }
}
