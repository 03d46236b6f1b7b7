import { timingSafeEqual } from 'node:crypto';
import { isIpnV2, parseIpnBody } from './ipn-body.js';
import type { IpnV1, IpnV2, IpnVersion } from './ipn-body.js';
import { IPN_HEADERS, plainSignature, standardSignature } from './sign-ipn.js';

/** Header bags of Node, Express, Fastify (`IncomingHttpHeaders`) and of the fetch API. */
export type ReceivedHeaders = Headers | Readonly<Record<string, string | string[] | undefined>>;

export interface VerifyIpnInput {
  /** The site's signing secret, or several while you replace it. */
  secret: string | readonly string[];
  headers: ReceivedHeaders;
  /** The raw bytes as received. A body that was parsed and serialised again does not verify. */
  body: string | Uint8Array;
  /** Default: the present. */
  now?: Date;
  /** How far the timestamp may be from `now`, in either direction. Default 300. */
  toleranceSeconds?: number;
}

export type IpnRefusal =
  | 'header_missing'
  | 'timestamp_malformed'
  | 'timestamp_out_of_tolerance'
  | 'signature_mismatch'
  | 'body_unreadable'
  | 'version_unknown'
  | 'version_mismatch'
  | 'delivery_id_mismatch';

export type IpnVerification =
  { ok: true; version: IpnVersion; deliveryId: string; sentAt: Date; notification: IpnV1 | IpnV2 } | { ok: false; reason: IpnRefusal };

/**
 * Checks a received notification: signature, age, and that headers and body speak of the same delivery.
 * Either signature family is enough, so a receiver that still has the old secret verifies during a rotation.
 * Never throws for anything a stranger can send.
 */
export function verifyIpn(input: VerifyIpnInput): IpnVerification {
  const secrets = typeof input.secret === 'string' ? [input.secret] : input.secret;
  const body = typeof input.body === 'string' ? input.body : Buffer.from(input.body).toString('utf8');
  const seconds = header(input.headers, IPN_HEADERS.timestamp);
  const signature = header(input.headers, IPN_HEADERS.signature);
  if (seconds === undefined || signature === undefined) return refuse('header_missing');
  if (!/^\d{1,12}$/.test(seconds)) return refuse('timestamp_malformed');
  const sentAt = new Date(Number(seconds) * 1000);
  const distance = Math.abs((input.now ?? new Date()).getTime() - sentAt.getTime());
  if (distance > (input.toleranceSeconds ?? 300) * 1000) return refuse('timestamp_out_of_tolerance');
  if (!secrets.some((secret) => matchesPlain(secret, seconds, body, signature) || matchesStandard(secret, seconds, body, input.headers))) {
    return refuse('signature_mismatch');
  }
  return readVerified(body, input.headers, sentAt);
}

function readVerified(body: string, headers: ReceivedHeaders, sentAt: Date): IpnVerification {
  const announced = header(headers, IPN_HEADERS.version) ?? '1';
  if (announced !== '1' && announced !== '2') return refuse('version_unknown');
  const version: IpnVersion = announced === '2' ? 2 : 1;
  const notification = parseIpnBody(body);
  if (!notification) return refuse('body_unreadable');
  if (isIpnV2(notification) !== (version === 2)) return refuse('version_mismatch');
  const deliveryId = header(headers, IPN_HEADERS.deliveryId) ?? header(headers, IPN_HEADERS.standardId) ?? '';
  if (isIpnV2(notification) && notification.deliveryId !== deliveryId) return refuse('delivery_id_mismatch');
  return { ok: true, version, deliveryId, sentAt, notification };
}

function matchesPlain(secret: string, seconds: string, body: string, received: string): boolean {
  return /^[0-9a-f]{64}$/.test(received) && timingSafeEqual(Buffer.from(received, 'hex'), plainSignature(secret, seconds, body));
}

function matchesStandard(secret: string, seconds: string, body: string, headers: ReceivedHeaders): boolean {
  const id = header(headers, IPN_HEADERS.standardId);
  const signatures = header(headers, IPN_HEADERS.standardSignature);
  // Both families carry the same instant; a second, different one would escape the age check.
  if (id === undefined || signatures === undefined || header(headers, IPN_HEADERS.standardTimestamp) !== seconds) return false;
  const expected = standardSignature(secret, id, seconds, body);
  return signatures.split(' ').some((versioned) => {
    const received = Buffer.from(versioned.startsWith('v1,') ? versioned.slice(3) : '', 'base64');
    return received.length === expected.length && timingSafeEqual(received, expected);
  });
}

function header(headers: ReceivedHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const wanted = name.toLowerCase();
  const key = Object.hasOwn(headers, wanted) ? wanted : Object.keys(headers).find((candidate) => candidate.toLowerCase() === wanted);
  const value = key === undefined ? undefined : headers[key];
  return Array.isArray(value) ? value[0] : value;
}

function refuse(reason: IpnRefusal): IpnVerification {
  return { ok: false, reason };
}
