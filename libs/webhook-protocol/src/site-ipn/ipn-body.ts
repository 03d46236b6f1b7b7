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

/** A message that only tries the way: it announces no payment. Sent in the form of version 2. */
export interface IpnTest {
  schemaVersion: 2;
  eventType: 'ipn.test';
  deliveryId: string;
  /** ISO 8601, UTC. */
  occurredAt: string;
}

/** What may arrive at the address of a site. */
export type IpnNotification = IpnV1 | IpnV2 | IpnTest;

export type IpnTestFacts = Pick<IpnFacts, 'deliveryId' | 'occurredAt'>;

const TOKEN = /^[A-Za-z0-9._:-]{1,128}$/;

/**
 * The body of a notification. Its UTF-8 bytes are what is stored, signed and sent on every attempt.
 * @throws RangeError when a fact breaks a limit that receivers enforce.
 */
export function buildIpnBody(version: IpnVersion, facts: IpnFacts): string {
  const id = reference('transactionId', facts.transactionId);
  const externalReference = facts.externalReference ? reference('externalReference', facts.externalReference) : undefined;
  const status = ipnStatus(facts.status);
  // Fields that are undefined are left out; the order is part of the format.
  if (version === 1) return JSON.stringify({ id, externalReference, status } satisfies IpnV1);
  if (!Number.isSafeInteger(facts.eventVersion) || facts.eventVersion < 1) throw new RangeError('eventVersion must be a positive integer');
  return JSON.stringify({
    id,
    externalReference,
    status,
    schemaVersion: 2,
    deliveryId: token('deliveryId', facts.deliveryId),
    eventVersion: facts.eventVersion,
    occurredAt: facts.occurredAt.toISOString(),
    sessionPublicId: token('sessionPublicId', facts.sessionPublicId),
  } satisfies IpnV2);
}

/** The body of a test message. @throws RangeError as `buildIpnBody` */
export function buildIpnTestBody(facts: IpnTestFacts): string {
  const test: IpnTest = {
    schemaVersion: 2,
    eventType: 'ipn.test',
    deliveryId: token('deliveryId', facts.deliveryId),
    occurredAt: facts.occurredAt.toISOString(),
  };
  return JSON.stringify(test);
}

/** Reads a received body. Undefined when it is neither a notification of either version nor a test message. */
export function parseIpnBody(body: string): IpnNotification | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const candidate = value as Partial<Record<keyof IpnV2 | keyof IpnTest, unknown>>;
  if (candidate.eventType !== undefined) return isTest(candidate) ? (value as IpnTest) : undefined;
  if (!isReference(candidate.id) || !isIpnStatusCode(candidate.status)) return undefined;
  if (candidate.externalReference !== undefined && !isReference(candidate.externalReference)) return undefined;
  if (candidate.schemaVersion === undefined) return value as IpnV1;
  const complete =
    candidate.schemaVersion === 2 &&
    isToken(candidate.deliveryId) &&
    isToken(candidate.sessionPublicId) &&
    Number.isSafeInteger(candidate.eventVersion) &&
    Number(candidate.eventVersion) > 0 &&
    isInstant(candidate.occurredAt);
  return complete ? (value as IpnV2) : undefined;
}

export function isIpnV2(notification: IpnNotification): notification is IpnV2 {
  return 'schemaVersion' in notification && !isIpnTest(notification);
}

export function isIpnTest(notification: IpnNotification): notification is IpnTest {
  return 'eventType' in notification;
}

/** A test message that also names a payment is refused: a receiver could take it for one. */
function isTest(candidate: Partial<Record<keyof IpnV2 | keyof IpnTest, unknown>>): boolean {
  return (
    candidate.eventType === 'ipn.test' &&
    candidate.schemaVersion === 2 &&
    candidate.id === undefined &&
    candidate.status === undefined &&
    isToken(candidate.deliveryId) &&
    isInstant(candidate.occurredAt)
  );
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
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
