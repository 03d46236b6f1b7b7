import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DomainError } from '@paygate/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser } from '../access/index.js';
import type { UserPrincipal } from '../access/index.js';
import { ADMIN_API, AdminRoute } from '../openapi/index.js';
import { AllowedOriginGuard, CeremonyCookie } from '../passkeys/index.js';
import { AccessTokens, RefreshSession } from '../sessions/index.js';
import { BeginSignIn } from './begin-sign-in.js';
import { CompleteSignIn } from './complete-sign-in.js';
import { BeginSignInBody } from './dto/begin-sign-in.body.js';
import { CompleteSignInBody } from './dto/complete-sign-in.body.js';
import {
  CEREMONY_EXAMPLE,
  CeremonyResponse,
  LoginCheckResponse,
  SIGNED_IN_EXAMPLE,
  SignedInResponse,
  USER_EXAMPLE,
} from './dto/sign-in.response.js';
import { presentPrincipal, presentSignedIn } from './present-sign-in.js';
import { RefreshCookie } from './refresh-cookie.js';
import { SignOut } from './sign-out.js';

@ApiTags(ADMIN_API)
@Controller('api/v1/auth')
@UseGuards(AllowedOriginGuard)
export class AuthController {
  constructor(
    private readonly beginning: BeginSignIn,
    private readonly completing: CompleteSignIn,
    private readonly refreshing: RefreshSession,
    private readonly signingOut: SignOut,
    private readonly accessTokens: AccessTokens,
    private readonly ceremonyCookie: CeremonyCookie,
    private readonly refreshCookie: RefreshCookie,
  ) {}

  @Post()
  @AdminRoute({
    summary: 'Start signing in, or registering',
    description:
      'Answers options for a passkey and sets the cookie `paygate_ceremony`. Without a body it signs in; with `setupToken` it registers the first administrator, with `invitationToken` an invited person. Somebody invited who has an account already is asked to sign in, and accepts the invitation then.',
    answer: CeremonyResponse,
    example: CEREMONY_EXAMPLE,
    errors: [
      'origin_not_allowed',
      'setup_token_invalid',
      'setup_completed',
      'invitation_invalid',
      'invitation_used',
      'organization_suspended',
      'already_exists',
    ],
  })
  async begin(@Body() body: BeginSignInBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<CeremonyResponse> {
    const { ceremony, options, cookie } = await this.beginning.execute(body);
    this.ceremonyCookie.keep(reply, cookie);
    return { ceremony, options };
  }

  @Post('authenticate-complete')
  @AdminRoute({
    summary: 'Complete signing in, or registering',
    description:
      'Takes what the device answered. The access token is in the answer, for the memory of the page; the refresh token goes into the cookie `paygate_refresh`, which no script can read.',
    answer: SignedInResponse,
    example: SIGNED_IN_EXAMPLE,
    errors: [
      'origin_not_allowed',
      'challenge_invalid',
      'passkey_rejected',
      'user_disabled',
      'setup_completed',
      'invitation_invalid',
      'invitation_used',
      'organization_suspended',
      'already_exists',
    ],
  })
  async complete(
    @Body() { response, label }: CompleteSignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInResponse> {
    const cookie = this.ceremonyCookie.take(request, reply);
    const { user, tokens } = await this.completing.execute({ cookie, response, label });
    this.refreshCookie.keep(reply, tokens);
    return presentSignedIn(user, tokens);
  }

  @Post('refresh-token')
  @AdminRoute({
    summary: 'Get a new access token',
    description:
      'Takes the refresh token from its cookie and replaces it. Each is good once: using one again ends the session, because two then hold it.',
    answer: SignedInResponse,
    example: SIGNED_IN_EXAMPLE,
    errors: ['origin_not_allowed', 'refresh_token_invalid', 'refresh_token_reused', 'session_ended', 'user_disabled'],
  })
  async refresh(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SignedInResponse> {
    const token = this.refreshCookie.read(request);
    if (token === undefined) throw new DomainError('refresh_token_invalid');
    try {
      const { user, tokens } = await this.refreshing.execute(token);
      this.refreshCookie.keep(reply, tokens);
      return presentSignedIn(user, tokens);
    } catch (error) {
      if (error instanceof DomainError && error.status === 401) this.refreshCookie.forget(reply);
      throw error;
    }
  }

  @Post('logout')
  @AdminRoute({
    summary: 'Sign out',
    description: 'Ends the session of the access token or of the cookie. Its access tokens stop working within a second. May be repeated.',
    status: 204,
    errors: ['origin_not_allowed'],
  })
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.signingOut.execute({ accessToken: shownAccessToken(request), refreshToken: this.refreshCookie.read(request) });
    this.refreshCookie.forget(reply);
  }

  @Get('login/check')
  @AdminRoute({
    summary: 'Check whether the access token is valid',
    answer: LoginCheckResponse,
    example: { authenticated: true, user: USER_EXAMPLE, expiresAt: '2026-01-31T09:40:00.000Z' },
  })
  check(@CurrentUser() user: UserPrincipal, @Req() request: FastifyRequest): LoginCheckResponse {
    const content = this.accessTokens.read(shownAccessToken(request) ?? '');
    if (!content) throw new DomainError('access_token_expired');
    return { authenticated: true, user: presentPrincipal(user), expiresAt: content.expiresAt.toISOString() };
  }
}

function shownAccessToken({ headers }: FastifyRequest): string | undefined {
  return /^(?:Bearer|Token) +(\S+)$/i.exec(headers.authorization?.trim() ?? '')?.[1];
}
