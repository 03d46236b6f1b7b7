import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class DayRatesResponse {
  @ApiProperty({ type: String, format: 'date', example: '2026-03-31' }) day!: string;
  @ApiProperty({
    type: Object,
    additionalProperties: { type: 'number' },
    description: 'Units for one euro, by currency.',
    example: { USD: 1.0812, GBP: 0.8365 },
  })
  rates!: Record<string, number>;
}

export class ExchangeRateListResponse {
  @ApiProperty({ type: [DayRatesResponse] }) exchangeRates!: DayRatesResponse[];
  @ApiProperty({ type: 'integer', description: 'Days that match.', example: 1 }) total!: number;
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 50 }) limit!: number;
  @ApiPropertyOptional({ type: String, description: 'Pass it as `cursor` for what follows.' }) nextCursor?: string;
}

export class ImportedExchangeRatesResponse {
  @ApiProperty({ type: String, format: 'date', example: '1999-01-04' }) firstDay!: string;
  @ApiProperty({ type: String, format: 'date', example: '2026-03-31' }) lastDay!: string;
  @ApiProperty({ type: 'integer', description: 'Rates that were not there.', example: 30 }) created!: number;
  @ApiProperty({ type: 'integer', description: 'Rates that were there with another value.', example: 0 }) updated!: number;
  @ApiProperty({ type: 'integer', example: 210_000 }) unchanged!: number;
}

export const DAY_RATES_EXAMPLE = { day: '2026-03-31', rates: { USD: 1.0812, GBP: 0.8365 } } satisfies DayRatesResponse;
export const IMPORTED_EXAMPLE = {
  firstDay: '1999-01-04',
  lastDay: '2026-03-31',
  created: 30,
  updated: 0,
  unchanged: 210_000,
} satisfies ImportedExchangeRatesResponse;
