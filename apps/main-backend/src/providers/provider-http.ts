import { TargetGuard, TargetNotAllowedError } from '@paygate/nest-kit';
import { Agent, fetch } from 'undici';
import type { RequestInit, Response } from 'undici';

export interface ProviderHttpOptions {
  /** Reach addresses that are not public, too. */
  allowPrivateTargets: boolean;
  /** The simulator of this installation, e.g. `https://hooks.example.com/sandbox`: reached wherever it is. */
  ownSandbox?: string;
}

/** No answer of a provider comes near; a longer one is cut off. */
const LONGEST_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * How adapters send requests. Some addresses come from merchants, so what they lead to must be public, whatever the name
 * server says at the moment of connecting; and no redirect is followed, because it would carry the key to wherever it points.
 */
export class ProviderHttp {
  private readonly guard: TargetGuard;
  private readonly guarded: Agent;
  private readonly unguarded = new Agent({ maxResponseSize: LONGEST_ANSWER_BYTES });
  private readonly ownSandbox: URL | undefined;

  constructor({ allowPrivateTargets, ownSandbox }: ProviderHttpOptions) {
    this.guard = new TargetGuard(allowPrivateTargets);
    this.guarded = new Agent({ maxResponseSize: LONGEST_ANSWER_BYTES, connect: { lookup: this.guard.lookup } });
    this.ownSandbox = ownSandbox === undefined ? undefined : new URL(ownSandbox);
  }

  /** @throws TargetNotAllowedError when the address may not be used, and nothing was sent; otherwise as `fetch` */
  async request(address: string, init: RequestInit): Promise<Response> {
    const own = this.isOwnSandbox(address);
    const url = own ? new URL(address) : this.guard.check(address);
    try {
      return await fetch(url, { ...init, redirect: 'error', dispatcher: own ? this.unguarded : this.guarded });
    } catch (error) {
      throw refusalIn(error) ?? error;
    }
  }

  /** Compares what the address means, so that `/sandbox/../internal` is not below `/sandbox`. */
  private isOwnSandbox(address: string): boolean {
    if (!this.ownSandbox || !URL.canParse(address)) return false;
    const { origin, pathname, username, password } = new URL(address);
    return origin === this.ownSandbox.origin && pathname.startsWith(`${this.ownSandbox.pathname}/`) && username === '' && password === '';
  }
}

/** What the look-up of a name refused comes as the cause of a failed connection. */
function refusalIn(error: unknown): TargetNotAllowedError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof TargetNotAllowedError) return current;
  }
  return undefined;
}
