import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { sendDownload } from '../downloads/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { presentTaxRecord, TAX_RECORDS_EXAMPLE, TaxRecordListResponse } from '../tax-records/index.js';
import { ElsterExportQuery, VatOssDetailsQuery, VatOssQuery } from './dto/vat-oss.query.js';
import { VAT_OSS_EXAMPLE, VatOssResponse } from './dto/vat-oss.response.js';
import { ReadVatOss } from './read-vat-oss.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/tax/reports/vat-oss')
export class VatOssController {
  constructor(private readonly reports: ReadVatOss) {}

  @Get()
  @AdminRoute({
    summary: 'The One-Stop-Shop return of a quarter',
    description:
      'By Member State of consumption, kind of supply and rate, in euro at the reference rate of the quarter’s last day. What went back in ' +
      'this quarter of sales of earlier ones stands under `corrections`.',
    answer: VatOssResponse,
    example: VAT_OSS_EXAMPLE,
    errors: ['exchange_rate_missing'],
  })
  async summary(@CurrentScope() scope: TenantScope, @Query() query: VatOssQuery): Promise<VatOssResponse> {
    return this.reports.summary(scope, query);
  }

  @Get('details')
  @AdminRoute({
    summary: 'The tax records behind a One-Stop-Shop return, with their evidence',
    answer: TaxRecordListResponse,
    example: TAX_RECORDS_EXAMPLE,
  })
  async details(@CurrentScope() scope: TenantScope, @Query() query: VatOssDetailsQuery): Promise<TaxRecordListResponse> {
    return presentPage('taxRecords', await this.reports.details(scope, query), presentTaxRecord);
  }

  @Get('export')
  @AdminRoute({
    summary: 'Download the One-Stop-Shop return as XML',
    description: 'XML of our own, with what Annex III of Regulation (EU) 2020/194 asks for; described in docs/tax-reports.md.',
    errors: ['exchange_rate_missing'],
  })
  async exportXml(@CurrentScope() scope: TenantScope, @Query() query: VatOssQuery): Promise<StreamableFile> {
    return sendDownload(await this.reports.exportXml(scope, query));
  }

  @Get('export-elster')
  @AdminRoute({
    summary: 'Download the One-Stop-Shop return as CSV for the portal of the German tax office',
    description: 'Interface 2.0 of the OSS EU scheme (BZSt). Uploading it fills in the form; check it there before sending.',
    errors: ['exchange_rate_missing', 'tax_export_not_applicable'],
  })
  async exportElster(@CurrentScope() scope: TenantScope, @Query() query: ElsterExportQuery): Promise<StreamableFile> {
    return sendDownload(await this.reports.exportElster(scope, query));
  }
}
