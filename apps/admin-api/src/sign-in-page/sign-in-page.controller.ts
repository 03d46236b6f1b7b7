import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { sendAsset, sendHtml } from '@paygate/nest-kit';
import type { FastifyReply } from 'fastify';
import { RenderSignIn } from './render-sign-in.js';
import { SignInFiles } from './sign-in-files.js';

/** The page for registering, signing in and looking after one's passkeys. */
@ApiExcludeController()
@Controller('sign-in')
export class SignInPageController {
  constructor(
    private readonly rendering: RenderSignIn,
    private readonly files: SignInFiles,
  ) {}

  @Get()
  page(@Res() reply: FastifyReply): void {
    sendHtml(reply, 200, this.rendering.execute());
  }

  @Get('assets/:file')
  file(@Param('file') file: string, @Headers('accept-encoding') acceptEncoding: string | undefined, @Res() reply: FastifyReply): void {
    sendAsset(reply, this.files.files.find(file, acceptEncoding));
  }
}
