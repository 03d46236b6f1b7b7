import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@paygate/nest-kit';
import { euCountry } from '@paygate/tax';
import { claimedSession, SESSION_HEADER, SessionClaim } from './dto/session-claim.js';
import { EuCountryAnswer, EuCountryParams, ValidateVatIdBody, VatIdAnswer } from './dto/vat-id.js';
import { ValidateBuyerVatId } from './validate-buyer-vat-id.js';

/** What the page of a buyer asks about VAT. */
@ApiTags('Buyer API')
@Controller('api/v1/vat')
export class BuyerVatController {
  constructor(private readonly validation: ValidateBuyerVatId) {}

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Check a VAT ID',
    description:
      'With the session of a checkout the VAT number service of the European Commission (VIES) is asked, where the merchant has enabled that; answers are remembered. Without a session form and check digits alone are judged. At most 30 a minute and 300 an hour from one address.',
  })
  @ApiHeader({ name: 'X-Checkout-Session', required: false, description: 'The session of the checkout.' })
  @ApiOkResponse({ type: VatIdAnswer })
  @ApiErrors('checkout_not_found', 'origin_not_allowed', 'organization_suspended', 'site_inactive', 'checkout_expired', 'checkout_not_open')
  validate(
    @Body() body: ValidateVatIdBody,
    @Query() query: SessionClaim,
    @Headers(SESSION_HEADER) session?: string,
    @Headers('origin') origin?: string,
    @Headers('referer') referer?: string,
    @Headers('host') host?: string,
  ): Promise<VatIdAnswer> {
    return this.validation.execute(body, claimedSession(query, body, session), { host, origin, referer });
  }

  @Get('eu-country/:code')
  @ApiOperation({
    summary: 'Whether a country is a Member State of the European Union',
    description:
      'By its ISO code, or by what its VAT ids begin with (EL is Greece). XI, Northern Ireland, is none, although its VAT ids can be checked.',
  })
  @ApiParam({ name: 'code', example: 'GR' })
  @ApiOkResponse({ type: EuCountryAnswer })
  country(@Param() { code }: EuCountryParams): EuCountryAnswer {
    const found = euCountry(code);
    if (!found) return { countryCode: code.toUpperCase(), isEuMember: false };
    const { countryCode, memberState: isEuMember, vatPrefix, name, currency } = found;
    return { countryCode, isEuMember, vatPrefix, name, currency };
  }
}
