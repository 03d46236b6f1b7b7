import { Injectable } from '@nestjs/common';
import { RelyingParty } from '../../passkeys/index.js';
import { SetupToken } from './setup-token.js';
import { SetupRepository } from './setup.repository.js';

/** The way to the page, for who runs the server: with the setup token as long as there is no administrator. */
@Injectable()
export class SetupLink {
  constructor(
    private readonly setup: SetupRepository,
    private readonly token: SetupToken,
    private readonly relyingParty: RelyingParty,
  ) {}

  /** Undefined once the first administrator is registered. */
  async find(): Promise<string | undefined> {
    const isOpen = await this.setup.isOpenForOperators();
    return isOpen ? `${this.page}#setup=${encodeURIComponent(this.token.text)}` : undefined;
  }

  /** Where everybody signs in. */
  get page(): string {
    return `${this.relyingParty.origin}/sign-in`;
  }
}
