import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What travels with a piece of work through every await, log line and message it causes. */
export interface RequestContext {
  requestId: string;
  /** W3C trace context as received. */
  traceparent?: string;
  /** Who asked: `api_key:<id>`, `user:<id>`, `buyer`, `system`. */
  actor?: string;
  /** What the actor is called, for people who read the audit log. */
  actorName?: string;
  organizationId?: string;
  /** Address of the client, behind trusted proxies. */
  address?: string;
  userAgent?: string;
  /** The answer is that of an earlier request with the same Idempotency-Key. */
  replayed?: boolean;
}

const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

const storage = new AsyncLocalStorage<RequestContext>();

export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

export function newRequestId(): string {
  return randomUUID();
}

/** The caller's request id when it is safe to log and echo, else a new one. */
export function acceptRequestId(received: unknown): string {
  return typeof received === 'string' && REQUEST_ID.test(received) ? received : newRequestId();
}

/** The caller's trace context when it is well-formed. */
export function acceptTraceparent(received: unknown): string | undefined {
  return typeof received === 'string' && TRACEPARENT.test(received) ? received : undefined;
}
