import { headers } from '@nats-io/transport-node';
import type { MsgHdrs } from '@nats-io/transport-node';
import { acceptRequestId, acceptTraceparent, currentContext, newRequestId } from '@paygate/nest-kit';
import type { RequestContext } from '@paygate/nest-kit';

const NAMES = {
  requestId: 'x-request-id',
  traceparent: 'traceparent',
  actor: 'x-actor',
  organizationId: 'x-organization-id',
} as const;

const VALUE_LIMIT = 256;

/** The context of the work being done now, or a new one when there is none (a job, a test). */
export function contextHeaders(): MsgHdrs {
  const context = currentContext() ?? { requestId: newRequestId() };
  const result = headers();
  for (const key of ['requestId', 'traceparent', 'actor', 'organizationId'] as const) {
    const value = context[key];
    if (value) result.set(NAMES[key], value);
  }
  return result;
}

/** What the sender said; a missing request id is replaced by a new one. */
export function readContext(received: MsgHdrs | undefined): RequestContext {
  const value = (name: string): string | undefined => received?.get(name).slice(0, VALUE_LIMIT) || undefined;
  return {
    requestId: acceptRequestId(value(NAMES.requestId)),
    traceparent: acceptTraceparent(value(NAMES.traceparent)),
    actor: value(NAMES.actor),
    organizationId: value(NAMES.organizationId),
  };
}
