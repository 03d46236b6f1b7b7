import { createHmac } from 'node:crypto';
import { keysOfAttempt, unixSeconds } from '../signing/attempt.js';
import type { AttemptToSign } from '../signing/attempt.js';
import { signingKeys } from '../signing/signing-secret.js';
import type { SigningKeys } from '../signing/signing-secret.js';
import { STANDARD_HEADERS, standardHeaders } from '../signing/standard-signature.js';
import type { IpnVersion } from './ipn-body.js';

/** Names of the headers, in the spelling they are sent with. HTTP does not distinguish case. */
export const IPN_HEADERS = {
  timestamp: 'X-Signature-Timestamp',
  signature: 'X-Signature-HMAC-SHA256',
  version: 'X-IPN-Version',
  deliveryId: 'X-IPN-Delivery-ID',
  standardId: STANDARD_HEADERS.id,
  standardTimestamp: STANDARD_HEADERS.timestamp,
  standardSignature: STANDARD_HEADERS.signature,
} as const;

export type IpnHeaders = Record<(typeof IPN_HEADERS)[keyof typeof IPN_HEADERS], string>;

export interface SignIpnInput extends AttemptToSign {
  version: IpnVersion;
}

/**
 * The headers of one attempt, in both signature families. The single-valued `X-Signature-HMAC-SHA256` is made with the
 * current secret; `webhook-signature` has one value for each live secret.
 * @throws TypeError when there is no secret or one is malformed.
 */
export function signIpn(input: SignIpnInput): IpnHeaders {
  const { current, all } = keysOfAttempt(input.secrets, signingKeys);
  const seconds = unixSeconds(input.timestamp);
  return {
    [IPN_HEADERS.timestamp]: seconds,
    [IPN_HEADERS.signature]: ipnSignature(current, seconds, input.body),
    [IPN_HEADERS.version]: input.version.toString(),
    [IPN_HEADERS.deliveryId]: input.deliveryId,
    ...standardHeaders(all, { id: input.deliveryId, seconds, body: input.body }),
  };
}

/** Hexadecimal HMAC-SHA256 of `{timestamp}.{body}`. */
export function ipnSignature(keys: SigningKeys, seconds: string, body: string | Uint8Array): string {
  return createHmac('sha256', keys.plain).update(`${seconds}.`).update(body).digest('hex');
}
