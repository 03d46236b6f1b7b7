import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { AuthenticateApiKey } from './authenticate-api-key.js';
import { readCredential } from './read-credential.js';

export const API_KEY_STRATEGY = 'api-key';

/** Passport strategy for `Authorization: Bearer sk_…`. Every refusal is a DomainError, so its code reaches the caller. */
@Injectable()
export class ApiKeyStrategy extends passport.Strategy {
  override readonly name = API_KEY_STRATEGY;

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
