import { DomainError } from '@paygate/kernel';
import { dateIn, listIn, objectIn, textIn } from '../json-reading.js';
import type { ProviderEvent, ProviderSubject } from '../provider-adapter.js';
import type { GoCardlessClient } from './gocardless-client.js';
import { collectionIn, historyOf, requestIn, standingOf } from './gocardless-standing.js';
import { collectedPayment, disputeIn, isLateFailure, readRefund, refundTold } from './gocardless-translation.js';
import type { Collection, History } from './gocardless-translation.js';

/** GoCardless sends up to 250 events at once, and hangs up after ten seconds. */
const AT_ONCE = 8;

/** Of a billing request, those after which its payment stands differently. */
const REQUEST_ACTIONS: ReadonlySet<string> = new Set(['fulfilled', 'cancelled']);
/** Of a collection, those that say nothing of the money of the buyer. */
const IDLE_ACTIONS: ReadonlySet<string> = new Set(['surcharge_fee_credited', 'surcharge_fee_debited', 'tax_exchange_rate_confirmed']);

/** A collection of ours, with the payment it belongs to. */
interface Collected {
  readonly collection: Collection;
  readonly history?: History;
  readonly reference: string;
  readonly transactionId: string;
}

/** The events of one notification. @throws DomainError webhook_payload_invalid */
export function eventsIn(rawBody: Buffer): readonly unknown[] {
  const events = listIn(parse(rawBody), 'events');
  if (!events?.every(isEvent)) throw new DomainError('webhook_payload_invalid');
  return events;
}

/**
 * Events name what changed, and little more: what it is has to be asked for. That is how it stands by now, which may be more
 * than the event tells; an older event never brings back an older state.
 */
export class EventReader {
  private readonly collections = new Map<string, Promise<Collected | undefined>>();

  constructor(private readonly client: GoCardlessClient) {}

  /** @throws DomainError provider_error when GoCardless could not be asked */
  async read(events: readonly unknown[]): Promise<readonly ProviderEvent[]> {
    const read: ProviderEvent[] = [];
    for (let start = 0; start < events.length; start += AT_ONCE) {
      read.push(...(await Promise.all(events.slice(start, start + AT_ONCE).map((event) => this.one(event)))));
    }
    return read;
  }

  private async one(event: unknown): Promise<ProviderEvent> {
    const [id, resource, action, occurredAt] = partsOf(event);
    if (id === undefined || occurredAt === undefined) throw new DomainError('webhook_payload_invalid');
    return { id, type: `${resource ?? ''}.${action ?? ''}`, occurredAt, subject: await this.subject(event, resource, action ?? '') };
  }

  private async subject(event: unknown, resource: string | undefined, action: string): Promise<ProviderSubject | undefined> {
    const links = objectIn(event, 'links');
    switch (resource) {
      case 'billing_requests':
        return REQUEST_ACTIONS.has(action) ? this.request(textIn(links, 'billing_request')) : undefined;
      case 'payments':
        return IDLE_ACTIONS.has(action) ? undefined : this.payment(event, textIn(links, 'payment'));
      case 'refunds':
        return this.refund(event, textIn(links, 'refund'));
      default:
        // Of mandates, too: what a mandate's end does to a payment comes as an event of the payment, or is found when it is looked up.
        return undefined;
    }
  }

  private async request(id: string | undefined): Promise<ProviderSubject | undefined> {
    const body = id === undefined ? undefined : await this.client.find('billing_requests', id);
    // The merchant uses its GoCardless account for other things, too.
    if (body === undefined || textIn(objectIn(body, 'metadata'), 'transactionId') === undefined) return undefined;
    return { kind: 'payment', payment: (await standingOf(this.client, requestIn(body))).payment };
  }

  private async payment(event: unknown, id: string | undefined): Promise<ProviderSubject | undefined> {
    const collected = await this.collected(id);
    if (!collected) return undefined;
    const { collection, history, reference, transactionId } = collected;
    const of = { paymentReference: reference, transactionId };
    const dispute = disputeIn(event, collection, of, isLateFailure(collection, history));
    if (dispute) return { kind: 'dispute', dispute };
    return { kind: 'payment', payment: collectedPayment(collection, { reference, transactionId }, history) };
  }

  private async refund(event: unknown, id: string | undefined): Promise<ProviderSubject | undefined> {
    const body = id === undefined ? undefined : await this.client.find('refunds', id);
    const collected = await this.collected(textIn(objectIn(body, 'links'), 'payment'));
    const occurredAt = dateIn(event, 'created_at');
    const refund = collected && occurredAt && readRefund(body, collected.reference, occurredAt);
    const told = refund && refundTold(event, refund);
    return told && { kind: 'refund', refund: { ...told, transactionId: collected.transactionId } };
  }

  private collected(id: string | undefined): Promise<Collected | undefined> {
    if (id === undefined) return Promise.resolve(undefined);
    const known = this.collections.get(id) ?? this.ask(id);
    this.collections.set(id, known);
    return known;
  }

  private async ask(id: string): Promise<Collected | undefined> {
    const body = await this.client.find('payments', id);
    const collection = body && collectionIn(body);
    if (collection?.transactionId === undefined || collection.billingRequest === undefined) return undefined;
    const { billingRequest: reference, transactionId } = collection;
    return { collection, history: await historyOf(this.client, collection), reference, transactionId };
  }
}

function isEvent(event: unknown): boolean {
  return partsOf(event).every((part) => part !== undefined);
}

function partsOf(event: unknown): [string | undefined, string | undefined, string | undefined, Date | undefined] {
  return [textIn(event, 'id'), textIn(event, 'resource_type'), textIn(event, 'action'), dateIn(event, 'created_at')];
}

function parse(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new DomainError('webhook_payload_invalid');
  }
}
