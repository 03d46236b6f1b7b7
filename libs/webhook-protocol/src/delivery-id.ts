import { newPrefixedId } from '@paygate/kernel';

const PREFIX = 'dlv_';
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const DELIVERY_ID = /^dlv_[0-7][0-9a-hjkmnp-tv-z]{25}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Bits 48–51 of a UUID say its version, bits 64 and 65 its variant. */
const FIXED_BITS = (0xfn << 76n) | (3n << 62n);
const VERSION_7 = (7n << 76n) | (2n << 62n);

/** A new delivery id: `dlv_` and 26 characters that sort by time and that are a UUID (version 7) in other clothes. */
export function newDeliveryId(now: Date): string {
  return fromBits(withVersion(toBits(newPrefixedId('dlv', now))));
}

/**
 * The id as a UUID, for families whose receivers keep it in a column or field of that type.
 * @throws RangeError when it is not `dlv_` and 26 characters of Crockford's base 32
 */
export function deliveryUuid(deliveryId: string): string {
  const hex = withVersion(toBits(deliveryId)).toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The delivery a receiver speaks of when it names a UUID. Undefined when it is none of ours. */
export function deliveryIdOfUuid(uuid: string): string | undefined {
  return UUID_V7.test(uuid) ? fromBits(BigInt(`0x${uuid.replaceAll('-', '')}`)) : undefined;
}

function toBits(deliveryId: string): bigint {
  if (!DELIVERY_ID.test(deliveryId)) throw new RangeError('a delivery id is dlv_ followed by 26 characters of base 32');
  let bits = 0n;
  for (const character of deliveryId.slice(PREFIX.length)) bits = (bits << 5n) | BigInt(CROCKFORD.indexOf(character));
  return bits;
}

function fromBits(bits: bigint): string {
  let text = '';
  for (let at = 0n; at < 26n; at += 1n) text = CROCKFORD.charAt(Number((bits >> (at * 5n)) & 31n)) + text;
  return PREFIX + text;
}

function withVersion(bits: bigint): bigint {
  return (bits & ~FIXED_BITS) | VERSION_7;
}
