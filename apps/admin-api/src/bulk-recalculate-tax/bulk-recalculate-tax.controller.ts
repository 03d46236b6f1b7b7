import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { StartRebuildBody } from './dto/start-rebuild.body.js';
import { REBUILD_EXAMPLE, TaxRebuildResponse } from './dto/tax-rebuild.response.js';
import { presentRebuild } from './present-rebuild.js';
import { ReadRebuilds } from './read-rebuilds.js';
import { StartRebuild } from './start-rebuild.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/transactions/bulk-recalculate-tax')
export class BulkRecalculateTaxController {
  constructor(
    private readonly reading: ReadRebuilds,
    private readonly starting: StartRebuild,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'Get the latest rebuild of tax records',
    answer: TaxRebuildResponse,
    example: REBUILD_EXAMPLE,
    errors: ['job_not_found'],
  })
  async latest(@CurrentScope() scope: TenantScope): Promise<TaxRebuildResponse> {
    return presentRebuild(await this.reading.latest(scope));
  }

  @Post()
  @AdminRoute({
    summary: 'Build the tax records of many transactions anew',
    description:
      'From what is stored of each sale: its input, the settings and rates of that time, and what it told. Each is calculated once more and ' +
      'compared; records that are missing or different are set right and named in `errors`. Present settings do not matter here; see ' +
      '`recalculate-tax` for those. Payments of invoices are left out. One job of an organization runs at a time.',
    status: 201,
    answer: TaxRebuildResponse,
    example: { ...REBUILD_EXAMPLE, status: 'running', processed: 0, total: 0, changed: 0, errors: [], finishedAt: undefined },
    errors: ['job_running'],
    repeatable: true,
  })
  async start(
    @CurrentScope() scope: TenantScope,
    @Body() body: StartRebuildBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<TaxRebuildResponse> {
    return this.starting.execute(scope, body, claim);
  }

  @Get(':jobId')
  @AdminRoute({
    summary: 'Get a rebuild of tax records',
    answer: TaxRebuildResponse,
    example: REBUILD_EXAMPLE,
    errors: ['job_not_found'],
  })
  @ApiParam({ name: 'jobId', description: 'Id of the job.', example: REBUILD_EXAMPLE.jobId })
  async get(@CurrentScope() scope: TenantScope, @Param('jobId') jobId: string): Promise<TaxRebuildResponse> {
    return presentRebuild(await this.reading.get(scope, jobId));
  }
}
