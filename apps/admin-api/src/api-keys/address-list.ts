import { isIP } from 'node:net';
import type { FieldProblem } from '@paygate/kernel';
import { invalidFields } from '@paygate/nest-kit';
import ipaddr from 'ipaddr.js';

const EXPECTED = 'an IPv4 or IPv6 address, or a CIDR range such as 203.0.113.0/24';
/** Of IPv4 addresses written as IPv6: `::ffff:203.0.113.7`. */
const MAPPED_BITS = 96;

/**
 * The addresses and ranges of a list in canonical form, each once: a range by its first address, IPv4 never inside IPv6.
 * @throws DomainError `validation_failed` naming each entry that is neither
 */
export function readAddressList(entries: readonly string[]): string[] {
  const read = entries.map(canonicalEntry);
  const problems = read.flatMap((entry, index) => (entry === undefined ? [problem(index)] : []));
  if (problems.length > 0) throw invalidFields(problems);
  return [...new Set(read.filter((entry) => entry !== undefined))];
}

/** Whether every address the entries allow is allowed by the list too. An empty list allows all. Both in canonical form. */
export function isWithinAddressList(entries: readonly string[], list: readonly string[]): boolean {
  if (list.length === 0) return true;
  return entries.length > 0 && entries.every((entry) => list.some((wider) => isWithin(entry, wider)));
}

function canonicalEntry(text: string): string | undefined {
  const [address = '', bits, ...rest] = text.trim().split('/');
  // Node takes no octal, hexadecimal or shortened IPv4; a zone names an interface of one machine only.
  if (rest.length > 0 || isIP(address) === 0 || address.includes('%')) return undefined;
  const parsed = ipaddr.parse(address);
  const isMapped = parsed.kind() === 'ipv6' && (parsed as ipaddr.IPv6).isIPv4MappedAddress();
  const plain = ipaddr.process(address);
  if (bits === undefined) return plain.toString();
  const length = Number(bits) - (isMapped ? MAPPED_BITS : 0);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits) || length < 0 || length > widthOf(plain)) return undefined;
  return length === widthOf(plain) ? plain.toString() : `${networkOf(plain, length)}/${length}`;
}

function isWithin(entry: string, wider: string): boolean {
  const [inner, innerBits] = rangeOf(entry);
  const [outer, outerBits] = rangeOf(wider);
  return inner.kind() === outer.kind() && innerBits >= outerBits && inner.match(outer, outerBits);
}

function rangeOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (entry.includes('/')) return ipaddr.parseCIDR(entry);
  const address = ipaddr.parse(entry);
  return [address, widthOf(address)];
}

function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string {
  const range = `${address.toString()}/${bits}`;
  const network = address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(range) : ipaddr.IPv6.networkAddressFromCIDR(range);
  return network.toString();
}

function widthOf(address: ipaddr.IPv4 | ipaddr.IPv6): number {
  return address.kind() === 'ipv4' ? 32 : 128;
}

function problem(index: number): FieldProblem {
  const field = `ipAllowlist[${index}]`;
  return { field, code: 'address', message: `${field} must be ${EXPECTED}.`, expected: EXPECTED };
}
