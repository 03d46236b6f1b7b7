import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, setStrictCookie } from '../cookies/index.js';
import { CEREMONY_SECONDS } from './ceremonies.js';
import { RelyingParty } from './relying-party.js';

const NAME = 'paygate_ceremony';

/** Ties a challenge to the browser that asked for it. */
@Injectable()
export class CeremonyCookie {
  constructor(private readonly relyingParty: RelyingParty) {}

  keep(reply: FastifyReply, value: string): void {
    setStrictCookie(reply, NAME, value, { maxAge: CEREMONY_SECONDS, secure: this.relyingParty.isSecure });
  }

  /** Reads it and makes the browser forget it: it is good for one attempt. */
  take(request: FastifyRequest, reply: FastifyReply): string | undefined {
    const value = readCookie(request, NAME);
    if (value !== undefined) setStrictCookie(reply, NAME, '', { maxAge: 0, secure: this.relyingParty.isSecure });
    return value;
  }
}
