import { randomBytes } from 'node:crypto';
import { GoCardlessProblem, invalid, invalidState, notFound } from './gocardless-problem.js';

const CURRENCIES = new Set(['AUD', 'CAD', 'DKK', 'EUR', 'GBP', 'NZD', 'SEK', 'USD']);
const MOST_METADATA = 3;
const MOST_REFUNDS = 5;
const LONGEST_VALUE = 500;
/** Mandates new payments can be made under. */
const USABLE = new Set(['pending_customer_approval', 'pending_submission', 'submitted', 'active']);
const COLLECTED = new Set(['confirmed', 'paid_out']);

/** Refunds go one step further whenever they have been looked at, so that no test waits for a clock. */
const REFUND_STEPS: Readonly<Record<string, string>> = { created: 'submitted', submitted: 'paid' };

export type Stored = Record<string, unknown> & { id: string; status: string; created_at: string; links: Record<string, string> };
export type Kind = 'billing_requests' | 'billing_request_flows' | 'mandates' | 'payments' | 'refunds';

export interface StoredEvent {
  id: string;
  created_at: string;
  resource_type: string;
  action: string;
  links: Record<string, string>;
  details: Record<string, unknown>;
  metadata: Record<string, string>;
}

const PREFIXES: Readonly<Record<Kind, string>> = {
  billing_requests: 'BRQ',
  billing_request_flows: 'BRF',
  mandates: 'MD',
  payments: 'PM',
  refunds: 'RF',
};

/** One merchant at GoCardless: what a token gives access to. */
export class GoCardlessOrganisation {
  readonly events: StoredEvent[] = [];
  private readonly stored: Record<Kind, Stored[]> = {
    billing_requests: [],
    billing_request_flows: [],
    mandates: [],
    payments: [],
    refunds: [],
  };
  private readonly keys = new Map<string, string>();
  /** What a payment becomes once it has been shown as it is. */
  private readonly next = new Map<string, () => void>();

  create(kind: Kind, fields: Record<string, unknown>, key: string | undefined): object {
    const before = key === undefined ? undefined : this.keys.get(`${kind} ${key}`);
    if (before !== undefined) {
      const message = 'A resource has already been created with this idempotency key';
      throw new GoCardlessProblem(409, 'invalid_state', 'idempotent_creation_conflict', message, {
        links: { conflicting_resource_id: before },
      });
    }
    checkMetadata(fields['metadata']);
    const made = this.make(kind, fields);
    if (key !== undefined) this.keys.set(`${kind} ${key}`, made.id);
    return { [kind]: made };
  }

  /** After thirty days no key is remembered. */
  forgetKeys(): void {
    this.keys.clear();
  }

  show(kind: Kind, id: string): object {
    return { [kind]: this.lookedAt(this.get(kind, id)) };
  }

  /** Lists are newest first; `after` is the entry before the page. */
  list(kind: Kind | 'events', { limit = '50', after, ...filters }: Record<string, string>): object {
    const all = kind === 'events' ? [...this.events].reverse() : this.stored[kind];
    const fitting = all.filter((entry) => Object.entries(filters).every(([name, wanted]) => fieldOf(entry, name) === wanted));
    const start = after === undefined ? 0 : fitting.findIndex(({ id }) => id === after) + 1;
    const entries = fitting.slice(start, start + Number(limit));
    const goesOn = start + entries.length < fitting.length;
    const shown = kind === 'events' ? entries : (entries as Stored[]).map((entry) => this.lookedAt(entry));
    const cursors = { before: null, after: goesOn ? entries.at(-1)?.id : null };
    return { [kind]: shown, meta: { cursors, limit: Number(limit) } };
  }

  act(kind: Kind, id: string, action: string): object {
    const entry = this.get(kind, id);
    if (action !== 'cancel') throw notFound();
    if (kind === 'billing_requests' && entry.status !== 'pending') {
      throw invalidState('billing_request_not_cancellable', 'The billing request cannot be cancelled');
    }
    if (kind === 'payments' && entry.status !== 'pending_submission') {
      throw invalidState('cancellation_failed', 'The payment has been submitted to the banks');
    }
    this.move(kind, id, 'cancelled', 'cancelled');
    return { [kind]: entry };
  }

