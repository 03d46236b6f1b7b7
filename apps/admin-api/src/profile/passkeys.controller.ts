import { Body, Controller, Delete, Get, Param, Patch, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser } from '../access/index.js';
import type { UserPrincipal } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { AllowedOriginGuard, CeremonyCookie } from '../passkeys/index.js';
import { AddPasskey } from './add-passkey.js';
import { BeginPasskey } from './begin-passkey.js';
import { DeletePasskey } from './delete-passkey.js';
import { AddPasskeyBody, RenamePasskeyBody } from './dto/passkey.body.js';
import {
  PASSKEY_CEREMONY_EXAMPLE,
  PASSKEY_EXAMPLE,
  PasskeyCeremonyResponse,
  PasskeyListResponse,
  PasskeyResponse,
} from './dto/passkey.response.js';
import { ListPasskeys } from './list-passkeys.js';
import { presentPasskey } from './present-profile.js';
import { RenamePasskey } from './rename-passkey.js';

const ID = { name: 'id', description: 'Id of the passkey.', example: PASSKEY_EXAMPLE.id };

@ApiTags(ADMIN_API)
@Controller('api/v1/profile/passkeys')
@UseGuards(AllowedOriginGuard)
export class PasskeysController {
  constructor(
    private readonly listing: ListPasskeys,
    private readonly beginning: BeginPasskey,
    private readonly adding: AddPasskey,
    private readonly renaming: RenamePasskey,
    private readonly deleting: DeletePasskey,
    private readonly ceremonyCookie: CeremonyCookie,
  ) {}

  @Get()
  @AdminRoute({ summary: 'List your own passkeys', answer: PasskeyListResponse, example: { passkeys: [PASSKEY_EXAMPLE] } })
  async list(@CurrentUser() user: UserPrincipal): Promise<PasskeyListResponse> {
    const passkeys = await this.listing.execute(user.id);
    return { passkeys: passkeys.map(presentPasskey) };
  }

  @Post()
  @AdminRoute({
    summary: 'Start adding another passkey',
    answer: PasskeyCeremonyResponse,
    example: PASSKEY_CEREMONY_EXAMPLE,
    errors: ['origin_not_allowed'],
  })
  async begin(@CurrentUser() user: UserPrincipal, @Res({ passthrough: true }) reply: FastifyReply): Promise<PasskeyCeremonyResponse> {
    const { options, cookie } = await this.beginning.execute(user.id);
    this.ceremonyCookie.keep(reply, cookie);
    return { ceremony: 'registration', options };
  }

  @Post('complete')
  @AdminRoute({
    summary: 'Complete adding another passkey',
    status: 201,
    answer: PasskeyResponse,
    example: PASSKEY_EXAMPLE,
    errors: ['origin_not_allowed', 'challenge_invalid', 'passkey_rejected', 'already_exists', 'conflict'],
  })
  async complete(
    @CurrentUser() user: UserPrincipal,
    @Body() { response, label }: AddPasskeyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyResponse> {
    const cookie = this.ceremonyCookie.take(request, reply);
    return presentPasskey(await this.adding.execute(user.id, { cookie, response, label }));
  }

  @Patch(':id')
  @AdminRoute({ summary: 'Rename one of your passkeys', answer: PasskeyResponse, example: PASSKEY_EXAMPLE, errors: ['passkey_not_found'] })
  @ApiParam(ID)
  async rename(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Body() { label }: RenamePasskeyBody,
  ): Promise<PasskeyResponse> {
    return presentPasskey(await this.renaming.execute(user.id, id, label));
  }

  @Delete(':id')
  @AdminRoute({
    summary: 'Delete one of your passkeys',
    description: 'It no longer signs in, and other sessions that it opened end. The last one cannot be deleted.',
    status: 204,
    errors: ['passkey_not_found', 'last_passkey'],
  })
  @ApiParam(ID)
  async delete(@CurrentUser() { id: userId, sessionId }: UserPrincipal, @Param('id') id: string): Promise<void> {
    await this.deleting.execute({ userId, sessionId }, id);
  }
}
