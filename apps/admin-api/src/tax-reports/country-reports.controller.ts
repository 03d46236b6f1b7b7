import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { presentPage } from '@paygate/nest-kit';
import { CurrentScope } from '../access/index.js';
import { sendDownload } from '../downloads/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { presentTaxRecord, TAX_RECORDS_EXAMPLE, TaxRecordListResponse } from '../tax-records/index.js';
import {
  COUNTRY_REPORT_EXAMPLE,
  CountryReportResponse,
  ReportCurrenciesResponse,
  REVENUE_REPORT_EXAMPLE,
  RevenueReportResponse,
} from './dto/country-report.response.js';
import { CountryDetailsQuery, CountryReportQuery, ReportQuery } from './dto/report.query.js';
import { ReadCountryReports } from './read-country-reports.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/tax/reports')
export class CountryReportsController {
  constructor(private readonly reports: ReadCountryReports) {}

  @Get('by-country')
  @AdminRoute({
    summary: 'Tax by country',
    description: 'Sums of the active tax records, by country, currency and rate. Days are those of `timezone`, exact in any zone.',
    answer: CountryReportResponse,
    example: COUNTRY_REPORT_EXAMPLE,
  })
  async byCountry(@CurrentScope() scope: TenantScope, @Query() query: CountryReportQuery): Promise<CountryReportResponse> {
    return this.reports.byCountry(scope, query);
  }

  @Get('by-country/details')
  @AdminRoute({ summary: 'The tax records behind one country of the report', answer: TaxRecordListResponse, example: TAX_RECORDS_EXAMPLE })
  async details(@CurrentScope() scope: TenantScope, @Query() query: CountryDetailsQuery): Promise<TaxRecordListResponse> {
    return presentPage('taxRecords', await this.reports.details(scope, query), presentTaxRecord);
  }

  @Get('by-country/export')
  @AdminRoute({ summary: 'Download tax by country as CSV', description: 'Amounts are decimals in the currency of their row.' })
  async exportByCountry(@CurrentScope() scope: TenantScope, @Query() query: CountryReportQuery): Promise<StreamableFile> {
    return sendDownload(await this.reports.exportByCountry(scope, query));
  }

  @Get('revenue-by-country')
  @AdminRoute({
    summary: 'Revenue by country of the buyer',
    description: 'What was sold, what went back as refunds and credit notes, and what disputes took.',
    answer: RevenueReportResponse,
    example: REVENUE_REPORT_EXAMPLE,
  })
  async revenue(@CurrentScope() scope: TenantScope, @Query() query: ReportQuery): Promise<RevenueReportResponse> {
    return this.reports.revenue(scope, query);
  }

  @Get('revenue-by-country/export')
  @AdminRoute({ summary: 'Download revenue by country as CSV', description: 'Amounts are decimals in the currency of their row.' })
  async exportRevenue(@CurrentScope() scope: TenantScope, @Query() query: ReportQuery): Promise<StreamableFile> {
    return sendDownload(await this.reports.exportRevenue(scope, query));
  }

  @Get('currencies')
  @AdminRoute({
    summary: 'List the currencies that reports of the period have',
    answer: ReportCurrenciesResponse,
    example: { currencies: ['EUR', 'USD'] },
  })
  async currencies(@CurrentScope() scope: TenantScope, @Query() query: ReportQuery): Promise<ReportCurrenciesResponse> {
    return { currencies: await this.reports.currencies(scope, query) };
  }
}
