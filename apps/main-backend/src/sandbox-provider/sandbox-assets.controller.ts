import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sendAsset } from '@paygate/nest-kit';
import { SandboxAssets } from './sandbox-assets.js';

@ApiExcludeController()
@Controller('sandbox/assets')
export class SandboxAssetsController {
  constructor(private readonly assets: SandboxAssets) {}

  @Get(':file')
  file(@Param('file') file: string, @Headers('accept-encoding') acceptEncoding: string | undefined, @Res() reply: FastifyReply): void {
    sendAsset(reply, this.assets.files.find(file, acceptEncoding));
  }
}
