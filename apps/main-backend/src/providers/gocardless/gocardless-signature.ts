import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `Webhook-Signature` is the HMAC-SHA256 of the exact bytes under the secret of the endpoint, in hex. */
export function isSignedBy(secret: string, rawBody: Buffer, signature: string): boolean {
  const expected = createHmac('sha256', secret).update(rawBody).digest();
  const given = /^[0-9a-f]{64}$/i.test(signature) ? Buffer.from(signature, 'hex') : Buffer.alloc(0);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
