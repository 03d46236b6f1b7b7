import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import type { IdempotencyClaim } from '@paygate/messages';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { Repeatable } from '../changes/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { CreateTaxRate } from './create-tax-rate.js';
import { DeleteTaxRates } from './delete-tax-rates.js';
import { CreateTaxRateBody } from './dto/create-tax-rate.body.js';
import { ListTaxRatesQuery } from './dto/list-tax-rates.query.js';
import { ReplaceTaxRateBody } from './dto/replace-tax-rate.body.js';
import {
  NEW_TAX_RATE_EXAMPLE,
  ReplacedDefaultsResponse,
  TAX_RATE_EXAMPLE,
  TaxRateListResponse,
  TaxRateResponse,
} from './dto/tax-rate.response.js';
import { presentTaxRate } from './present-tax-rate.js';
import { ReadTaxRates } from './read-tax-rates.js';
import { ReplaceTaxRate } from './replace-tax-rate.js';
import { SyncCatalogue } from './sync-catalogue.js';

const RATE_ID = { name: 'id', description: 'Id of the rate, 24 hexadecimal characters.', example: TAX_RATE_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/tax-rates')
export class TaxRatesController {
  constructor(
    private readonly reading: ReadTaxRates,
    private readonly creating: CreateTaxRate,
    private readonly replacing: ReplaceTaxRate,
    private readonly deleting: DeleteTaxRates,
    private readonly catalogue: SyncCatalogue,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List tax rates, newest first',
    answer: TaxRateListResponse,
    example: { taxRates: [TAX_RATE_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@CurrentScope() scope: TenantScope, @Query() query: ListTaxRatesQuery): Promise<TaxRateListResponse> {
    return presentPage('taxRates', await this.reading.list(scope, query), presentTaxRate);
  }

  @Post()
  @AdminRoute({
    summary: 'Create a tax rate',
    description: 'Of one place and code, no two rates hold on the same day. A rate may begin ahead of time.',
    status: 201,
    answer: TaxRateResponse,
    example: NEW_TAX_RATE_EXAMPLE,
    errors: ['tax_rate_overlap', 'tax_configuration_full'],
    repeatable: true,
  })
  async create(
    @CurrentScope() scope: TenantScope,
    @Body() body: CreateTaxRateBody,
    @Repeatable() claim: IdempotencyClaim | undefined,
  ): Promise<TaxRateResponse> {
    return this.creating.execute(scope, body, claim);
  }

  @Delete()
  @AdminRoute({
    summary: 'Delete all tax rates',
    description: 'From then on nothing can be calculated until there are rates again. What was sold keeps its rates.',
    status: 204,
  })
  async deleteAll(@CurrentScope() scope: TenantScope): Promise<void> {
    await this.deleting.all(scope);
  }

  @Post('replace-defaults')
  @AdminRoute({
    summary: 'Make the default rates those of the present catalogue',
    description:
      'Your own rates stay, and come first: on their days no default rate of the same place and code holds. What was sold keeps its rates.',
    answer: ReplacedDefaultsResponse,
    example: { created: 3, updated: 1, kept: 243, removed: 0, version: '2026-11' },
  })
  async replaceDefaults(@CurrentScope() scope: TenantScope): Promise<ReplacedDefaultsResponse> {
    return this.catalogue.execute(scope);
  }

  @Get(':id')
  @AdminRoute({ summary: 'Get a tax rate', answer: TaxRateResponse, example: TAX_RATE_EXAMPLE, errors: ['tax_rate_not_found'] })
  @ApiParam(RATE_ID)
  async get(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<TaxRateResponse> {
    return presentTaxRate(await this.reading.get(scope, id));
  }

  @Put(':id')
  @AdminRoute({
    summary: 'Change a tax rate from a day on',
    description: 'Rates are never edited: the answer is a new rate from that day, and the present one ends the day before.',
    answer: TaxRateResponse,
    example: NEW_TAX_RATE_EXAMPLE,
    errors: ['tax_rate_not_found', 'tax_rate_overlap', 'tax_configuration_full'],
  })
  @ApiParam(RATE_ID)
  async replace(@CurrentScope() scope: TenantScope, @Param('id') id: string, @Body() body: ReplaceTaxRateBody): Promise<TaxRateResponse> {
    return presentTaxRate(await this.replacing.execute(scope, id, body));
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Delete a tax rate',
    description: 'The rate before it does not go on by itself. What was sold keeps its rate.',
    status: 204,
    errors: ['tax_rate_not_found'],
  })
  @ApiParam(RATE_ID)
  async delete(@CurrentScope() scope: TenantScope, @Param('id') id: string): Promise<void> {
    await this.deleting.one(scope, id);
  }
}
