import { DomainError } from '@paygate/kernel';
import type Stripe from 'stripe';
import { isObject, metadataOf } from './stripe-fields.js';
import { StripeRefused } from './stripe-client.js';
import type { StripeAccess, StripeClient } from './stripe-client.js';

/** Stripe promises new payments to its search within a minute, and in an outage within an hour. */
const SEARCH_LAG_S = 3_600;
const PAGE = 100;
/** Further back nobody pages: better no answer than a wrong "never heard of it". */
const MOST_LISTED = 5_000;

/**
 * The id of a transaction's PaymentIntent, when only the transaction is known. Searching is quick but lags behind, so what
 * it does not find is looked for in the list of the newest payments, which is always complete. Where an account may not
 * search (India, restricted keys) the list alone decides, and has to be read to its end.
 * @throws StripeRefused; DomainError provider_error also when the list is too long to be read
 */
export async function findIntent(
  client: StripeClient,
  access: StripeAccess,
  transactionId: string,
  now: Date,
): Promise<string | undefined> {
  const search = await searched(client, access, transactionId);
  if (search.found !== undefined) return search.found;
  const created = search.possible ? { gte: Math.floor(now.getTime() / 1000) - SEARCH_LAG_S } : undefined;
  return client.call(access, async (stripe) => {
    let seen = 0;
    for await (const intent of stripe.paymentIntents.list({ limit: PAGE, created })) {
      if (isOf(intent, transactionId)) return intent.id;
      if (++seen >= MOST_LISTED)
        throw new DomainError('provider_error', 'The payment provider has too many payments to find one among them.');
    }
    return undefined;
  });
}

async function searched(client: StripeClient, access: StripeAccess, transactionId: string): Promise<{ possible: boolean; found?: string }> {
  // Between quotes; our ids have no quotes, and what has some is no id of ours.
  if (!/^[\w-]+$/.test(transactionId)) return { possible: true };
  const query = `metadata['transactionId']:'${transactionId}'`;
  try {
    const { data } = await client.call(access, (stripe) => stripe.paymentIntents.search({ query, limit: 10 }));
    return { possible: true, found: data.find((intent) => isOf(intent, transactionId))?.id };
  } catch (error) {
    if (error instanceof StripeRefused && error.status !== 401) return { possible: false };
    throw error;
  }
}

function isOf(intent: Stripe.PaymentIntent, transactionId: string): boolean {
  return isObject(intent) && metadataOf(intent, 'transactionId') === transactionId;
}
