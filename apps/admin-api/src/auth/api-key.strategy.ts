import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { AuthenticateApiKey } from './authenticate-api-key.js';

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
    const { authorization } = request.headers;
    const namesOrganization = request.headers['x-organization-id'] !== undefined;
    this.keys.execute({ authorization, address: request.ip ?? '', namesOrganization }).then(
      (principal) => this.success(principal),
      (error: unknown) => this.error(error),
    );
  }
}
