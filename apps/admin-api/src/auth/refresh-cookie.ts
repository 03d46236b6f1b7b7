import { Injectable } from '@nestjs/common';
import { systemClock } from '@paygate/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, setStrictCookie } from '../cookies/index.js';
import { RelyingParty } from '../passkeys/index.js';
import type { SessionTokens } from '../sessions/index.js';

const NAME = 'paygate_refresh';

/** Keeps the refresh token where no script can read it. */
@Injectable()
export class RefreshCookie {
  constructor(private readonly relyingParty: RelyingParty) {}

  keep(reply: FastifyReply, { refreshToken, refreshUntil }: SessionTokens): void {
    const maxAge = Math.max(0, Math.floor((refreshUntil.getTime() - systemClock.now().getTime()) / 1000));
    setStrictCookie(reply, NAME, refreshToken, { maxAge, secure: this.relyingParty.isSecure });
  }

  forget(reply: FastifyReply): void {
    setStrictCookie(reply, NAME, '', { maxAge: 0, secure: this.relyingParty.isSecure });
  }

  read(request: FastifyRequest): string | undefined {
    return readCookie(request, NAME);
  }
}
