import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { OssThreshold } from '../oss-threshold/read-oss-threshold.js';

const DAY = { type: String, format: 'date' } as const;
const CENTS = { type: 'integer', description: 'EUR, cents.' } as const;

export class ConversionResponse {
  @ApiProperty({ ...DAY, description: 'Of the sales.', example: '2026-03-01' }) day!: string;
  @ApiProperty({ ...DAY, description: 'Of the rate: the last one published by then.', example: '2026-02-27' }) rateDay!: string;
  @ApiProperty({ type: Number, description: 'Reference rate of the European Central Bank.', example: 1.25 }) unitsPerEuro!: number;
  @ApiProperty({ type: 'integer', description: 'Minor units of the currency.', example: 50_000 }) net!: number;
  @ApiProperty({ ...CENTS, example: 40_000 }) netEur!: number;
}

export class ThresholdCurrencyResponse {
  @ApiProperty({ type: String, description: 'ISO 4217.', example: 'USD' }) currency!: string;
  @ApiProperty({ type: 'integer', description: 'Minor units of the currency, all of it.', example: 50_000 }) net!: number;
  @ApiProperty({ ...CENTS, description: 'EUR, cents, of what could be converted.', example: 40_000 }) netEur!: number;
  @ApiProperty({ type: [ConversionResponse], description: 'Each day with its rate; empty for EUR.' })
  conversions!: readonly ConversionResponse[];
  @ApiProperty({ type: [String], description: 'Days left out of `netEur`, because no rate was imported.', example: [] })
  missingRateDays!: readonly string[];
}

export class ThresholdYearResponse {
  @ApiProperty({ type: 'integer', example: 2026 }) year!: number;
  @ApiProperty({ ...CENTS, example: 840_000 }) netEur!: number;
  @ApiPropertyOptional({ ...DAY, description: 'Day with which the year’s sales were above the threshold.', example: '2026-11-02' })
  exceededAt?: string;
  @ApiProperty({ type: [ThresholdCurrencyResponse] }) currencies!: readonly ThresholdCurrencyResponse[];
}

export class OssThresholdResponse implements OssThreshold {
  @ApiProperty({ type: Boolean, description: 'False for sellers outside the EU, and until the seller’s country is set.', example: true })
  applicable!: boolean;
  @ApiProperty({ ...CENTS, example: 1_000_000 }) threshold!: number;
  @ApiProperty({ type: String, description: 'In which the years begin: that of the seller’s country.', example: 'Europe/Berlin' })
  timezone!: string;
  @ApiProperty({ type: Boolean, description: 'In this year or the one before it.', example: false }) exceeded!: boolean;
  @ApiPropertyOptional({ ...DAY, description: 'The first day it was.', example: '2026-11-02' }) exceededAt?: string;
  @ApiProperty({ ...CENTS, description: 'EUR, cents, left this year; 0 when exceeded.', example: 160_000 }) remaining!: number;
  @ApiProperty({ type: Boolean, description: 'False while exchange rates are missing.', example: true }) complete!: boolean;
  @ApiProperty({ type: Boolean, example: false }) ossEnabled!: boolean;
  @ApiProperty({
    type: Boolean,
    description: 'As in the tax settings, where it becomes true within minutes of being exceeded.',
    example: false,
  })
  thresholdExceeded!: boolean;
  @ApiProperty({
    type: String,
    description: 'What to do now.',
    example: 'Prepare to register for the One-Stop-Shop: the threshold is near.',
  })
  action!: string;
  @ApiProperty({ type: [ThresholdYearResponse], description: 'This year and the one before it.' }) years!: readonly ThresholdYearResponse[];
}

const CONVERSION = { day: '2026-03-01', rateDay: '2026-02-27', unitsPerEuro: 1.25, net: 50_000, netEur: 40_000 };

export const OSS_THRESHOLD_EXAMPLE = {
  applicable: true,
  threshold: 1_000_000,
  timezone: 'Europe/Berlin',
  exceeded: false,
  remaining: 160_000,
  complete: true,
  ossEnabled: false,
  thresholdExceeded: false,
  action: 'Prepare to register for the One-Stop-Shop: the threshold is near.',
  years: [
    {
      year: 2026,
      netEur: 840_000,
      currencies: [
        { currency: 'EUR', net: 800_000, netEur: 800_000, conversions: [], missingRateDays: [] },
        { currency: 'USD', net: 50_000, netEur: 40_000, conversions: [CONVERSION], missingRateDays: [] },
      ],
    },
    { year: 2025, netEur: 0, currencies: [] },
  ],
} satisfies OssThresholdResponse;
