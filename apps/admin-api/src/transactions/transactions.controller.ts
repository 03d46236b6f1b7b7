import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { CHARGEBACK_EXAMPLE, ChargebackResponse, presentChargeback } from '../chargebacks/index.js';
import { DELIVERY_EXAMPLE, DeliveryResponse, presentDelivery } from '../ipn-deliveries/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CancelTransaction } from './cancel-transaction.js';
import { CreateManualTransaction } from './create-manual-transaction.js';
import { DeleteTransaction } from './delete-transaction.js';
import { CreateManualTransactionBody } from './dto/create-manual-transaction.body.js';
import { ListTransactionsQuery } from './dto/list-transactions.query.js';
import {
  MANUAL_TRANSACTION_EXAMPLE,
  TRANSACTION_DETAIL_EXAMPLE,
  TRANSACTION_EXAMPLE,
  TransactionDetailResponse,
  TransactionListResponse,
  TransactionResponse,
} from './dto/transaction.response.js';
import { UpdateChargebackBody } from './dto/update-chargeback.body.js';
import { UpdateTransactionBody } from './dto/update-transaction.body.js';
import { GetTransaction } from './get-transaction.js';
import { ListTransactions } from './list-transactions.js';
import { presentTransaction, presentTransactionDetail } from './present-transaction.js';
import { ResendIpn } from './resend-ipn.js';
import { UpdateChargeback } from './update-chargeback.js';
import { UpdateTransaction } from './update-transaction.js';

const ID = { name: 'id', description: 'Id of the transaction.', example: TRANSACTION_EXAMPLE.id };
const CANCELLED_EXAMPLE = { ...TRANSACTION_EXAMPLE, status: 'cancelled', refundedAmount: 0, refundableAmount: 0, succeededAt: undefined };

@ApiTags(ADMIN_API)
@Controller('api/v1/transactions')
export class TransactionsController {
  constructor(
    private readonly listing: ListTransactions,
    private readonly getting: GetTransaction,
    private readonly recording: CreateManualTransaction,
    private readonly updating: UpdateTransaction,
    private readonly cancelling: CancelTransaction,
    private readonly deleting: DeleteTransaction,
    private readonly resending: ResendIpn,
    private readonly judging: UpdateChargeback,
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

  @Post('manual')
  @AdminRoute({
    upstream: true,
    status: 201,
    summary: 'Record a payment made outside the platform',
    description: 'It counts as paid at once. The open checkouts of the same `externalReference` are closed.',
    answer: TransactionResponse,
    example: MANUAL_TRANSACTION_EXAMPLE,
    errors: ['site_not_found', 'site_inactive', 'live_mode_required'],
    repeatable: true,
  })
  async record(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateManualTransactionBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<TransactionResponse> {
    return presentTransaction(await this.recording.execute(scope, body, claim));
  }

  @Get(':id')
  @AdminRoute({
    upstream: true,
    summary: 'Get a transaction with its refunds, disputes, tax and latest notification',
    answer: TransactionDetailResponse,
    example: TRANSACTION_DETAIL_EXAMPLE,
    errors: ['transaction_not_found'],
  })
  @ApiParam(ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<TransactionDetailResponse> {
    return presentTransactionDetail(await this.getting.execute(scope, id));
  }

  @Put(':id')
  @AdminRoute({
    upstream: true,
    summary: 'Replace the metadata of a transaction',
    answer: TransactionResponse,
    example: { ...TRANSACTION_EXAMPLE, metadata: { cart: 'c-981', ticket: '4711' } },
    errors: ['transaction_not_found'],
  })
  @ApiParam(ID)
  async update(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Body() body: UpdateTransactionBody,
  ): Promise<TransactionResponse> {
    return presentTransaction(await this.updating.execute(scope, id, body));
  }

  @Delete(':id')
  @AdminRoute({
    upstream: true,
    status: 204,
    summary: 'Delete a transaction that is manual or failed or was cancelled',
    description: 'It leaves lists and figures. Should its provider still say that it was paid, it is there again.',
    errors: ['transaction_not_found', 'transaction_not_deletable', 'conflict'],
  })
  @ApiParam(ID)
  async delete(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.deleting.execute(scope, id);
  }

  @Post(':id/cancel')
  @AdminRoute({
    upstream: true,
    summary: 'Cancel a payment that is not decided yet',
    description: 'The provider decides: a payment that has succeeded meanwhile stands.',
    answer: TransactionResponse,
    example: CANCELLED_EXAMPLE,
    errors: ['transaction_not_found', 'transaction_not_cancellable', 'payment_in_progress', 'provider_error'],
  })
  @ApiParam(ID)
  async cancel(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<TransactionResponse> {
    return presentTransaction(await this.cancelling.execute(scope, id));
  }

  @Post(':id/resend-ipn')
  @AdminRoute({
    upstream: true,
    summary: 'Send the latest notification of a transaction once more',
    description: 'With the same id and bytes, signed anew.',
    answer: DeliveryResponse,
    example: { ...DELIVERY_EXAMPLE, state: 'scheduled' },
    errors: ['transaction_not_found', 'delivery_not_found', 'delivery_overtaken', 'delivery_not_final'],
  })
  @ApiParam(ID)
  async resend(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<DeliveryResponse> {
    return presentDelivery(await this.resending.execute(scope, id));
  }

  @Patch(':id/chargeback/:chargebackId')
  @AdminRoute({
    upstream: true,
    summary: 'Set the status of a dispute',
    answer: ChargebackResponse,
    example: { ...CHARGEBACK_EXAMPLE, status: 'under_review' },
    errors: ['transaction_not_found', 'chargeback_not_found', 'invalid_transition'],
  })
  @ApiParam(ID)
  @ApiParam({ name: 'chargebackId', description: 'Id of the dispute.', example: CHARGEBACK_EXAMPLE.id })
  async updateChargeback(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Param('chargebackId') chargebackId: string,
    @Body() body: UpdateChargebackBody,
  ): Promise<ChargebackResponse> {
    return presentChargeback(await this.judging.execute(scope, id, chargebackId, body));
  }
}
