import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { AdminConfig } from '../../admin-config.js';
import { SetupLink } from './setup-link.js';

/** Injection token: writes a line for the person who started the service. */
export const OPERATOR_CONSOLE = Symbol('OPERATOR_CONSOLE');
export type OperatorConsole = (line: string) => void;

/** Shows who runs the server how to register the first administrator, as long as there is none. */
@Injectable()
export class AnnounceSetup implements OnApplicationBootstrap {
  private readonly logger = new Logger(AnnounceSetup.name);

  constructor(
    private readonly config: AdminConfig,
    private readonly link: SetupLink,
    @Inject(OPERATOR_CONSOLE) private readonly console: OperatorConsole,
  ) {}

  /** The service starts whether or not this works. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.NODE_ENV === 'test') return;
    try {
      const link = await this.link.find();
      // Not through the logger: it cuts tokens out, and this one is meant to be read.
      if (link !== undefined) this.console(`Register the first administrator at ${link}`);
    } catch (error) {
      this.logger.warn(`could not find out whether the first administrator is registered: ${String(error)}`);
    }
  }
}
