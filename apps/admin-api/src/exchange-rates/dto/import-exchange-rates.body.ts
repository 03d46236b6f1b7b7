import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { IsCurrency, IsDay, IsObjectList, rule } from '../../validation-rules/index.js';

const MOST_ROWS = 5000;

export class ExchangeRateBody {
  @ApiProperty({ type: String, format: 'date', example: '2026-03-31' })
  @IsDay()
  day!: string;

  @ApiProperty({ type: String, description: 'ISO 4217.', example: 'USD' })
  @IsCurrency()
  currency!: string;

  @ApiProperty({ type: Number, description: 'Units of the currency for one euro, at most eight decimals.', example: 1.0812 })
  @rule(
    'exchange_rate',
    'a positive number below 1000000000 with at most eight decimals',
    (value) => typeof value === 'number' && value > 0 && value < 1e9 && Number(value.toFixed(8)) === value,
  )
  unitsPerEuro!: number;
}

export class ImportExchangeRatesBody {
  @ApiProperty({ type: [ExchangeRateBody], description: `At most ${MOST_ROWS}.` })
  @IsObjectList(MOST_ROWS)
  @ValidateNested({ each: true })
  @Type(() => ExchangeRateBody)
  rates!: ExchangeRateBody[];
}
