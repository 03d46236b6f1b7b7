import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@paygate/kernel';
import type { Page } from '@paygate/nest-kit';
import { csvDownload } from '../downloads/index.js';
import type { Download } from '../downloads/index.js';
import { OrganizationZone } from '../organizations/index.js';
import { TaxRecordsRepository, TaxSums } from '../tax-records/index.js';
import type { TaxRecord, TaxSumFilter } from '../tax-records/index.js';
import { zonedPeriod } from '../zoned-period/index.js';
import {
  BASIS_FIELD,
  COUNTRY_COLUMNS,
  countryReport,
  countryRows,
  REVENUE_COLUMNS,
  revenueReport,
  revenueRows,
} from './country-reports.js';
import type { CountryReportResponse, RevenueReportResponse } from './dto/country-report.response.js';
import type { CountryDetailsQuery, CountryReportQuery, ReportQuery } from './dto/report.query.js';

/** Reports by country. All of them throw DomainError `validation_failed` for a period that ends before it begins. */
@Injectable()
export class ReadCountryReports {
  constructor(
    private readonly sums: TaxSums,
    private readonly records: TaxRecordsRepository,
    private readonly zone: OrganizationZone,
  ) {}

  async byCountry(scope: TenantScope, query: CountryReportQuery): Promise<CountryReportResponse> {
    const asked = await this.zone.for(scope, query);
    const { countryBasis = 'buyer' } = asked;
    const dimensions = [BASIS_FIELD[countryBasis], 'currency', 'taxTreatment', 'rateCode', 'rate'] as const;
    const found = await this.sums.read(scope, filterOf(asked), dimensions);
    return { ...askedFor(asked), countryBasis, ...countryReport(found, countryBasis) };
  }

  /** The records behind one country of the report, newest first. */
  async details(scope: TenantScope, query: CountryDetailsQuery): Promise<Page<TaxRecord>> {
    const { country, countryBasis = 'buyer', page, limit, cursor } = query;
    const filter = { ...filterOf(await this.zone.for(scope, query)), [BASIS_FIELD[countryBasis]]: country.toUpperCase() };
    return this.records.list(scope, filter, { page, limit, cursor });
  }

  async revenue(scope: TenantScope, query: ReportQuery): Promise<RevenueReportResponse> {
    const asked = await this.zone.for(scope, query);
    const found = await this.sums.read(scope, filterOf(asked), ['buyerCountry', 'currency', 'sourceKind', 'taxTreatment']);
    return { ...askedFor(asked), ...revenueReport(found) };
  }

  async currencies(scope: TenantScope, query: ReportQuery): Promise<string[]> {
    const found = await this.sums.read(scope, filterOf(await this.zone.for(scope, query)), ['currency']);
    return found.map(({ currency }) => currency).sort();
  }

  async exportByCountry(scope: TenantScope, query: CountryReportQuery): Promise<Download> {
    const report = await this.byCountry(scope, query);
    return csvDownload(fileName('tax-by-country', query), COUNTRY_COLUMNS, countryRows(report));
  }

  async exportRevenue(scope: TenantScope, query: ReportQuery): Promise<Download> {
    const report = await this.revenue(scope, query);
    return csvDownload(fileName('revenue-by-country', query), REVENUE_COLUMNS, revenueRows(report));
  }
}

function filterOf(query: ReportQuery): TaxSumFilter {
  const { source = 'both', currency, siteId } = query;
  return { source, currency, siteId, standing: 'active', ...zonedPeriod(query) };
}

function askedFor({ startDate, endDate, timezone, source = 'both' }: ReportQuery & { timezone: string }) {
  return { ...(startDate === undefined ? {} : { startDate }), ...(endDate === undefined ? {} : { endDate }), timezone, source };
}

/** With the days that were asked for. */
function fileName(report: string, { startDate, endDate }: ReportQuery): string {
  return `${[report, startDate?.slice(0, 10), endDate?.slice(0, 10)].filter((part) => part !== undefined).join('-')}.csv`;
}
