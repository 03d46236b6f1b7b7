import { bytesOf, readHeader, readSentAt, secretsOf } from '../signing/received.js';
import type { CommonRefusal, ReceivedNotification } from '../signing/received.js';
import { sameText } from '../signing/same-text.js';
import { signingKeys } from '../signing/signing-secret.js';
import { hasStandardSignature } from '../signing/standard-signature.js';
import type { SigningKeys } from '../signing/signing-secret.js';
import { isIpnTest, isIpnV2, parseIpnBody } from './ipn-body.js';
import type { IpnNotification, IpnVersion } from './ipn-body.js';
import { IPN_HEADERS, ipnSignature } from './sign-ipn.js';

export type VerifyIpnInput = ReceivedNotification;

export type IpnRefusal = CommonRefusal | 'version_unknown' | 'version_mismatch' | 'delivery_id_mismatch';

export type IpnVerification =
  { ok: true; version: IpnVersion; deliveryId: string; sentAt: Date; notification: IpnNotification } | { ok: false; reason: IpnRefusal };

/**
 * Checks a received notification: signature, age, and that headers and body speak of the same delivery.
 * Either signature family is enough, so a receiver that still has the old secret verifies during a rotation.
 * Never throws for anything a stranger can send.
 * @throws TypeError when the receiver's own secret is missing or malformed
 */
export function verifyIpn(input: VerifyIpnInput): IpnVerification {
  const keys = secretsOf(input).map(signingKeys);
  const seconds = readHeader(input.headers, IPN_HEADERS.timestamp);
  const signature = readHeader(input.headers, IPN_HEADERS.signature);
  if (seconds === undefined || signature === undefined) return refuse('header_missing');
  const sentAt = readSentAt(seconds, input);
  if (typeof sentAt === 'string') return refuse(sentAt);
  const body = bytesOf(input);
  if (!keys.some((key) => sameText(signature, ipnSignature(key, seconds, body))) && !matchesStandard(keys, seconds, body, input)) {
    return refuse('signature_mismatch');
  }
  return readVerified(body, input, sentAt);
}

function readVerified(body: Uint8Array, { headers }: VerifyIpnInput, sentAt: Date): IpnVerification {
  const announced = readHeader(headers, IPN_HEADERS.version) ?? '1';
  if (announced !== '1' && announced !== '2') return refuse('version_unknown');
  const version: IpnVersion = announced === '2' ? 2 : 1;
  const notification = parseIpnBody(Buffer.from(body).toString('utf8'));
  if (!notification) return refuse('body_unreadable');
  const isSecond = isIpnV2(notification) || isIpnTest(notification);
  if (isSecond !== (version === 2)) return refuse('version_mismatch');
  // Three places can name the delivery; those that do must agree.
  const [deliveryId = '', ...others] = [
    isSecond ? notification.deliveryId : undefined,
    readHeader(headers, IPN_HEADERS.standardId),
    readHeader(headers, IPN_HEADERS.deliveryId),
  ].filter((id) => id !== undefined);
  if (others.some((id) => id !== deliveryId)) return refuse('delivery_id_mismatch');
  return { ok: true, version, deliveryId, sentAt, notification };
}

function matchesStandard(keys: readonly SigningKeys[], seconds: string, body: Uint8Array, { headers }: VerifyIpnInput): boolean {
  const id = readHeader(headers, IPN_HEADERS.standardId);
  const signatures = readHeader(headers, IPN_HEADERS.standardSignature);
  // Both families carry the same instant; a second, different one would escape the age check.
  if (id === undefined || signatures === undefined || readHeader(headers, IPN_HEADERS.standardTimestamp) !== seconds) return false;
  return hasStandardSignature(keys, { id, seconds, body }, signatures);
}

function refuse(reason: IpnRefusal): IpnVerification {
  return { ok: false, reason };
}
