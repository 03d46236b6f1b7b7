import { createHmac } from 'node:crypto';
import type { IpnVersion } from './ipn-body.js';
import { plainKey, standardKey } from './signing-secret.js';

/** Names of the headers, in the spelling they are sent with. HTTP does not distinguish case. */
export const IPN_HEADERS = {
  timestamp: 'X-Signature-Timestamp',
  signature: 'X-Signature-HMAC-SHA256',
  version: 'X-IPN-Version',
  deliveryId: 'X-IPN-Delivery-ID',
  standardId: 'webhook-id',
  standardTimestamp: 'webhook-timestamp',
  standardSignature: 'webhook-signature',
} as const;

export type IpnHeaders = Record<(typeof IPN_HEADERS)[keyof typeof IPN_HEADERS], string>;

export interface SignIpnInput {
  /** Live secrets, the current one first. While a secret is being replaced the old one follows it. */
  secrets: readonly string[];
  /** Instant of this attempt. Fresh on every attempt, unlike the body. */
  timestamp: Date;
  deliveryId: string;
  body: string;
  version: IpnVersion;
}

/**
 * The headers of one attempt, in both signature families. The single-valued `X-Signature-HMAC-SHA256` is made with the
 * current secret; `webhook-signature` has one value for each live secret.
 * @throws TypeError when there is no secret or one is malformed.
 */
export function signIpn(input: SignIpnInput): IpnHeaders {
  const [current] = input.secrets;
  if (current === undefined) throw new TypeError('at least one signing secret is needed');
  const seconds = Math.floor(input.timestamp.getTime() / 1000).toString();
  return {
    [IPN_HEADERS.timestamp]: seconds,
    [IPN_HEADERS.signature]: plainSignature(current, seconds, input.body).toString('hex'),
    [IPN_HEADERS.version]: input.version.toString(),
    [IPN_HEADERS.deliveryId]: input.deliveryId,
    [IPN_HEADERS.standardId]: input.deliveryId,
    [IPN_HEADERS.standardTimestamp]: seconds,
    [IPN_HEADERS.standardSignature]: input.secrets
      .map((secret) => `v1,${standardSignature(secret, input.deliveryId, seconds, input.body).toString('base64')}`)
      .join(' '),
  };
}

/** HMAC-SHA256 of `{timestamp}.{body}`. */
export function plainSignature(secret: string, seconds: string, body: string): Buffer {
  return createHmac('sha256', plainKey(secret)).update(`${seconds}.${body}`).digest();
}

/** HMAC-SHA256 of `{id}.{timestamp}.{body}`. */
export function standardSignature(secret: string, id: string, seconds: string, body: string): Buffer {
  return createHmac('sha256', standardKey(secret)).update(`${id}.${seconds}.${body}`).digest();
}
