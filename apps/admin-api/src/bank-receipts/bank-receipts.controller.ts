import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { AssignBankReceipt } from './assign-bank-receipt.js';
import { DismissBankReceipt } from './dismiss-bank-receipt.js';
import { AssignBankReceiptBody } from './dto/assign-bank-receipt.body.js';
import { BANK_RECEIPT_EXAMPLE, BankReceiptListResponse, BankReceiptResponse } from './dto/bank-receipt.response.js';
import { ListBankReceiptsQuery } from './dto/list-bank-receipts.query.js';
import { ListBankReceipts } from './list-bank-receipts.js';
import { presentBankReceipt } from './present-bank-receipt.js';

const RECEIPT_ID = { name: 'id', description: 'Id of the receipt.', example: BANK_RECEIPT_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/bank-receipts')
export class BankReceiptsController {
  constructor(
    private readonly listing: ListBankReceipts,
    private readonly assigning: AssignBankReceipt,
    private readonly dismissing: DismissBankReceipt,
  ) {}

  @Get()
  @AdminRoute({
    upstream: true,
    summary: 'List money that came by bank transfer, newest first',
    description: '`state=unassigned` is what waits for a decision.',
    answer: BankReceiptListResponse,
    example: { receipts: [BANK_RECEIPT_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListBankReceiptsQuery): Promise<BankReceiptListResponse> {
    return presentPage('receipts', await this.listing.execute(scope, query), presentBankReceipt);
  }

  @Post(':id/assign')
  @AdminRoute({
    upstream: true,
    summary: 'Assign money to the payment it was paid for',
    description: 'The payment succeeds once its money is complete. Saying the same again changes nothing.',
    answer: BankReceiptResponse,
    example: { ...BANK_RECEIPT_EXAMPLE, state: 'assigned', transactionId: '507f1f77bcf86cd799439021', suggestions: [] },
    errors: ['bank_receipt_not_found', 'transaction_not_found', 'invalid_transition'],
  })
  @ApiParam(RECEIPT_ID)
  async assign(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Body() { transactionId }: AssignBankReceiptBody,
  ): Promise<BankReceiptResponse> {
    return presentBankReceipt(await this.assigning.execute(scope, id, transactionId));
  }

  @Post(':id/dismiss')
  @AdminRoute({
    upstream: true,
    summary: 'Say that money pays for nothing here',
    description: 'It leaves the list of what waits, and can still be assigned later.',
    answer: BankReceiptResponse,
    example: { ...BANK_RECEIPT_EXAMPLE, state: 'dismissed' },
    errors: ['bank_receipt_not_found', 'invalid_transition'],
  })
  @ApiParam(RECEIPT_ID)
  async dismiss(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<BankReceiptResponse> {
    return presentBankReceipt(await this.dismissing.execute(scope, id));
  }
}
