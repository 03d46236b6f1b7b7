import { Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import { AdminConfig } from '../admin-config.js';

const ATTEMPT_MS = 1500;
const ATTEMPTS = 2;
const NO_SUCH_NAME = 'ENOTFOUND';
const NO_SUCH_RECORD = 'ENODATA';
/** `ECANCELLED`: by the deadline. */
const TOO_SLOW = new Set(['ETIMEOUT', 'ECANCELLED']);

export type DnsFailureReason = 'not_found' | 'timeout' | 'lookup_failed';

/** A question DNS did not answer with records. */
export class DnsFailure extends Error {
  override readonly name = 'DnsFailure';

  constructor(
    readonly reason: DnsFailureReason,
    options?: { cause?: unknown },
  ) {
    super(`DNS: ${reason}`, options);
  }
}

/** Asks the name servers of `DNS_SERVERS`, or those of the machine. Answers are not remembered: people ask while they repair. */
@Injectable()
export class DnsResolver {
  private readonly servers: readonly string[] | undefined;

  constructor(config: AdminConfig) {
    this.servers = config.DNS_SERVERS?.split(',').map((server) => server.trim());
  }

  /**
   * The name this one is an alias of, in lower case. Undefined when it is none.
   * @param deadline milliseconds since the epoch
   * @throws DnsFailure
   */
  async canonicalName(host: string, deadline: number): Promise<string | undefined> {
    const [name] = await this.ask(deadline, (resolver) => resolver.resolveCname(host));
    return name?.toLowerCase().replace(/\.$/, '');
  }

  /**
   * IPv4 and IPv6 addresses of a name; none when it has none.
   * @throws DnsFailure
   */
  async addresses(host: string, deadline: number): Promise<string[]> {
    const [v4, v6] = await Promise.all([
      this.ask(deadline, (resolver) => resolver.resolve4(host)),
      this.ask(deadline, (resolver) => resolver.resolve6(host)),
    ]);
    return [...v4, ...v6];
  }

  private async ask(deadline: number, question: (resolver: Resolver) => Promise<string[]>): Promise<string[]> {
    const left = deadline - Date.now();
    if (left <= 0) throw new DnsFailure('timeout');
    const resolver = new Resolver({ timeout: ATTEMPT_MS, tries: ATTEMPTS });
    if (this.servers) resolver.setServers(this.servers);
    const timer = setTimeout(() => resolver.cancel(), left);
    try {
      return await question(resolver);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (code === NO_SUCH_RECORD) return [];
      if (code === NO_SUCH_NAME) throw new DnsFailure('not_found', { cause: error });
      throw new DnsFailure(TOO_SLOW.has(code) ? 'timeout' : 'lookup_failed', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}
