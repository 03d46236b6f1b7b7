import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError } from '@paygate/kernel';
import { sendAsset } from '@paygate/nest-kit';
import type { FastifyReply } from 'fastify';
import { sendPart } from '../html-pages/index.js';
import { billingValuesOf } from './billing-form.js';
import { isCountryCode } from './countries.js';
import { isPageLanguage } from './language.js';
import { messagesFor } from './messages/index.js';
import { PageFrames } from './page-frames.js';
import { countryFields } from './views/index.js';

/** Until the next release at most: the fields of a country change with the code. */
const PART_CACHE_SECONDS = 300;

/** Style sheet, scripts and icon of the payment page, and the parts of its form. */
@ApiExcludeController()
@Controller('checkout/assets')
export class CheckoutAssetsController {
  constructor(private readonly frames: PageFrames) {}

  @Get(':file')
  file(@Param('file') file: string, @Headers('accept-encoding') acceptEncoding: string | undefined, @Res() reply: FastifyReply): void {
    sendAsset(reply, this.frames.files.find(file, acceptEncoding));
  }

  /** The empty fields of an address of that country; the page's script puts back what was typed. */
  @Get('address/:language/:country')
  address(@Param('language') language: string, @Param('country') country: string, @Res() reply: FastifyReply): void {
    if (!isPageLanguage(language) || !isCountryCode(country)) throw new DomainError('route_not_found');
    const values = billingValuesOf(undefined, { country });
    const form = { values, business: false, problems: [] };
    sendPart(reply, countryFields({ messages: messagesFor(language), form }), PART_CACHE_SECONDS);
  }
}
