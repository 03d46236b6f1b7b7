import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class OssEvidenceResponse {
  @ApiProperty({ type: 'integer', description: 'Records with enough pieces of evidence of the place that agree.', example: 2 })
  sufficient!: number;
  @ApiProperty({ type: 'integer', example: 0 }) insufficient!: number;
  @ApiProperty({ type: 'integer', description: 'Records with a piece that names another place.', example: 0 }) contradicting!: number;
}

class OssRowResponse {
  @ApiProperty({ type: String, description: 'Member State of consumption.', example: 'FR' }) country!: string;
  @ApiProperty({ enum: ['goods', 'services'], example: 'services' }) supply!: 'goods' | 'services';
  @ApiProperty({ enum: ['STANDARD', 'REDUCED'], example: 'STANDARD' }) rateType!: 'STANDARD' | 'REDUCED';
  @ApiProperty({ type: Number, example: 20 }) rate!: number;
  @ApiProperty({ type: String, description: 'Where it was supplied from.', example: 'DE' }) sellerCountry!: string;
  @ApiProperty({ type: 'integer', description: 'Euro cents.', example: 1666 }) net!: number;
  @ApiProperty({ type: 'integer', example: 334 }) tax!: number;
  @ApiProperty({ type: 'integer', description: 'How many tax records.', example: 2 }) records!: number;
  @ApiProperty({ type: OssEvidenceResponse }) evidence!: OssEvidenceResponse;
}

class OssCorrectionResponse {
  @ApiProperty({ type: String, example: 'FR' }) country!: string;
  @ApiProperty({ type: 'integer', example: 2025 }) year!: number;
  @ApiProperty({ type: 'integer', example: 4 }) quarter!: number;
  @ApiProperty({ type: 'integer', description: 'Euro cents; negative when too much was declared.', example: -167 }) tax!: number;
}

class OssBalanceResponse {
  @ApiProperty({ type: String, example: 'FR' }) country!: string;
  @ApiProperty({ type: 'integer', description: 'What is due, corrections included.', example: 167 }) tax!: number;
}

class OssTotalsResponse {
  @ApiProperty({ type: 'integer', example: 1666 }) net!: number;
  @ApiProperty({ type: 'integer', example: 334 }) tax!: number;
  @ApiProperty({ type: 'integer', example: -167 }) corrections!: number;
  @ApiProperty({ type: 'integer', description: 'The balances that are positive; one that is negative lowers no other.', example: 167 })
  due!: number;
}

class OssExchangeRateResponse {
  @ApiProperty({ type: String, example: 'USD' }) currency!: string;
  @ApiProperty({ type: String, description: 'Units for one euro.', example: '1.0837' }) unitsPerEuro!: string;
  @ApiProperty({ type: String, format: 'date', example: '2026-03-31' }) day!: string;
}

export class VatOssResponse {
  @ApiProperty({ type: 'integer', example: 2026 }) year!: number;
  @ApiProperty({ type: 'integer', example: 1 }) quarter!: number;
  @ApiProperty({ type: String, example: 'Europe/Berlin' }) timezone!: string;
  @ApiProperty({ enum: ['union', 'non_union'], example: 'union' }) scheme!: string;
  @ApiPropertyOptional({ type: String, description: 'Of the seller, by the tax settings.', example: 'DE123456789' })
  registrationId?: string;
  @ApiProperty({ type: String, example: 'EUR' }) currency!: string;
  @ApiProperty({ type: [OssRowResponse] }) rows!: OssRowResponse[];
  @ApiProperty({ type: [OssCorrectionResponse], description: 'What went back in this quarter of sales of earlier ones.' })
  corrections!: OssCorrectionResponse[];
  @ApiProperty({ type: [OssBalanceResponse] }) balances!: OssBalanceResponse[];
  @ApiProperty({ type: OssTotalsResponse }) totals!: OssTotalsResponse;
  @ApiProperty({ type: [OssExchangeRateResponse], description: 'Those that were used.' }) exchangeRates!: OssExchangeRateResponse[];
}

export const VAT_OSS_EXAMPLE = {
  ...{ year: 2026, quarter: 1, timezone: 'Europe/Berlin', scheme: 'union', registrationId: 'DE123456789', currency: 'EUR' },
  rows: [
    {
      ...{ country: 'FR', supply: 'services', rateType: 'STANDARD', rate: 20, sellerCountry: 'DE', net: 1666, tax: 334, records: 2 },
      evidence: { sufficient: 2, insufficient: 0, contradicting: 0 },
    },
  ],
  corrections: [{ country: 'FR', year: 2025, quarter: 4, tax: -167 }],
  balances: [{ country: 'FR', tax: 167 }],
  totals: { net: 1666, tax: 334, corrections: -167, due: 167 },
  exchangeRates: [{ currency: 'USD', unitsPerEuro: '1.0837', day: '2026-03-31' }],
} satisfies VatOssResponse;
