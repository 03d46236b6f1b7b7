import { Injectable } from '@nestjs/common';
import { AccessTokens, EndSession, RefreshTokens } from '../sessions/index.js';

/** What a request shows that names a session. */
export interface ShownTokens {
  accessToken: string | undefined;
  refreshToken: string | undefined;
}

@Injectable()
export class SignOut {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly ending: EndSession,
  ) {}

  /** Ends the sessions the tokens belong to. A token that has expired or was replaced still may end its own session. */
  async execute({ accessToken, refreshToken }: ShownTokens): Promise<void> {
    const named = [
      accessToken === undefined ? undefined : this.accessTokens.read(accessToken, { evenExpired: true })?.sessionId,
      refreshToken === undefined ? undefined : this.refreshTokens.read(refreshToken)?.sessionId,
    ];
    for (const sessionId of new Set(named)) if (sessionId !== undefined) await this.ending.execute(sessionId);
  }
}
