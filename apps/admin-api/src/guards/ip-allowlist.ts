import ipaddr from 'ipaddr.js';

/** True when the list is empty or one of its addresses or CIDR ranges holds the address. */
export function isAddressAllowed(address: string, allowlist: readonly string[]): boolean {
  if (allowlist.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 client of a dual-stack socket shows as ::ffff:a.b.c.d.
  const client = ipaddr.process(address);
  return allowlist.some((entry) => isWithin(client, entry));
}

function isWithin(client: ipaddr.IPv4 | ipaddr.IPv6, entry: string): boolean {
  if (ipaddr.isValid(entry)) return ipaddr.process(entry).toString() === client.toString();
  if (!ipaddr.isValidCIDR(entry)) return false;
  const [network, bits] = ipaddr.parseCIDR(entry);
  return network.kind() === client.kind() && client.match(network, bits);
}
