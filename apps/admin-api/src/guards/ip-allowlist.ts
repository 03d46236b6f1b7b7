import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [first: Address, bits: number];

/** Reading a long list costs more than the rest of authentication. A remembered key brings the same list with every request. */
const READ = new WeakMap<readonly string[], readonly Range[]>();

/** True when the list is empty or one of its addresses or CIDR ranges holds the address. */
export function isAddressAllowed(address: string, allowlist: readonly string[]): boolean {
  if (allowlist.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 client of a dual-stack socket shows as ::ffff:a.b.c.d.
  const client = ipaddr.process(address);
  return rangesOf(allowlist).some(([first, bits]) => first.kind() === client.kind() && client.match(first, bits));
}

function rangesOf(allowlist: readonly string[]): readonly Range[] {
  const known = READ.get(allowlist);
  if (known) return known;
  const ranges = allowlist.flatMap((entry) => {
    const range = rangeOf(entry);
    return range ? [range] : [];
  });
  READ.set(allowlist, ranges);
  return ranges;
}

/** An entry that cannot be read allows nothing. */
function rangeOf(entry: string): Range | undefined {
  // Told apart here: the reader of both kinds tries one after the other, and its failed tries are dear.
  const kind = entry.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4;
  try {
    if (entry.includes('/')) return kind.parseCIDR(entry);
    const address = ipaddr.process(entry);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    return undefined;
  }
}
