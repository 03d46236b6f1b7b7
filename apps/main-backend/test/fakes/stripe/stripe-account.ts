import { formIn, integerIn, invalidRequest, missing, onlyKnown, page, textIn } from './stripe-answers.js';
import type { Form } from './stripe-answers.js';
import { StripeIdempotency } from './stripe-idempotency.js';
import { amountProblem, newId, seconds } from './stripe-objects.js';
import type { FakeCharge, FakeDispute, FakeEvent, FakeIntent, FakeRefund } from './stripe-objects.js';

export type Deed =
  'pays' | 'is_declined' | 'orders_debit' | 'orders_failing_debit' | 'meets_3d_secure' | 'passes_3d_secure' | 'fails_3d_secure';

const CARD = { type: 'card', card: { brand: 'visa', last4: '4242', country: 'DE', wallet: null } };
const DEBIT = { type: 'sepa_debit', sepa_debit: { last4: '3000', country: 'DE' } };
const DECLINED = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};
const UNAUTHENTICATED = {
  type: 'card_error',
  code: 'payment_intent_authentication_failure',
  message: 'We are unable to authenticate your payment method.',
};
const CANCELABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture'];

/** One merchant at the fake: its payments, and what has been told of them. Every object an event holds is as it was then. */
export class StripeAccountState {
  readonly idempotency = new StripeIdempotency();
  readonly intents: FakeIntent[] = [];
  readonly charges: FakeCharge[] = [];
  readonly refunds: FakeRefund[] = [];
  readonly disputes: FakeDispute[] = [];
  /** Oldest first. */
  readonly events: FakeEvent[] = [];
  /** What search knows; it lags behind until `index` is called. */
  private indexed = new Set<string>();
  /** Debits on their way, by intent: how they end, and whether their being on the way was told once. */
  private readonly debits = new Map<string, { ends: 'pays' | 'is_declined'; told: boolean }>();

  index(): void {
    this.indexed = new Set(this.intents.map(({ id }) => id));
  }

  createIntent(form: Form): FakeIntent {
    onlyKnown(form, 'amount', 'currency', 'automatic_payment_methods', 'description', 'metadata', 'expand');
    const amount = integerIn(form, 'amount');
    const currency = textIn(form, 'currency');
    if (amount === undefined || currency === undefined) throw invalidRequest('Missing required param', { code: 'parameter_missing' });
    const problem = amountProblem(amount, currency);
    if (problem) throw invalidRequest(problem.message, problem);
    const id = newId('pi');
    const intent: FakeIntent = {
      id,
      object: 'payment_intent',
      amount,
      amount_received: 0,
      currency,
      status: 'requires_payment_method',
      client_secret: `${id}_secret_${newId('s').slice(2, 18)}`,
      created: seconds(),
      description: textIn(form, 'description') ?? null,
      livemode: false,
      metadata: textsOf(formIn(form, 'metadata')),
      latest_charge: null,
      last_payment_error: null,
      next_action: null,
      canceled_at: null,
    };
    this.intents.push(intent);
    this.tell('payment_intent.created', intent);
    return intent;
  }

  intent(id: string): FakeIntent {
    const intent = this.intents.find((candidate) => candidate.id === id);
    if (!intent) throw missing('payment_intent', id);
    return intent;
  }

  /** A debit on its way comes in once somebody has heard that it is on its way, so that no test depends on the time. */
  readIntent(id: string): FakeIntent {
    const debit = this.debits.get(id);
    if (debit?.told) this.endDebit(id, debit.ends);
    else if (debit) debit.told = true;
    return this.intent(id);
  }

  listIntents(query: Form): object {
    const from = integerIn(formIn(query, 'created'), 'gte') ?? 0;
    const kept = this.intents.filter(({ created }) => created >= from);
    return page(kept, query, '/v1/payment_intents');
  }

