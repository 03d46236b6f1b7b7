import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantScope } from '@paygate/kernel';
import { EU_COUNTRIES } from '@paygate/tax';
import { CurrentScope } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { ValidateVatIdBody } from './dto/validate-vat-id.body.js';
import { EuCountriesResponse, VAT_ID_EXAMPLE, VatIdResponse } from './dto/vat-id.response.js';
import { ValidateVatId } from './validate-vat-id.js';

const COUNTRIES: EuCountriesResponse = { countries: EU_COUNTRIES.map((country) => ({ ...country })) };

@ApiTags(ADMIN_API)
@Controller('api/v1/vies')
export class ViesController {
  constructor(private readonly validating: ValidateVatId) {}

  @Post('validate')
  @AdminRoute({
    upstream: true,
    summary: 'Validate a VAT id with the VAT number service of the European Commission (VIES)',
    description:
      'Form and check digits first, then VIES. Answers are remembered for 24 hours, negative ones for one; positive ones are kept as evidence. No answer is `unavailable`, with 200.',
    answer: VatIdResponse,
    example: VAT_ID_EXAMPLE,
  })
  async validate(@CurrentScope() scope: TenantScope, @Body() body: ValidateVatIdBody): Promise<VatIdResponse> {
    return this.validating.execute(scope, body);
  }

  @Get('eu-countries')
  @AdminRoute({
    summary: 'List the countries whose VAT ids VIES knows: the Member States and Northern Ireland',
    answer: EuCountriesResponse,
    example: { countries: COUNTRIES.countries.filter(({ countryCode }) => ['GR', 'XI'].includes(countryCode)) },
  })
  countries(): EuCountriesResponse {
    return COUNTRIES;
  }
}
