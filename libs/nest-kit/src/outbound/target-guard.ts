import { lookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { BLOCKED_PORTS } from './blocked-ports.js';
import { resolveError } from './name-servers.js';
import type { NameResolver } from './name-servers.js';

/** The address may not be used; nothing was sent. */
export class TargetNotAllowedError extends Error {
  override readonly name = 'TargetNotAllowedError';
  readonly code = 'ERR_TARGET_NOT_ALLOWED';
}

/** Public by the registries, but answered by cloud platforms themselves. */
const PLATFORM_ADDRESSES = new Set(['168.63.129.16']);
/** The only part of the IPv6 space that is given to the public Internet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether a request may be sent there on behalf of somebody outside. Everything private, loopback, link-local, shared, multicast, reserved, or that
 * stands for an IPv4 address in IPv6 clothes (mapped, NAT64, 6to4, Teredo) is refused.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || PLATFORM_ADDRESSES.has(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(GLOBAL_UNICAST);
}

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** Names that mean the own machine without any name server being asked, RFC 6761. */
const LOCAL_NAME = /(^|\.)localhost\.?$/;

/** Keeps requests to addresses that come from outside out of the private network. */
export class TargetGuard {
  constructor(
    private readonly allowPrivate: boolean,
    private readonly names: NameResolver = { resolve: lookup },
  ) {}

  /** Reads an address. @throws TargetNotAllowedError */
  check(url: string): URL {
    // The parser turns decimal, octal and hexadecimal spellings of an IP address into the usual one.
    const target = parsed(url);
    if (target === undefined) throw new TargetNotAllowedError('not a URL');
    if (target.protocol !== 'http:' && target.protocol !== 'https:') throw new TargetNotAllowedError('not http or https');
    if (target.username || target.password) throw new TargetNotAllowedError('credentials in the URL');
    if (target.port !== '' && BLOCKED_PORTS.has(Number(target.port))) throw new TargetNotAllowedError('not a port for HTTP');
    if (!this.allowPrivate && LOCAL_NAME.test(target.hostname)) throw new TargetNotAllowedError('the own machine');
    const literal = target.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(literal) !== 0 && !this.isAllowed(literal)) throw new TargetNotAllowedError('not a public address');
    return target;
  }

  /**
   * Resolves a name for a connection, in the form `net.connect` wants. The addresses that were checked are the ones connected
   * to, so a name cannot change in between. One address that is not public refuses the whole name.
   */
  readonly lookup = (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    this.names.resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !addresses || !first) callback(error ?? resolveError(hostname, 'ENOTFOUND'), []);
      else if (!addresses.every(({ address }) => this.isAllowed(address))) callback(new TargetNotAllowedError('not a public address'), []);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

  /** Ends look-ups under way. */
  cancel(): void {
    this.names.cancel?.();
  }

  private isAllowed(address: string): boolean {
    return this.allowPrivate || isPublicAddress(address);
  }
}

/** Once: asking first whether it can be parsed does all the work a second time. */
function parsed(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
