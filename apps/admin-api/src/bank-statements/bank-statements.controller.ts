import { Controller, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { DomainError, TenantScope } from '@paygate/kernel';
import type { FastifyRequest } from 'fastify';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { ImportBankStatementQuery } from './dto/import-bank-statement.query.js';
import { IMPORTED_STATEMENT_EXAMPLE, ImportedStatementResponse } from './dto/imported-statement.response.js';
import { ImportBankStatement } from './import-bank-statement.js';
import { STATEMENT_TYPES } from './statement-bodies.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/bank-statements')
export class BankStatementsController {
  constructor(private readonly importing: ImportBankStatement) {}

  @Post()
  @AdminRoute({
    upstream: true,
    summary: 'Upload a bank statement',
    description:
      'The body is the file itself, at most 4 MB: camt.053 as `application/xml` or `text/xml`, CSV as `text/csv`. Entries are matched to payments by their reference. Uploading the same file again changes nothing.',
    answer: ImportedStatementResponse,
    example: IMPORTED_STATEMENT_EXAMPLE,
    errors: ['bank_statement_unreadable', 'provider_not_found', 'provider_not_available'],
  })
  @ApiConsumes(...Object.keys(STATEMENT_TYPES))
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async import(
    @CurrentScope() scope: TenantScope,
    @Query() { providerId }: ImportBankStatementQuery,
    @Req() { body, headers }: FastifyRequest,
  ): Promise<ImportedStatementResponse> {
    const kind = STATEMENT_TYPES[mediaType(headers['content-type'])];
    if (!Buffer.isBuffer(body) || kind === undefined) {
      throw new DomainError('unsupported_media_type', 'Send the statement as application/xml, text/xml or text/csv.');
    }
    return this.importing.execute(scope, providerId, body, kind);
  }
}

function mediaType(header = ''): string {
  return (header.split(';', 1)[0] ?? '').trim().toLowerCase();
}
