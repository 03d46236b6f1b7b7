import { DomainError } from '@paygate/kernel';
import { textIn } from '../json-reading.js';
import type { ProviderPayment } from '../provider-adapter.js';
import type { GoCardlessClient } from './gocardless-client.js';
import { collectedPayment, openPayment, readBillingRequest, readCollection, readHistory } from './gocardless-translation.js';
import type { BillingRequest, Collection, History } from './gocardless-translation.js';

/** How the payment of a billing request stands, and what was collected under its mandate, if anything was. */
export interface Standing {
  readonly request: BillingRequest;
  readonly payment: ProviderPayment;
  readonly collection?: Collection;
}

/** Undefined when GoCardless never heard of the billing request. @throws DomainError provider_error */
export async function standingById(client: GoCardlessClient, id: string): Promise<Standing | undefined> {
  const body = await client.find('billing_requests', id);
  return body && standingOf(client, requestIn(body));
}

/** A payment is a billing request, then its mandate, then what we collect under that: each is asked for in turn. */
export async function standingOf(client: GoCardlessClient, request: BillingRequest): Promise<Standing> {
  const { id, status, mandate, transactionId } = request;
  if (status !== 'fulfilled' || mandate === undefined) return { request, payment: openPayment(request, undefined) };
  const collections = (await client.list('payments', { mandate })).map(collectionIn);
  const collection = collections.find((candidate) => candidate.transactionId === transactionId);
  if (!collection) {
    const mandateStatus = textIn(await client.find('mandates', mandate), 'status');
    return { request, payment: openPayment(request, mandateStatus) };
  }
  const history = await historyOf(client, collection);
  return { request, collection, payment: collectedPayment(collection, { reference: id, transactionId }, history) };
}

/** Only a failed collection has one that matters. */
export async function historyOf(client: GoCardlessClient, { id, status }: Collection): Promise<History | undefined> {
  if (status !== 'failed') return undefined;
  return readHistory(await client.list('events', { payment: id, resource_type: 'payments' }));
}

export function requestIn(body: unknown): BillingRequest {
  return readBillingRequest(body) ?? unreadable();
}

export function collectionIn(body: unknown): Collection {
  return readCollection(body) ?? unreadable();
}

function unreadable(): never {
  throw new DomainError('provider_error', 'The payment provider gave an answer we cannot read.');
}
