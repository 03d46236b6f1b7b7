import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { DomainError } from '@paygate/kernel';
import { ApiKeyStrategy } from './api-key.strategy.js';
import { CallerLimits } from './caller-limits.js';
import { readCredential } from './read-credential.js';
import type { Credential } from './read-credential.js';
import { guardedRequest, requestRow } from '../access/index.js';

/** Name of the passport strategy that checks access tokens. */
const ACCESS_TOKEN_STRATEGY = 'access-token';

/** First guard of every route: finds out who is calling. What they may do is asked by the guards after it. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  private readonly byCredential: Readonly<Record<Credential['kind'], CanActivate>>;

  constructor(
    private readonly limits: CallerLimits,
    apiKeys: ApiKeyStrategy,
  ) {
    this.byCredential = { api_key: new (AuthGuard(apiKeys.name))(), access_token: new (AuthGuard(ACCESS_TOKEN_STRATEGY))() };
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = guardedRequest(context);
    if (requestRow(request).for === 'anyone') return true;
    try {
      const { kind } = readCredential(request.headers.authorization);
      return Boolean(await this.byCredential[kind].canActivate(context));
    } catch (error) {
      // Guessing is slowed down per address. A request without any credential guesses nothing.
      if (error instanceof DomainError && error.status === 401 && error.code !== 'api_key_missing') {
        await this.limits.countFailure(context);
      }
      throw error;
    }
  }
}