  /** The buyer gives the mandate on the page. @returns its id */
  fulfil(billingRequest: string): string {
    const request = this.get('billing_requests', billingRequest);
    const { metadata, currency } = request['mandate_request'] as { metadata?: object; currency: string };
    const scheme = currency === 'GBP' ? 'bacs' : currency === 'EUR' ? 'sepa_core' : 'other';
    const mandate = this.store('mandates', {
      status: 'pending_submission',
      scheme,
      metadata: metadata ?? {},
      links: { customer: newId('CU') },
    });
    request.links['mandate_request_mandate'] = mandate.id;
    this.move('billing_requests', billingRequest, 'fulfilled', 'fulfilled');
    return mandate.id;
  }

  /** The payment that was collected under the mandate of a billing request. */
  paymentOf(billingRequest: string): string {
    const { mandate_request_mandate: mandate } = this.get('billing_requests', billingRequest).links;
    const payment = this.stored.payments.find(({ links }) => links['mandate'] === mandate);
    if (!payment) throw new Error(`nothing was collected for ${billingRequest}`);
    return payment.id;
  }

  count(kind: Kind): number {
    return this.stored[kind].length;
  }

  /** A resource comes to stand so, and an event tells of it. */
  move(kind: Kind, id: string, status: string, action: string, details: Record<string, unknown> = {}): void {
    this.get(kind, id).status = status;
    this.tell(kind, id, action, details);
  }

  /** As `move`, once it has been looked at as it stands. */
  moveLater(id: string, status: string, action: string, details: Record<string, unknown> = {}): void {
    this.next.set(id, () => this.move('payments', id, status, action, details));
  }

  tell(kind: Kind, id: string, action: string, details: Record<string, unknown> = {}): void {
    const link = kind.slice(0, -1);
    this.events.push({
      id: newId('EV'),
      created_at: new Date().toISOString(),
      resource_type: kind,
      action,
      links: { [link]: id },
      details: { origin: 'gocardless', cause: `${link}_${action}`, description: `The ${link} was ${action}.`, ...details },
      metadata: {},
    });
  }

  refundsOf(payment: string): string[] {
    return this.stored.refunds.filter(({ links }) => links['payment'] === payment).map(({ id }) => id);
  }

  private make(kind: Kind, fields: Record<string, unknown>): Stored {
    switch (kind) {
      case 'billing_requests':
        return this.makeBillingRequest(fields);
      case 'billing_request_flows':
        return this.makeFlow(fields);
      case 'payments':
        return this.makePayment(fields);
      case 'refunds':
        return this.makeRefund(fields);
      case 'mandates':
        throw new GoCardlessProblem(403, 'invalid_api_usage', 'forbidden', 'Mandates are made by billing requests here');
    }
  }

  private makeBillingRequest(fields: Record<string, unknown>): Stored {
    const wanted = fields['mandate_request'] as Record<string, unknown> | undefined;
    if (!wanted || !CURRENCIES.has(String(wanted['currency']))) throw invalid('mandate_request.currency', 'is not a supported currency');
    checkMetadata(wanted['metadata']);
    return this.store('billing_requests', {
      status: 'pending',
      mandate_request: { ...wanted, links: {} },
      metadata: fields['metadata'] ?? {},
    });
  }

  private makeFlow(fields: Record<string, unknown>): Stored {
    const { links, redirect_uri, prefilled_customer } = fields as {
      links?: Record<string, string>;
      redirect_uri?: string;
      prefilled_customer?: object;
    };
    const request = this.get('billing_requests', links?.['billing_request'] ?? '');
    if (request.status !== 'pending') throw invalidState('billing_request_already_fulfilled', 'The billing request is not pending');
    const email = (prefilled_customer as { email?: string } | undefined)?.email;
    if (email !== undefined && !email.includes('@')) throw invalid('prefilled_customer.email', 'is not a valid email address');
    const flow = this.store('billing_request_flows', { status: 'open', redirect_uri, links });
    flow['authorisation_url'] = `https://pay-sandbox.gocardless.com/billing/static/flow?id=${flow.id}`;
    return flow;
  }

