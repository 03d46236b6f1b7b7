import { randomBytes, randomInt } from 'node:crypto';

/** Characters of short codes: no 0/O, 1/l/I, so a code can be read aloud and typed. */
export const SHORT_CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
/** Random bytes are fetched in stock: asking for a few at a time costs far more than the bytes. Each is handed out once. */
const STOCK_BYTES = 4096;
let stock = Buffer.alloc(0);

const processPart = randomBytes(5).toString('hex');
let counter = randomInt(0x1000000);

/** A new 24-hex MongoDB ObjectId: seconds, process, counter. Sorts by creation time to the second. */
export function newObjectId(now: Date = new Date()): string {
  counter = (counter + 1) % 0x1000000;
  const seconds = Math.floor(now.getTime() / 1000)
    .toString(16)
    .padStart(8, '0');
  return seconds + processPart + counter.toString(16).padStart(6, '0');
}

export function isObjectId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{24}$/.test(value);
}

/** `<prefix>_` and 26 characters that sort by time, e.g. `dlv_01jd…`: 48 bits of milliseconds, 82 of randomness. */
export function newPrefixedId(prefix: string, now: Date = new Date()): string {
  let time = now.getTime();
  let head = '';
  for (let i = 0; i < 10; i++) {
    head = CROCKFORD.charAt(time % 32) + head;
    time = Math.floor(time / 32);
  }
  return `${prefix}_${head}${randomToken(16, CROCKFORD)}`;
}

/** Unguessable text of `length` characters, each drawn evenly from `alphabet`. */
export function randomToken(length: number, alphabet: string = SHORT_CODE_ALPHABET): string {
  let token = '';
  // Bytes beyond the largest multiple of the alphabet are thrown away: a plain modulo would favour its first letters.
  const limit = 256 - (256 % alphabet.length);
  while (token.length < length) {
    for (const byte of entropy(length * 2)) {
      if (byte < limit && token.length < length) token += alphabet.charAt(byte % alphabet.length);
    }
  }
  return token;
}

function entropy(length: number): Buffer {
  if (length > STOCK_BYTES) return randomBytes(length);
  if (stock.length < length) stock = randomBytes(STOCK_BYTES);
  const bytes = stock.subarray(0, length);
  stock = stock.subarray(length);
  return bytes;
}
