import { Controller, Get, Headers, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@paygate/nest-kit';
import { CheckoutSession } from './dto/checkout-session.js';
import { GetCheckoutSession } from './get-checkout-session.js';

/** What the page of a buyer asks about a checkout. */
@ApiTags('Buyer API')
@Controller('api/v1/checkouts')
export class BuyerCheckoutsController {
  constructor(private readonly getCheckoutSession: GetCheckoutSession) {}

  @Get(':sessionPublicId')
  @ApiOperation({
    summary: 'Read a checkout as its buyer',
    description:
      'The session id is the permission. A page that calls this must be of the hosted checkout or of an origin the site allows; calls from servers carry no Origin and are allowed.',
  })
  @ApiParam({ name: 'sessionPublicId', example: 'k7RwPd3nXq9TzB5mHsYv2cJf' })
  @ApiOkResponse({ type: CheckoutSession })
  @ApiErrors('checkout_not_found', 'origin_not_allowed', 'organization_suspended', 'site_inactive')
  read(
    @Param('sessionPublicId') sessionPublicId: string,
    @Headers('origin') origin?: string,
    @Headers('referer') referer?: string,
  ): Promise<CheckoutSession> {
    return this.getCheckoutSession.execute(sessionPublicId, { origin, referer });
  }
}
