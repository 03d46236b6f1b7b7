import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.process>;
type Range = [Address, number];

/** What providers hand to one customer; inside it every address is the customer's choice. */
const IPV6_CUSTOMER_BITS = 64;

/** A list of IP addresses and CIDR ranges as the configuration writes it: comma separated, may be empty. */
export class AddressList {
  private readonly ranges: readonly Range[];

  constructor(list: string) {
    this.ranges = list
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map(parseRange);
  }

  has(address: string): boolean {
    if (this.ranges.length === 0 || !ipaddr.isValid(address)) return false;
    const candidate = ipaddr.process(address);
    return this.ranges.some(([range, bits]) => candidate.kind() === range.kind() && candidate.match(range, bits));
  }
}

/**
 * Whom to count an address as: IPv4 addresses singly, IPv6 by their first 64 bits, because one customer has all the rest
 * to choose from and would never meet a limit.
 */
export function rateLimitAddress(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/${IPV6_CUSTOMER_BITS}`);
  return `${network.toString()}/${IPV6_CUSTOMER_BITS}`;
}

function parseRange(entry: string): Range {
  if (entry.includes('/')) return ipaddr.parseCIDR(entry);
  const address = ipaddr.process(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
