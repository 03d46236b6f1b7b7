import { Injectable } from '@nestjs/common';
import { randomToken } from '@paygate/kernel';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { AuthenticateApiKey } from './authenticate-api-key.js';
import { readCredential } from './read-credential.js';

/** Passport strategy for `Authorization: Bearer sk_…`. Every refusal is a DomainError, so its code reaches the caller. */
@Injectable()
export class ApiKeyStrategy extends passport.Strategy {
  /** Passport keeps strategies by name for the whole process: under a common one a second application would take over. */
  override readonly name = `api-key-${randomToken(8)}`;

  constructor(private readonly keys: AuthenticateApiKey) {
    super();
    passport.use(this);
  }

  override authenticate(request: Pick<FastifyRequest, 'headers'> & { ip?: string }): void {
    const credential = readCredential(request.headers.authorization);
    if (credential.kind !== 'api_key') {
      this.pass();
      return;
    }
    this.keys.execute(credential.key, request.ip ?? '').then(
      (principal) => this.success(principal),
      (error: unknown) => this.error(error),
    );
  }
}
