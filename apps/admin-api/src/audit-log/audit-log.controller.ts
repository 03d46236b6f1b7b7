import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { VerifyChain } from '../audit-trail/index.js';
import { sendDownload } from '../downloads/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { AuditLogResponse, ChainReportResponse, LOG_EXAMPLE, REPORT_EXAMPLE } from './dto/audit-log.response.js';
import { ExportEntriesQuery, ListEntriesQuery } from './dto/list-entries.query.js';
import { ExportEntries } from './export-entries.js';
import { ListEntries } from './list-entries.js';
import { presentEntry } from './present-entry.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/audit-log')
export class AuditLogController {
  constructor(
    private readonly listing: ListEntries,
    private readonly verifying: VerifyChain,
    private readonly exporting: ExportEntries,
  ) {}

  @Get()
  @AdminRoute({ summary: 'List the audit log of the organization, newest first', answer: AuditLogResponse, example: LOG_EXAMPLE })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListEntriesQuery): Promise<AuditLogResponse> {
    return presentPage('entries', await this.listing.execute(scope, query), presentEntry);
  }

  @Get('verify')
  @AdminRoute({
    summary: 'Check that the audit log of the organization is as it was written',
    description: 'Walks the whole chain of hashes. A change, removal or insertion behind the back of the platform shows.',
    answer: ChainReportResponse,
    example: REPORT_EXAMPLE,
  })
  async verify(@CurrentScope() scope: TenantScope): Promise<ChainReportResponse> {
    return this.verifying.execute(scope);
  }

  @Get('export')
  @AdminRoute({
    summary: 'Download the audit log of the organization',
    description: 'A file, as CSV or as one JSON object per line. The export itself is recorded.',
  })
  async export(@CurrentScope() scope: TenantScope, @Query() query: ExportEntriesQuery): Promise<StreamableFile> {
    return sendDownload(await this.exporting.execute(scope, query));
  }
}
