import { Injectable } from '@nestjs/common';
import { AdminConfig } from '../admin-config.js';

/** Who passkeys are made for: the pages they work on, and the name people see when they make one. */
@Injectable()
export class RelyingParty {
  readonly name: string;
  /** Where a sign-in may come from; the first is where people are sent. */
  readonly origins: readonly [string, ...string[]];
  /** A passkey works on this host and below. */
  readonly id: string;

  constructor(config: AdminConfig) {
    this.name = config.PASSKEY_RP_NAME;
    this.origins = originsOf(config.PASSKEY_ORIGINS ?? passkeyOrigin(config.ADMIN_PUBLIC_URL));
    this.id = new URL(this.origins[0]).hostname;
  }

  get origin(): string {
    return this.origins[0];
  }

  /** Whether cookies may be kept from plain http. */
  get isSecure(): boolean {
    return this.origin.startsWith('https:');
  }
}

/** A comma separated list of origins, in the spelling of browsers. */
export function originsOf(text: string): [string, ...string[]] {
  return text.split(',').map((entry) => new URL(entry.trim()).origin) as [string, ...string[]];
}

/** Browsers make no passkeys for IP addresses; `localhost` means the same machine and is allowed. */
function passkeyOrigin(publicUrl: string): string {
  const url = new URL(publicUrl);
  if (/^127\.|^\[::1\]$/.test(url.hostname)) url.hostname = 'localhost';
  return url.origin;
}
