import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { AdminConfig } from '../../admin-config.js';
import { RelyingParty } from '../../passkeys/index.js';
import { SetupToken } from './setup-token.js';
import { SetupRepository } from './setup.repository.js';

/** Injection token: writes a line for the person who started the service. */
export const OPERATOR_CONSOLE = Symbol('OPERATOR_CONSOLE');
export type OperatorConsole = (line: string) => void;

/** Shows who runs the server how to register the first administrator, as long as there is none. */
@Injectable()
export class AnnounceSetup implements OnApplicationBootstrap {
  private readonly logger = new Logger(AnnounceSetup.name);

  constructor(
    private readonly config: AdminConfig,
    private readonly setup: SetupRepository,
    private readonly token: SetupToken,
    private readonly relyingParty: RelyingParty,
    @Inject(OPERATOR_CONSOLE) private readonly console: OperatorConsole,
  ) {}

  /** The service starts whether or not this works. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.NODE_ENV === 'test') return;
    try {
      // Not through the logger: it cuts tokens out, and this one is meant to be read.
      if (await this.setup.isOpenForOperators()) this.console(`Register the first administrator at ${this.link()}`);
    } catch (error) {
      this.logger.warn(`could not find out whether the first administrator is registered: ${String(error)}`);
    }
  }

  link(): string {
    return `${this.relyingParty.origin}/sign-in#setup=${encodeURIComponent(this.token.text)}`;
  }
}
