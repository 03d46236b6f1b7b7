import { domainToASCII } from 'node:url';
import { Transform } from 'class-transformer';
import { rule } from '../validation-rules/index.js';

const LONGEST = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Top-level domains begin with a letter, which also tells them from the end of an IP address. */
const TOP_LABEL = /^[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
/** What means something else in an address, and what URL parsing would silently leave out. */
const FORBIDDEN = /[\p{Cc}\s/\\:@?#%[\]*<>^|]/u;

/**
 * A host name as DNS knows it: lower case, international names in Punycode, at least two labels. Undefined for anything
 * else, IP addresses, wildcards, ports and paths included.
 */
export function canonicalHostName(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > LONGEST || FORBIDDEN.test(text)) return undefined;
  const name = domainToASCII(text);
  const labels = name.split('.');
  const isName = labels.length >= 2 && labels.every((label) => LABEL.test(label)) && TOP_LABEL.test(labels.at(-1) ?? '');
  return isName && name.length <= LONGEST ? name : undefined;
}

/** A host name; it arrives at the use case in its canonical form. */
export function IsHostName(): PropertyDecorator {
  const transform = Transform(({ value }: { value: unknown }) => canonicalHostName(value) ?? value);
  const check = rule(
    'host_name',
    `a host name of at most ${LONGEST} characters like pay.shop.example, without scheme, port, path or wildcard`,
    (value) => canonicalHostName(value) !== undefined,
  );
  return (target, property) => {
    transform(target, property);
    check(target, property);
  };
}
