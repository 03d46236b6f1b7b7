import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REPORT_SOURCES } from '../../tax-records/index.js';
import { COUNTRY_BASES } from '../country-reports.js';

class AmountsResponse {
  @ApiProperty({ type: 'integer', description: 'How many tax records.', example: 2 }) records!: number;
  @ApiProperty({ type: 'integer', description: 'Minor units.', example: 1666 }) net!: number;
  @ApiProperty({ type: 'integer', example: 334 }) tax!: number;
  @ApiProperty({ type: 'integer', example: 2000 }) gross!: number;
}

class RateSumResponse extends AmountsResponse {
  @ApiProperty({ type: String, example: 'oss' }) taxTreatment!: string;
  @ApiProperty({ type: String, example: 'FR_STANDARD' }) rateCode!: string;
  @ApiProperty({ type: Number, description: 'Percent.', example: 20 }) rate!: number;
}

class CountrySumResponse extends AmountsResponse {
  @ApiProperty({ type: String, description: 'ISO 3166-1 alpha-2; `ZZ` when it is not known.', example: 'FR' }) country!: string;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: [RateSumResponse] }) rates!: RateSumResponse[];
}

class RevenueSumResponse extends AmountsResponse {
  @ApiProperty({ type: String, example: 'FR' }) country!: string;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: AmountsResponse, description: 'Payments and invoices.' }) sales!: AmountsResponse;
  @ApiProperty({ type: AmountsResponse, description: 'Refunds and credit notes; negative.' }) refunds!: AmountsResponse;
  @ApiProperty({ type: AmountsResponse, description: 'Disputes that took the money; negative.' }) chargebacks!: AmountsResponse;
}

class CurrencyTotalResponse extends AmountsResponse {
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: 'integer', description: 'The part of `gross` whose tax is not known.', example: 0 }) untaxed!: number;
}

class ReportPeriodResponse {
  @ApiPropertyOptional({ type: String, description: 'As asked for.', example: '2026-01-01' }) startDate?: string;
  @ApiPropertyOptional({ type: String, example: '2026-03-31' }) endDate?: string;
  @ApiProperty({ type: String, example: 'Europe/Berlin' }) timezone!: string;
  @ApiProperty({ enum: REPORT_SOURCES, example: 'both' }) source!: string;
}

export class CountryReportResponse extends ReportPeriodResponse {
  @ApiProperty({ enum: COUNTRY_BASES, example: 'buyer' }) countryBasis!: string;
  @ApiProperty({ type: [CountrySumResponse] }) countries!: CountrySumResponse[];
  @ApiProperty({ type: [CurrencyTotalResponse], description: 'One for each currency.' }) totals!: CurrencyTotalResponse[];
}

export class RevenueReportResponse extends ReportPeriodResponse {
  @ApiProperty({ type: [RevenueSumResponse] }) countries!: RevenueSumResponse[];
  @ApiProperty({ type: [CurrencyTotalResponse] }) totals!: CurrencyTotalResponse[];
}

export class ReportCurrenciesResponse {
  @ApiProperty({ type: [String], example: ['EUR', 'USD'] }) currencies!: string[];
}

const PERIOD = { startDate: '2026-01-01', endDate: '2026-03-31', timezone: 'Europe/Berlin', source: 'both' };
const AMOUNTS = { records: 3, net: 1666, tax: 334, gross: 2000 };
const TOTALS = [{ currency: 'EUR', ...AMOUNTS, untaxed: 0 }];

export const COUNTRY_REPORT_EXAMPLE = {
  ...PERIOD,
  countryBasis: 'buyer',
  countries: [
    { country: 'FR', currency: 'EUR', ...AMOUNTS, rates: [{ taxTreatment: 'oss', rateCode: 'FR_STANDARD', rate: 20, ...AMOUNTS }] },
  ],
  totals: TOTALS,
} satisfies CountryReportResponse;

export const REVENUE_REPORT_EXAMPLE = {
  ...PERIOD,
  countries: [
    {
      ...{ country: 'FR', currency: 'EUR', ...AMOUNTS },
      sales: { records: 2, net: 2499, tax: 501, gross: 3000 },
      refunds: { records: 1, net: -833, tax: -167, gross: -1000 },
      chargebacks: { records: 0, net: 0, tax: 0, gross: 0 },
    },
  ],
  totals: TOTALS,
} satisfies RevenueReportResponse;
