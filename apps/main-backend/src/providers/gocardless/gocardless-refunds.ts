import { DomainError } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { undecided } from '../json-api.js';
import { ProviderRefusal } from '../provider-adapter.js';
import type { ProviderRefund, RefundRequest } from '../provider-adapter.js';
import type { GoCardlessClient } from './gocardless-client.js';
import { reasonIn, refusalOf, REFUSALS } from './gocardless-errors.js';
import { collectionIn, standingById } from './gocardless-standing.js';
import { readRefund, refundFields, refundIdIn } from './gocardless-translation.js';
import type { Collection } from './gocardless-translation.js';

/** Refunds of one payment that meet each other have to agree on the total. */
const MOST_TRIES = 4;

const NOT_PAID = { code: 'payment_not_paid', message: 'Nothing was collected for this payment.' };

/** Refunds at GoCardless. */
export class GoCardlessRefunds {
  constructor(private readonly clock: Clock) {}

  /** @throws ProviderRefusal; anything else thrown leaves the outcome unknown */
  async create(client: GoCardlessClient, request: RefundRequest): Promise<ProviderRefund> {
    const { refundId, paymentReference } = request;
    let collection = (await standingById(client, paymentReference))?.collection;
    if (!collection) throw new ProviderRefusal(NOT_PAID);
    const known = await this.byOurId(client, collection, refundId);
    if (known) return this.refundOf(known, paymentReference);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const created = await client.create('refunds', refundFields(request, collection), refundId);
      if ('made' in created) return this.refundOf(created.made, paymentReference);
      const { refused } = created;
      if (reasonIn(refused) !== 'total_amount_confirmation_invalid')
        throw REFUSALS.has(refused.status) ? refusalOf(refused) : undecided(refused);
      // Another refund came in between, and nothing was made of this one.
      collection = collectionIn(await client.find('payments', collection.id));
    }
    throw new DomainError('provider_error', 'The payment provider is busy with other refunds of this payment.');
  }

  async lookUp(
    client: GoCardlessClient,
    { refundId, paymentReference, reference }: { refundId: string; paymentReference: string; reference?: string },
  ): Promise<ProviderRefund | undefined> {
    if (reference !== undefined) {
      const body = await client.find('refunds', reference);
      return body && this.refundOf(body, paymentReference);
    }
    const collection = (await standingById(client, paymentReference))?.collection;
    const body = collection && (await this.byOurId(client, collection, refundId));
    return body === undefined ? undefined : this.refundOf(body, paymentReference);
  }

  private async byOurId(client: GoCardlessClient, { id }: Collection, refundId: string): Promise<unknown> {
    return (await client.list('refunds', { payment: id })).find((entry) => refundIdIn(entry) === refundId);
  }

  private refundOf(body: unknown, paymentReference: string): ProviderRefund {
    const refund = readRefund(body, paymentReference, this.clock.now());
    if (!refund) throw new DomainError('provider_error', 'The payment provider gave an answer we cannot read.');
    return refund;
  }
}
