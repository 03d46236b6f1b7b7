import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sendAsset } from '@paygate/nest-kit';
import { PageFrames } from './page-frames.js';

/** Style sheet, script and icon of the payment page. */
@ApiExcludeController()
@Controller('checkout/assets')
export class CheckoutAssetsController {
  constructor(private readonly frames: PageFrames) {}

  @Get(':file')
  file(@Param('file') file: string, @Headers('accept-encoding') acceptEncoding: string | undefined, @Res() reply: FastifyReply): void {
    sendAsset(reply, this.frames.files.find(file, acceptEncoding));
  }
}
