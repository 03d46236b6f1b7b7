import { ipnStatus, isIpnStatusCode } from './ipn-status.js';
import type { IpnStatusCode, IpnStatusName } from './ipn-status.js';

/** Which form of the notification a site receives; chosen per site, never negotiated. */
export type IpnVersion = 1 | 2;

/** What a notification announces. */
export interface IpnFacts {
  /** Becomes `id`, 1–64 characters. */
  transactionId: string;
  /** The merchant's own order reference, 1–64 characters; left out of the body when absent. */
  externalReference?: string;
  status: IpnStatusName;
  /** `[A-Za-z0-9._:-]{1,128}`, the same on every attempt. */
  deliveryId: string;
  /** Rises with every status of the transaction, from 1. */
  eventVersion: number;
  /** When the transaction reached the status. */
  occurredAt: Date;
  /** The buyer's session, `[A-Za-z0-9._:-]{1,128}`. */
  sessionPublicId: string;
}

/** The parsed body of version 1. */
export interface IpnV1 {
  id: string;
  externalReference?: string;
  status: IpnStatusCode;
}

/** The parsed body of version 2. */
export interface IpnV2 extends IpnV1 {
  schemaVersion: 2;
  deliveryId: string;
  eventVersion: number;
  /** ISO 8601, UTC. */
  occurredAt: string;
  sessionPublicId: string;
}

const TOKEN = /^[A-Za-z0-9._:-]{1,128}$/;

/**
 * The body of a notification. Its UTF-8 bytes are what is stored, signed and sent on every attempt.
 * @throws RangeError when a fact breaks a limit that receivers enforce.
 */
export function buildIpnBody(version: IpnVersion, facts: IpnFacts): string {
  const v1: IpnV1 = { id: reference('transactionId', facts.transactionId), status: ipnStatus(facts.status) };
  const named: IpnV1 = facts.externalReference
    ? { id: v1.id, externalReference: reference('externalReference', facts.externalReference), status: v1.status }
    : v1;
  if (version === 1) return JSON.stringify(named);
  if (!Number.isSafeInteger(facts.eventVersion) || facts.eventVersion < 1) throw new RangeError('eventVersion must be a positive integer');
  const v2: IpnV2 = {
    ...named,
    schemaVersion: 2,
    deliveryId: token('deliveryId', facts.deliveryId),
    eventVersion: facts.eventVersion,
    occurredAt: facts.occurredAt.toISOString(),
    sessionPublicId: token('sessionPublicId', facts.sessionPublicId),
  };
  return JSON.stringify(v2);
}

/** Reads a received body. Undefined when it is not a notification of either version. */
export function parseIpnBody(body: string): IpnV1 | IpnV2 | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const candidate = value as Partial<Record<keyof IpnV2, unknown>>;
  if (!isReference(candidate.id) || !isIpnStatusCode(candidate.status)) return undefined;
  if (candidate.externalReference !== undefined && !isReference(candidate.externalReference)) return undefined;
  if (candidate.schemaVersion === undefined) return value as IpnV1;
  const complete =
    candidate.schemaVersion === 2 &&
    isToken(candidate.deliveryId) &&
    isToken(candidate.sessionPublicId) &&
    Number.isSafeInteger(candidate.eventVersion) &&
    Number(candidate.eventVersion) > 0 &&
    typeof candidate.occurredAt === 'string' &&
    !Number.isNaN(Date.parse(candidate.occurredAt));
  return complete ? (value as IpnV2) : undefined;
}

export function isIpnV2(notification: IpnV1 | IpnV2): notification is IpnV2 {
  return 'schemaVersion' in notification;
}

function reference(field: string, value: string): string {
  if (!isReference(value)) throw new RangeError(`${field} must have 1 to 64 characters`);
  return value;
}

function token(field: string, value: string): string {
  if (!isToken(value)) throw new RangeError(`${field} must match ${TOKEN.source}`);
  return value;
}

function isReference(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= 64;
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && TOKEN.test(value);
}
