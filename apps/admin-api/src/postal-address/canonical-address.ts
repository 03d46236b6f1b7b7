import type { Address } from '@paygate/messages';
import type { AddressBody } from './address.body.js';

/** Without the parts that are absent; undefined when nothing is left. */
export function canonicalAddress(address: AddressBody | undefined): Address | undefined {
  if (!address) return undefined;
  const parts: Record<string, string> = {};
  for (const [part, text] of Object.entries(address) as [string, string | undefined][]) {
    if (text !== undefined) parts[part] = part === 'country' ? text.toUpperCase() : text;
  }
  return Object.keys(parts).length === 0 ? undefined : parts;
}
