import { timingSafeEqual } from 'node:crypto';

/** Compares a received signature with the expected one without telling by the time it takes how much of it is right. */
export function sameText(received: string, expected: string): boolean {
  const left = Buffer.from(received, 'utf8');
  const right = Buffer.from(expected, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}
