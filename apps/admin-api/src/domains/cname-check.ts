import { Injectable } from '@nestjs/common';
import { DnsFailure, DnsResolver } from './dns-resolver.js';
import { PlatformHosts } from './platform-hosts.js';

/** What can be wrong with the DNS records of a domain. */
export const DNS_PROBLEMS = ['not_found', 'no_record', 'wrong_target', 'loop', 'chain_too_long', 'timeout', 'lookup_failed'] as const;
export type DnsProblem = (typeof DNS_PROBLEMS)[number];

export interface CnameReport {
  verified: boolean;
  /** The host name the domain must lead to. */
  expected: string;
  /** The names the domain leads to, in order; the addresses of a domain that is no alias. */
  found: string[];
  problem?: DnsProblem;
}

/** Resolvers give up on chains of about this length. */
const LONGEST_CHAIN = 8;
/** For everything asked about one domain. */
const PATIENCE_MS = 10_000;

/** Finds out by DNS whether a domain leads to the payment pages. */
@Injectable()
export class CnameCheck {
  constructor(
    private readonly dns: DnsResolver,
    private readonly hosts: PlatformHosts,
  ) {}

  async of(domain: string): Promise<CnameReport> {
    const expected = this.hosts.checkout;
    const found: string[] = [];
    try {
      const problem = await this.follow(domain, expected, found, Date.now() + PATIENCE_MS);
      return problem === undefined ? { verified: true, expected, found } : { verified: false, expected, found, problem };
    } catch (error) {
      if (error instanceof DnsFailure) return { verified: false, expected, found, problem: error.reason };
      throw error;
    }
  }

  /** Adds to `found` what it meets. Says what is wrong, undefined when nothing is. */
  private async follow(domain: string, expected: string, found: string[], deadline: number): Promise<DnsProblem | undefined> {
    for (let name = domain; found.length < LONGEST_CHAIN;) {
      const next = await this.nextName(name, found.length === 0, deadline);
      if (next === undefined) return found.length === 0 ? this.compareAddresses(domain, expected, found, deadline) : 'wrong_target';
      const isLoop = next === domain || found.includes(next);
      found.push(next);
      if (next === expected) return undefined;
      if (isLoop) return 'loop';
      name = next;
    }
    return 'chain_too_long';
  }

  /** An alias that leads to a name which does not exist ends there; only the domain itself is worth telling apart. */
  private async nextName(name: string, isDomain: boolean, deadline: number): Promise<string | undefined> {
    try {
      return await this.dns.canonicalName(name, deadline);
    } catch (error) {
      if (!isDomain && error instanceof DnsFailure && error.reason === 'not_found') return undefined;
      throw error;
    }
  }

  /** The apex of a zone cannot be an alias, so there the same addresses will do. */
  private async compareAddresses(domain: string, expected: string, found: string[], deadline: number): Promise<DnsProblem | undefined> {
    found.push(...(await this.dns.addresses(domain, deadline)));
    if (found.length === 0) return 'no_record';
    const ours = await this.dns.addresses(expected, deadline).catch((error: unknown) => {
      // That our own name is unknown is not the domain's fault.
      throw error instanceof DnsFailure && error.reason === 'not_found' ? new DnsFailure('lookup_failed', { cause: error }) : error;
    });
    return found.every((address) => ours.includes(address)) ? undefined : 'wrong_target';
  }
}
