import { Controller, Get, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { createValidationPipe, presentPage } from '@paygate/nest-kit';
import type { FastifyRequest } from 'fastify';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import {
  DAY_RATES_EXAMPLE,
  ExchangeRateListResponse,
  IMPORTED_EXAMPLE,
  ImportedExchangeRatesResponse,
} from './dto/exchange-rates.response.js';
import { ImportExchangeRatesBody } from './dto/import-exchange-rates.body.js';
import { ListExchangeRatesQuery } from './dto/list-exchange-rates.query.js';
import { FILE_TYPES, IncomingFile } from './exchange-rate-files.js';
import { ImportExchangeRates } from './import-exchange-rates.js';
import { ListExchangeRates } from './list-exchange-rates.js';
import { presentDayRates } from './present-day-rates.js';

const validation = createValidationPipe();

/** Reference rates of the euro, for those who run the platform. */
@ApiTags(ADMIN_API)
@Controller('api/v1/system/exchange-rates')
export class ExchangeRatesController {
  constructor(
    private readonly listing: ListExchangeRates,
    private readonly importing: ImportExchangeRates,
  ) {}

  @Get()
  @AdminRoute({
    summary: 'List reference rates by day, the newest first',
    answer: ExchangeRateListResponse,
    example: { exchangeRates: [DAY_RATES_EXAMPLE], total: 1, page: 1, limit: 50 },
  })
  async list(@Query() query: ListExchangeRatesQuery): Promise<ExchangeRateListResponse> {
    return presentPage('exchangeRates', await this.listing.execute(query), presentDayRates);
  }

  @Put()
  @AdminRoute({
    summary: 'Import reference rates of the European Central Bank',
    description:
      'The body is a file of the bank as it is, `eurofxref-hist.csv`, `eurofxref.csv` (`text/csv`) or its XML (`application/xml`), at most 32 MB, or JSON: `{"rates": [{"day": "2026-03-31", "currency": "USD", "unitsPerEuro": 1.0812}]}`. Rates are added, or take the place of those of the same day and currency. A file with a wrong line is refused as a whole, and its wrong lines are named.',
    answer: ImportedExchangeRatesResponse,
    example: IMPORTED_EXAMPLE,
    errors: ['exchange_rates_unreadable'],
  })
  @ApiConsumes('application/json', ...Object.keys(FILE_TYPES))
  @ApiBody({ type: ImportExchangeRatesBody })
  async import(@Req() { body }: FastifyRequest): Promise<ImportedExchangeRatesResponse> {
    if (body instanceof IncomingFile) return this.importing.ofFile(body.chunks, body.kind);
    const { rates } = (await validation.transform(body, { type: 'body', metatype: ImportExchangeRatesBody })) as ImportExchangeRatesBody;
    return this.importing.ofRows(rates);
  }
}
