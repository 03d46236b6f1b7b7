import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { presentPage } from '@paygate/nest-kit';
import { VerifyChain } from '../audit-trail/index.js';
import { sendDownload } from '../downloads/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { AuditLogResponse, ChainReportResponse, LOG_EXAMPLE, REPORT_EXAMPLE } from './dto/audit-log.response.js';
import { ExportEntriesQuery, ListEntriesQuery } from './dto/list-entries.query.js';
import { ExportEntries } from './export-entries.js';
import { ListEntries } from './list-entries.js';
import { presentEntry } from './present-entry.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/system/audit-log')
export class SystemAuditLogController {
  constructor(
    private readonly listing: ListEntries,
    private readonly verifying: VerifyChain,
    private readonly exporting: ExportEntries,
  ) {}

  @Get()
  @AdminRoute({ summary: 'List the audit log of the platform, newest first', answer: AuditLogResponse, example: LOG_EXAMPLE })
  async list(@Query() query: ListEntriesQuery): Promise<AuditLogResponse> {
    return presentPage('entries', await this.listing.execute('platform', query), presentEntry);
  }

  @Get('verify')
  @AdminRoute({
    summary: 'Check that the audit log of the platform is as it was written',
    description: 'Walks the whole chain of hashes. A change, removal or insertion behind the back of the platform shows.',
    answer: ChainReportResponse,
    example: REPORT_EXAMPLE,
  })
  async verify(): Promise<ChainReportResponse> {
    return this.verifying.execute('platform');
  }

  @Get('export')
  @AdminRoute({
    summary: 'Download the audit log of the platform',
    description: 'A file, as CSV or as one JSON object per line. The export itself is recorded.',
  })
  async export(@Query() query: ExportEntriesQuery): Promise<StreamableFile> {
    return sendDownload(await this.exporting.execute('platform', query));
  }
}
