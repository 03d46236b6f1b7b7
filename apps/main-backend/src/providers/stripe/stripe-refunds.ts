import type { Clock } from '@paygate/kernel';
import type Stripe from 'stripe';
import { ProviderRefusal } from '../provider-adapter.js';
import type { ProviderAccount, ProviderRefund, ProviderRefunds, RefundRequest } from '../provider-adapter.js';
import { accountOf, requireAccount } from './stripe-account.js';
import { toStripeAmount } from './stripe-amounts.js';
import type { StripeAccess, StripeClient } from './stripe-client.js';
import { idOf, isObject, metadataOf, textOf } from './stripe-fields.js';
import type { StripeObject } from './stripe-fields.js';
import { AMOUNT_REFUSED, asked, askedFor, CREDENTIALS_REFUSED, isReplay, refusalOf, unreadable } from './stripe-refusal.js';
import { readRefund } from './stripe-translation.js';

const PAGE = 100;
/** The reasons Stripe has words for; any other is kept in the metadata. */
const REASONS: ReadonlySet<string> = new Set([
  'duplicate',
  'fraudulent',
  'requested_by_customer',
] satisfies Stripe.RefundCreateParams.Reason[]);
const LONGEST_METADATA = 500;

/** Refunds of PaymentIntents, whole or in parts. Ours carry the refund's id and the transaction's in their metadata. */
export class StripeRefunds implements ProviderRefunds {
  readonly partial = true;

  constructor(
    private readonly client: StripeClient,
    private readonly clock: Clock,
  ) {}

  async create(account: ProviderAccount, request: RefundRequest): Promise<ProviderRefund> {
    const access = accountOf(account);
    if (!access) throw new ProviderRefusal(CREDENTIALS_REFUSED);
    const { refundId, transactionId, paymentReference, reason } = request;
    const amount = toStripeAmount(request.amount, request.currency);
    if (amount === undefined) throw new ProviderRefusal(AMOUNT_REFUSED);
    const params = {
      payment_intent: paymentReference,
      amount,
      reason: isReason(reason) ? reason : undefined,
      metadata: { refundId, transactionId, ...(reason ? { reason: reason.slice(0, LONGEST_METADATA) } : {}) },
    };
    const made = await this.client
      .call(access, (stripe) => stripe.refunds.create(params, { idempotencyKey: refundId }))
      .catch((error: unknown) => {
        throw refusalOf(error, 'refund');
      });
    return this.refundIn(isReplay(made) ? await asked(this.retrieve(access, made.id)) : made);
  }

  async lookUp(
    account: ProviderAccount,
    { refundId, paymentReference, reference }: { refundId: string; paymentReference: string; reference?: string },
  ): Promise<ProviderRefund | undefined> {
    const access = requireAccount(account);
    const found = await askedFor(
      reference === undefined ? this.find(access, paymentReference, refundId) : this.retrieve(access, reference),
    );
    return found && this.refundIn(found);
  }

  /**
   * The refunds of a charge whose event names none: since API version 2022-11-15 they have to be asked for.
   * @throws StripeRefused
   */
  async ofCharge(access: StripeAccess, charge: StripeObject): Promise<ProviderRefund[]> {
    const listed = isObject(charge['refunds']) && charge['refunds']['has_more'] !== true ? charge['refunds']['data'] : undefined;
    const refunds: readonly unknown[] = Array.isArray(listed) ? listed : await this.listOf(access, charge);
    return refunds.map((refund) => this.refundIn(refund));
  }

  private async listOf(access: StripeAccess, charge: StripeObject): Promise<readonly unknown[]> {
    const id = textOf(charge['id']);
    if (id === undefined) throw unreadable();
    return this.client.call(access, (stripe) => stripe.refunds.list({ charge: id, limit: PAGE }).autoPagingToArray({ limit: 1_000 }));
  }

  private async retrieve(access: StripeAccess, reference: string): Promise<Stripe.Refund> {
    return this.client.call(access, (stripe) => stripe.refunds.retrieve(reference));
  }

  /** Lists are always complete, unlike Stripe's search, which has no refunds anyway. */
  private async find(access: StripeAccess, paymentReference: string, refundId: string): Promise<Stripe.Refund | undefined> {
    return this.client.call(access, async (stripe) => {
      for await (const refund of stripe.refunds.list({ payment_intent: paymentReference, limit: PAGE })) {
        if (metadataOf({ ...refund }, 'refundId') === refundId && idOf(refund.payment_intent) === paymentReference) return refund;
      }
      return undefined;
    });
  }

  private refundIn(answer: unknown): ProviderRefund {
    const refund = readRefund(answer, { answer: this.clock.now() });
    if (!refund) throw unreadable();
    return refund;
  }
}

function isReason(reason: string | undefined): reason is Stripe.RefundCreateParams.Reason {
  return reason !== undefined && REASONS.has(reason);
}
