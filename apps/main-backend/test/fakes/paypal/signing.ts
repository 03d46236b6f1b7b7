import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ArrivedNotification } from '../../support/provider-adapter.contract.js';
import { selfSigned } from './self-signed.js';

const DAY_MS = 24 * 3_600_000;

/** The key a fake PayPal signs its notifications with, and the certificates it shows for it. */
export class PaypalSigning {
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  /** By the last part of their address. */
  readonly certificates: ReadonlyMap<string, string>;

  constructor() {
    const now = Date.now();
    const certificate = (from: number, to: number): string =>
      selfSigned('messageverificationcerts.paypal.com', this.keys.publicKey, this.keys.privateKey, new Date(from), new Date(to));
    this.certificates = new Map([
      ['CERT-current', certificate(now - DAY_MS, now + DAY_MS)],
      ['CERT-expired', certificate(now - 2 * DAY_MS, now - DAY_MS)],
      ['CERT-unreadable', 'not a certificate'],
    ]);
  }

  /** The documented headers. @param certificateUrl where the certificate lies */
  headers(webhookId: string, rawBody: Buffer, certificateUrl: string): ArrivedNotification['headers'] {
    const id = randomUUID();
    const time = new Date().toISOString();
    const signature = sign('RSA-SHA256', Buffer.from(`${id}|${time}|${webhookId}|${crc32(rawBody)}`), this.keys.privateKey);
    return {
      'content-type': 'application/json',
      'paypal-transmission-id': id,
      'paypal-transmission-time': time,
      'paypal-transmission-sig': signature.toString('base64'),
      'paypal-cert-url': certificateUrl,
      'paypal-auth-algo': 'SHA256withRSA',
    };
  }
}
