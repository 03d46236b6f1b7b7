import { newObjectId } from '@paygate/kernel';
import type { DemoSeed } from '../stack/stack.js';

export const STATUS_CHANGED = 'main.event.transaction.status-changed.v1';

/** What a measurement says of a status change; the rest is made up. */
export interface StatusFacts {
  readonly ipnUrl: string;
  readonly eventId?: string;
  readonly transactionId?: string;
  readonly externalReference?: string;
  readonly status?: string;
  readonly eventVersion?: number;
}

/** The event of one payment. By default a success, each of another transaction and reference: nothing supersedes anything. */
export function statusEvent(seed: DemoSeed, facts: StatusFacts): { id: string } & Record<string, unknown> {
  const occurredAt = new Date().toISOString();
  const transactionId = facts.transactionId ?? newObjectId();
  return {
    id: facts.eventId ?? newObjectId(),
    occurredAt,
    requestId: `bench-${transactionId}`,
    payload: {
      organizationId: seed.organizationId,
      livemode: false,
      siteId: seed.siteId,
      providerId: seed.providerId,
      checkoutId: newObjectId(),
      sessionPublicId: `bench-${transactionId}`,
      externalReference: facts.externalReference ?? `bench-${transactionId}`,
      transactionId,
      status: facts.status ?? 'succeeded',
      previousStatus: 'initiated',
      eventVersion: facts.eventVersion ?? 2,
      amount: 4900,
      currency: 'EUR',
      occurredAt,
      ipnUrl: facts.ipnUrl,
    },
  };
}
