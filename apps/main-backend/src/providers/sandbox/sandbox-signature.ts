import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the signature's time may be from ours, in either direction: older ones could be replayed. */
export const SIGNATURE_TOLERANCE_S = 300;

/**
 * Checks a `Sandbox-Signature` header (`t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">`) against the raw bytes. Several `v1`
 * may be there while a secret is being changed; one that fits is enough.
 */
export function isSignedBy(secret: string, rawBody: Buffer, header: string, now: Date): boolean {
  const parts = header.split(',').map((part) => part.trim().split('=', 2) as [string, string?]);
  const seconds = parts.find(([name]) => name === 't')?.[1];
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(seconds)) > SIGNATURE_TOLERANCE_S) return false;
  const expected = createHmac('sha256', secret).update(`${seconds}.`).update(rawBody).digest();
  return parts.some(([name, value]) => {
    if (name !== 'v1' || value === undefined || !/^[0-9a-f]{64}$/.test(value)) return false;
    return timingSafeEqual(Buffer.from(value, 'hex'), expected);
  });
}
