import { verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { HookHeaders } from '../provider-adapter.js';

/** What PayPal sends beside a notification. */
export interface Transmission {
  readonly id: string;
  readonly time: string;
  readonly signature: Buffer;
  readonly certificateUrl: string;
}

/** Undefined when a header is missing, or names another method of signing than the one PayPal documents. */
export function readTransmission(headers: HookHeaders): Transmission | undefined {
  const [id, time, signature, certificateUrl, method] = [
    'transmission-id',
    'transmission-time',
    'transmission-sig',
    'cert-url',
    'auth-algo',
  ].map((name) => headers[`paypal-${name}`]);
  if (typeof id !== 'string' || typeof time !== 'string' || typeof signature !== 'string' || typeof certificateUrl !== 'string')
    return undefined;
  if (method !== 'SHA256withRSA') return undefined;
  return { id, time, signature: Buffer.from(signature, 'base64'), certificateUrl };
}

/**
 * PayPal signs the ids of the transmission and of our webhook, the time, and a CRC-32 of the body. A CRC-32 is easily forged by
 * whoever has seen one genuine transmission, so nothing of the body may be believed but what it is about.
 */
export function isSignedByPaypal(transmission: Transmission, webhookId: string, rawBody: Buffer, key: KeyObject): boolean {
  const { id, time, signature } = transmission;
  return verify('RSA-SHA256', Buffer.from(`${id}|${time}|${webhookId}|${crc32(rawBody)}`), key, signature);
}
