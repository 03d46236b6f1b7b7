import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@paygate/nest-kit';
import { toAddress } from './dto/buyer-address.js';
import { CheckoutSession } from './dto/checkout-session.js';
import { TaxPreviewBody } from './dto/tax-preview-body.js';
import { TaxPreviewAnswer } from './dto/tax-preview.js';
import { GetCheckoutSession } from './get-checkout-session.js';
import { PreviewCheckoutTax } from './preview-checkout-tax.js';

const SESSION = { name: 'sessionPublicId', example: 'k7RwPd3nXq9TzB5mHsYv2cJf' };

/** What the page of a buyer asks about a checkout. */
@ApiTags('Buyer API')
@Controller('api/v1/checkouts')
export class BuyerCheckoutsController {
  constructor(
    private readonly getCheckoutSession: GetCheckoutSession,
    private readonly previewCheckoutTax: PreviewCheckoutTax,
  ) {}

  @Get(':sessionPublicId')
  @ApiOperation({
    summary: 'Read a checkout as its buyer',
    description:
      'The session id is the permission. A page that calls this must be of the hosted checkout or of an origin the site allows; calls from servers carry no Origin and are allowed.',
  })
  @ApiParam(SESSION)
  @ApiOkResponse({ type: CheckoutSession })
  @ApiErrors('checkout_not_found', 'origin_not_allowed', 'organization_suspended', 'site_inactive')
  read(
    @Param('sessionPublicId') sessionPublicId: string,
    @Headers('origin') origin?: string,
    @Headers('referer') referer?: string,
    @Headers('host') host?: string,
  ): Promise<CheckoutSession> {
    return this.getCheckoutSession.execute(sessionPublicId, { host, origin, referer });
  }

  @Post(':sessionPublicId/tax-preview')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The tax in a checkout',
    description:
      'For information, while the buyer types the address; it is decided when the payment begins. What the shop has named counts: lines of the type tax, rates of lines. The rest is calculated by the tax settings of the organization. The total is always what is charged.',
  })
  @ApiParam(SESSION)
  @ApiOkResponse({ type: TaxPreviewAnswer })
  @ApiErrors('checkout_not_found', 'origin_not_allowed', 'organization_suspended', 'site_inactive', 'checkout_expired', 'checkout_not_open')
  taxPreview(
    @Param('sessionPublicId') sessionPublicId: string,
    @Body() body: TaxPreviewBody,
    @Headers('origin') origin?: string,
    @Headers('referer') referer?: string,
    @Headers('host') host?: string,
  ): Promise<TaxPreviewAnswer> {
    return this.previewCheckoutTax.execute(sessionPublicId, toAddress(body.billingAddress), { host, origin, referer });
  }
}