  private makePayment(fields: Record<string, unknown>): Stored {
    const { amount, currency, links, metadata = {}, description } = fields as { links?: Record<string, string> } & Record<string, unknown>;
    const mandate = this.get('mandates', links?.['mandate'] ?? '');
    if (!USABLE.has(mandate.status)) throw invalidState('mandate_is_inactive', 'The mandate is not active');
    if (typeof amount !== 'number' || !Number.isInteger(amount) || amount < 1) throw invalid('amount', 'must be a positive integer');
    const more = { amount, amount_refunded: 0, currency, description, metadata, scheme: mandate['scheme'] };
    const payment = this.store('payments', { status: 'pending_submission', ...more, links: { mandate: mandate.id, creditor: 'CR123' } });
    this.tell('payments', payment.id, 'created');
    return payment;
  }

  private makeRefund(fields: Record<string, unknown>): Stored {
    const {
      amount,
      total_amount_confirmation: total,
      links,
      metadata = {},
    } = fields as {
      amount: number;
      total_amount_confirmation?: number;
      links: Record<string, string>;
      metadata?: object;
    };
    const payment = this.get('payments', links['payment'] ?? '');
    const before = payment['amount_refunded'] as number;
    if (!COLLECTED.has(payment.status)) throw invalidState('refund_payment_invalid_state', 'The payment cannot be refunded');
    if (this.refundsOf(payment.id).length >= MOST_REFUNDS)
      throw invalidState('number_of_refunds_exceeded', 'There are five refunds already');
    if (total !== before + amount)
      throw invalidState('total_amount_confirmation_invalid', 'The total confirmed is not that of the refunds');
    if (before + amount > (payment['amount'] as number)) throw invalid('amount', 'exceeds what is left of the payment');
    payment['amount_refunded'] = before + amount;
    const refund = this.store('refunds', {
      status: 'created',
      amount,
      currency: payment['currency'],
      metadata,
      links: { payment: payment.id },
    });
    this.tell('refunds', refund.id, 'created');
    return refund;
  }

  private store(kind: Kind, fields: Record<string, unknown> & { status: string }): Stored {
    const { links = {}, ...rest } = fields as { links?: Record<string, string> } & typeof fields;
    const entry: Stored = { ...rest, id: newId(PREFIXES[kind]), created_at: new Date().toISOString(), links };
    this.stored[kind].unshift(entry);
    return entry;
  }

  private get(kind: Kind, id: string): Stored {
    const entry = this.stored[kind].find((candidate) => candidate.id === id);
    if (!entry) throw notFound();
    return entry;
  }

  private lookedAt(entry: Stored): object {
    const shown = structuredClone(entry);
    const refunded = entry.id.startsWith(PREFIXES.refunds) ? REFUND_STEPS[entry.status] : undefined;
    if (refunded !== undefined) this.move('refunds', entry.id, refunded, refunded);
    this.next.get(entry.id)?.();
    this.next.delete(entry.id);
    return shown;
  }
}

function newId(prefix: string): string {
  return `${prefix}${randomBytes(7).toString('hex').toUpperCase()}`;
}

function fieldOf(entry: Stored | StoredEvent, name: string): unknown {
  return entry.links[name] ?? (entry as unknown as Record<string, unknown>)[name];
}

function checkMetadata(metadata: unknown): void {
  const entries = Object.entries((metadata ?? {}) as Record<string, unknown>);
  const fits = entries.every(([name, value]) => name.length <= 50 && typeof value === 'string' && value.length <= LONGEST_VALUE);
  if (entries.length > MOST_METADATA || !fits) throw invalid('metadata', 'must be at most three texts of 500 characters');
}
