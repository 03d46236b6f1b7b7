import { DomainError, systemClock } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { ProviderRefusal } from '../provider-adapter.js';
import type {
  BrowserSources,
  ConnectionCheck,
  HookHeaders,
  PaymentRequest,
  ProviderAccount,
  ProviderAdapter,
  ProviderEvent,
  ProviderPayment,
} from '../provider-adapter.js';
import type { ProviderHttp } from '../provider-http.js';
import { accountOf, requireAccount } from './stripe-account.js';
import type { StripeAccount } from './stripe-account.js';
import { toStripeAmount } from './stripe-amounts.js';
import { StripeClient, StripeRefused } from './stripe-client.js';
import { readEnvelope, subjectOf } from './stripe-events.js';
import { metadataOf } from './stripe-fields.js';
import { AMOUNT_REFUSED, asked, askedFor, CREDENTIALS_REFUSED, isReplay, openOutcome, refusalOf, unreadable } from './stripe-refusal.js';
import { StripeRefunds } from './stripe-refunds.js';
import { findIntent } from './stripe-search.js';
import { isSignedBy } from './stripe-signature.js';
import { readPayableIntent } from './stripe-translation.js';

const TIMEOUT_MS = 10_000;
/** The charge tells how the buyer paid. */
const EXPANDED = { expand: ['latest_charge'] };

export interface StripeAdapterOptions {
  http: Pick<ProviderHttp, 'request'>;
  timeoutMs?: number;
  clock?: Clock;
}

/**
 * Stripe by PaymentIntents. The buyer pays in Stripe's Payment Element on our page; 3-D Secure and wallets are the element's.
 * Credentials: `secretKey`, `publishableKey`, `webhookSecret` for notifications, optionally `baseUrl` instead of Stripe's own.
 */
export class StripeAdapter implements ProviderAdapter {
  readonly type = 'stripe';
  readonly browserSources: BrowserSources = {
    scripts: ['https://js.stripe.com', 'https://*.js.stripe.com'],
    connections: ['https://api.stripe.com'],
    frames: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  };
  readonly refunds: StripeRefunds;
  private readonly client: StripeClient;
  private readonly clock: Clock;

  constructor({ http, timeoutMs = TIMEOUT_MS, clock = systemClock }: StripeAdapterOptions) {
    this.client = new StripeClient(http, timeoutMs);
    this.clock = clock;
    this.refunds = new StripeRefunds(this.client, clock);
  }

  async createPayment(account: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment> {
    const access = accountOf(account);
    // Nothing was sent, so nothing can have happened.
    if (!access) throw new ProviderRefusal(CREDENTIALS_REFUSED);
    const { transactionId, currency, description } = request;
    const amount = toStripeAmount(request.amount, currency);
    if (amount === undefined) throw new ProviderRefusal(AMOUNT_REFUSED);
    const params = {
      amount,
      currency: currency.toLowerCase(),
      automatic_payment_methods: { enabled: true },
      description: description.slice(0, 500),
      metadata: { transactionId },
      ...EXPANDED,
    };
    const made = await this.client
      .call(access, (stripe) => stripe.paymentIntents.create(params, { idempotencyKey: transactionId }))
      .catch((error: unknown) => {
        throw refusalOf(error, 'payment');
      });
    return isReplay(made) ? asked(this.retrieve(access, made.id)) : paymentOf(made, access);
  }

  async lookUpPayment(
    account: ProviderAccount,
    { transactionId, reference }: { transactionId: string; reference?: string },
  ): Promise<ProviderPayment | undefined> {
    const access = requireAccount(account);
    const known = reference ?? (await asked(findIntent(this.client, access, transactionId, this.clock.now())));
    return known === undefined ? undefined : askedFor(this.retrieve(access, known));
  }

  async cancelPayment(account: ProviderAccount, reference: string): Promise<ProviderPayment> {
    const access = requireAccount(account);
    try {
      const cancelled = await this.client.call(access, (stripe) => stripe.paymentIntents.cancel(reference, EXPANDED));
      return paymentOf(cancelled, access);
    } catch (error) {
      // It has gone too far to be cancelled, or is already: how it stands is the answer.
      if (error instanceof StripeRefused && error.status === 400) return asked(this.retrieve(access, reference));
      throw openOutcome(error);
    }
  }

  async checkConnection(account: ProviderAccount, signal: AbortSignal): Promise<ConnectionCheck> {
    const access = accountOf(account);
    if (!access) return { code: 'credentials_rejected', message: 'The account lacks a key or has an address that is none.' };
    try {
      await this.client.call(access, (stripe) => stripe.paymentIntents.list({ limit: 1 }), signal);
      return { code: 'ok', message: 'Stripe accepted the secret key.' };
    } catch (error) {
      if (!(error instanceof StripeRefused)) throw error;
      if (error.status === 401) return { code: 'credentials_rejected', message: 'Stripe did not accept the secret key.' };
      if (error.status !== 403) throw openOutcome(error);
      return { code: 'credentials_rejected', message: 'The key lacks a permission: it has to read and write PaymentIntents and refunds.' };
    }
  }

  async readEvents(account: ProviderAccount, rawBody: Buffer, headers: HookHeaders): Promise<readonly ProviderEvent[]> {
    const signature = headers['stripe-signature'];
    const { webhookSecret } = account.credentials;
    if (typeof signature !== 'string' || !webhookSecret || !isSignedBy(webhookSecret, rawBody, signature, this.clock.now())) {
      throw new DomainError('webhook_signature_invalid');
    }
    const event = readEnvelope(parse(rawBody));
    if (!event) throw new DomainError('webhook_payload_invalid');
    const { id, type, occurredAt, object } = event;
    if (!event.own || event.livemode !== account.livemode) return [{ id, type, occurredAt }];
    if (type === 'charge.refunded' && metadataOf(object, 'transactionId') !== undefined) {
      const refunds = await asked(this.refunds.ofCharge(requireAccount(account), object));
      return refunds.map((refund) => ({ id: `${id}/${refund.reference}`, type, occurredAt, subject: { kind: 'refund', refund } }));
    }
    const subject = subjectOf(event);
    if (subject === 'unreadable') throw new DomainError('webhook_payload_invalid');
    return [subject === 'none' ? { id, type, occurredAt } : { id, type, occurredAt, subject }];
  }

  private async retrieve(access: StripeAccount, reference: string): Promise<ProviderPayment> {
    return paymentOf(await this.client.call(access, (stripe) => stripe.paymentIntents.retrieve(reference, EXPANDED)), access);
  }
}

function parse(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new DomainError('webhook_payload_invalid');
  }
}

function paymentOf(intent: unknown, { publishableKey }: StripeAccount): ProviderPayment {
  const payment = readPayableIntent(intent, publishableKey);
  if (!payment) throw unreadable();
  return payment;
}
