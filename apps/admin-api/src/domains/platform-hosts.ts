import { Injectable } from '@nestjs/common';
import { AdminConfig } from '../admin-config.js';

/** The host names the platform itself is reached at. */
@Injectable()
export class PlatformHosts {
  /** Where the names of merchants must point. */
  readonly checkout: string;
  private readonly all: readonly string[];

  constructor(config: AdminConfig) {
    this.checkout = new URL(config.CHECKOUT_PUBLIC_URL).hostname;
    this.all = [config.ADMIN_PUBLIC_URL, config.CHECKOUT_PUBLIC_URL, config.HOOKS_PUBLIC_URL].map((url) => new URL(url).hostname);
  }

  /** One of them, or a name below one: nobody else may appear under the platform's own names. */
  own(host: string): boolean {
    return this.all.some((mine) => host === mine || host.endsWith(`.${mine}`));
  }
}
