import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { PageQuery, presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { ListTaxRecordsQuery } from './dto/list-tax-records.query.js';
import { TAX_RECORD_EXAMPLE, TAX_RECORDS_EXAMPLE, TaxRecordListResponse, TaxRecordResponse } from './dto/tax-record.response.js';
import { presentTaxRecord } from './present-tax-record.js';
import { ReadTaxRecords } from './read-tax-records.js';

@ApiTags(ADMIN_API)
@Controller('api/v1')
export class TaxRecordsController {
  constructor(private readonly reading: ReadTaxRecords) {}

  @Get('tax/records')
  @AdminRoute({
    summary: 'List tax records, newest first',
    description:
      'What every payment, refund, dispute, invoice and credit note came to in tax, row by row, ordered by when it counts. ' +
      'Records never change, except that one may stop counting: see `standing`.',
    answer: TaxRecordListResponse,
    example: TAX_RECORDS_EXAMPLE,
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListTaxRecordsQuery): Promise<TaxRecordListResponse> {
    return presentPage('taxRecords', await this.reading.list(scope, query), presentTaxRecord);
  }

  @Get('tax/records/:id')
  @AdminRoute({ summary: 'Get a tax record', answer: TaxRecordResponse, example: TAX_RECORD_EXAMPLE, errors: ['tax_record_not_found'] })
  @ApiParam({ name: 'id', description: 'Id of the record.', example: TAX_RECORD_EXAMPLE.id })
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<TaxRecordResponse> {
    return presentTaxRecord(await this.reading.get(scope, id));
  }

  @Get('transactions/:id/tax-records')
  @AdminRoute({
    upstream: true,
    summary: 'List the tax records of a transaction, with those of its refunds and disputes',
    answer: TaxRecordListResponse,
    example: TAX_RECORDS_EXAMPLE,
    errors: ['transaction_not_found'],
  })
  @ApiParam({ name: 'id', description: 'Id of the transaction.', example: TAX_RECORD_EXAMPLE.transactionId })
  async ofTransaction(
    @CurrentScope() scope: TenantScope,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<TaxRecordListResponse> {
    return presentPage('taxRecords', await this.reading.ofTransaction(scope, id, query), presentTaxRecord);
  }

  @Get('invoices/:id/tax-records')
  @AdminRoute({
    summary: 'List the tax records of an invoice',
    answer: TaxRecordListResponse,
    example: TAX_RECORDS_EXAMPLE,
    errors: ['invoice_not_found'],
  })
  @ApiParam({ name: 'id', description: 'Id of the invoice.', example: '507f1f77bcf86cd799439051' })
  async ofInvoice(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Query() query: PageQuery): Promise<TaxRecordListResponse> {
    return presentPage('taxRecords', await this.reading.ofInvoice(scope, id, query), presentTaxRecord);
  }
}