  searchIntents(query: Form): object {
    const wanted = /^metadata\['(\w+)'\]:'([^']*)'$/.exec(textIn(query, 'query') ?? '');
    if (!wanted) throw invalidRequest('We were unable to parse the search query.', { param: 'query' });
    const [, name = '', value] = wanted;
    const data = this.intents.filter((intent) => this.indexed.has(intent.id) && intent.metadata[name] === value);
    return { object: 'search_result', url: '/v1/payment_intents/search', has_more: false, data };
  }

  cancelIntent(id: string, form: Form): FakeIntent {
    onlyKnown(form, 'cancellation_reason', 'expand');
    const intent = this.intent(id);
    if (!CANCELABLE.includes(intent.status)) {
      const message = `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`;
      throw invalidRequest(message, { code: 'payment_intent_unexpected_state' });
    }
    Object.assign(intent, { status: 'canceled', canceled_at: seconds(), next_action: null });
    this.tell('payment_intent.canceled', intent);
    return intent;
  }

  /** What happens in the buyer's Payment Element and at the buyer's bank. */
  confirm(id: string, deed: Deed): void {
    const intent = this.intent(id);
    switch (deed) {
      case 'pays':
      case 'passes_3d_secure':
        this.succeed(intent, CARD);
        break;
      case 'is_declined':
        this.fail(intent, CARD, DECLINED);
        break;
      case 'fails_3d_secure':
        this.fail(intent, CARD, UNAUTHENTICATED);
        break;
      case 'meets_3d_secure':
        Object.assign(intent, { status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
        this.tell('payment_intent.requires_action', intent);
        break;
      case 'orders_debit':
      case 'orders_failing_debit':
        this.debits.set(id, { ends: deed === 'orders_debit' ? 'pays' : 'is_declined', told: false });
        Object.assign(intent, { status: 'processing', latest_charge: this.charge(intent, 'pending', DEBIT).id });
        this.tell('payment_intent.processing', intent);
    }
  }

  createRefund(form: Form): FakeRefund {
    onlyKnown(form, 'payment_intent', 'amount', 'reason', 'metadata', 'expand');
    const intent = this.intent(textIn(form, 'payment_intent') ?? '');
    const charge = this.charges.find(({ id, paid }) => id === intent.latest_charge && paid);
    if (!charge) throw invalidRequest('This PaymentIntent does not have a successful charge to refund.');
    if (charge.disputed) throw invalidRequest('The charge has been charged back.', { code: 'charge_disputed' });
    const left = charge.amount - charge.amount_refunded;
    const amount = integerIn(form, 'amount') ?? left;
    if (left === 0) throw invalidRequest('Charge has already been refunded.', { code: 'charge_already_refunded' });
    if (amount < 1 || amount > left) throw invalidRequest('Refund amount is greater than unrefunded amount on charge', { param: 'amount' });
    const debit = (charge.payment_method_details as { type: string }).type === 'sepa_debit';
    const refund: FakeRefund = {
      id: newId('re'),
      object: 'refund',
      amount,
      currency: charge.currency,
      charge: charge.id,
      payment_intent: intent.id,
      created: seconds(),
      status: debit ? 'pending' : 'succeeded',
      reason: textIn(form, 'reason') ?? null,
      metadata: textsOf(formIn(form, 'metadata')),
    };
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount;
    this.refunds.push(refund);
    this.tell('refund.created', refund);
    this.tell('charge.refunded', charge);
    return refund;
  }

  refund(id: string): FakeRefund {
    const refund = this.refunds.find((candidate) => candidate.id === id);
    if (!refund) throw missing('refund', id);
    return refund;
  }

  listRefunds(query: Form): object {
    const intent = textIn(query, 'payment_intent');
    const charge = textIn(query, 'charge');
    if (intent !== undefined) this.intent(intent);
    const kept = this.refunds.filter(
      (refund) => refund.payment_intent === (intent ?? refund.payment_intent) && refund.charge === (charge ?? refund.charge),
    );
    return page(kept, query, '/v1/refunds');
  }

  /** The buyer's bank sends a refund back, or takes it after all. */
  endRefund(id: string, status: 'succeeded' | 'failed'): void {
    const refund = this.refund(id);
    Object.assign(refund, { status, ...(status === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}) });
    this.tell(status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
  }

  /** @param inquiry the bank asks before it takes the money */
  dispute(intentId: string, { inquiry = false, amount }: { inquiry?: boolean; amount?: number } = {}): FakeDispute {
    const intent = this.intent(intentId);
    const charge = this.charges.find(({ id, paid }) => id === intent.latest_charge && paid);
    if (!charge) throw new Error(`payment ${intentId} has nothing to dispute`);
    charge.disputed = true;
    const dispute: FakeDispute = {
      id: newId('du'),
      object: 'dispute',
      amount: amount ?? charge.amount,
      currency: charge.currency,
      charge: charge.id,
      payment_intent: intentId,
      created: seconds(),
      status: inquiry ? 'warning_needs_response' : 'needs_response',
      reason: 'fraudulent',
      evidence_details: { due_by: seconds() + 7 * 86_400, has_evidence: false },
      balance_transactions: [],
      metadata: {},
    };
    this.disputes.push(dispute);
    this.tell('charge.dispute.created', dispute);
    if (!inquiry) {
      dispute.balance_transactions.push({ id: newId('txn'), amount: -dispute.amount });
      this.tell('charge.dispute.funds_withdrawn', dispute);
    }
    return dispute;
  }

  moveDispute(id: string, status: string): void {
    const dispute = this.disputes.find((candidate) => candidate.id === id);
    if (!dispute) throw new Error(`there is no dispute ${id}`);
    dispute.status = status;
    if (status === 'won' && dispute.balance_transactions.length > 0) {
      dispute.balance_transactions.push({ id: newId('txn'), amount: dispute.amount });
      this.tell('charge.dispute.funds_reinstated', dispute);
    }
    const closed = ['won', 'lost', 'warning_closed', 'prevented'].includes(status);
    this.tell(closed ? 'charge.dispute.closed' : 'charge.dispute.updated', dispute);
  }

  tell(type: string, object: object): void {
    this.events.push({
      id: newId('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created: seconds(),
      type,
      livemode: false,
      data: { object: structuredClone(object) },
    });
  }

  private succeed(intent: FakeIntent, paidWith: object): void {
    const charge = this.charge(intent, 'succeeded', paidWith);
    Object.assign(intent, {
      status: 'succeeded',
      amount_received: intent.amount,
      latest_charge: charge.id,
      last_payment_error: null,
      next_action: null,
    });
    this.tell('charge.succeeded', charge);
    this.tell('payment_intent.succeeded', intent);
  }

  private fail(intent: FakeIntent, paidWith: object, error: object): void {
    const charge = this.charge(intent, 'failed', paidWith);
    Object.assign(intent, { status: 'requires_payment_method', last_payment_error: error, latest_charge: charge.id, next_action: null });
    this.tell('charge.failed', charge);
    this.tell('payment_intent.payment_failed', intent);
  }

  private endDebit(id: string, ends: 'pays' | 'is_declined'): void {
    this.debits.delete(id);
    const intent = this.intent(id);
    if (ends === 'pays') this.succeed(intent, DEBIT);
    else
      this.fail(intent, DEBIT, {
        type: 'invalid_request_error',
        code: 'payment_method_customer_decline',
        message: 'The debit was returned.',
      });
  }

  private charge(intent: FakeIntent, status: FakeCharge['status'], details: object): FakeCharge {
    const charge: FakeCharge = {
      id: newId('ch'),
      object: 'charge',
      amount: intent.amount,
      amount_refunded: 0,
      currency: intent.currency,
      created: seconds(),
      status,
      paid: status === 'succeeded',
      captured: status === 'succeeded',
      refunded: false,
      disputed: false,
      payment_intent: intent.id,
      payment_method_details: details,
      metadata: { ...intent.metadata },
    };
    this.charges.push(charge);
    return charge;
  }
}

function textsOf(form: Form): Record<string, string> {
  return Object.fromEntries(Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
