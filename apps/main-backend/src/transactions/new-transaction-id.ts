import { randomBytes } from 'node:crypto';

/**
 * A 24-hex id that sorts by its second and cannot be guessed: the other eight bytes are random. Usual ObjectIds count up,
 * and buyers ask about transactions without any other credential than the id.
 */
export function newTransactionId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
    .toString(16)
    .padStart(8, '0');
  return seconds + randomBytes(8).toString('hex');
}
