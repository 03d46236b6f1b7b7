import { DomainError, systemClock } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { wasNotSent } from '../json-api.js';
import { ProviderRefusal } from '../provider-adapter.js';
import type {
  ConnectionCheck,
  HookHeaders,
  PaymentRequest,
  PaymentWanted,
  ProviderAccount,
  ProviderAdapter,
  ProviderEvent,
  ProviderPayment,
} from '../provider-adapter.js';
import type { ProviderHttp } from '../provider-http.js';
import { paypalAccess, requirePaypalAccess } from './paypal-access.js';
import type { PaypalAccess } from './paypal-access.js';
import { toPaypalMoney } from './paypal-amount.js';
import { PaypalCertificates } from './paypal-certificates.js';
import { PaypalClient } from './paypal-client.js';
import { issueOf, PaypalCredentialsRejected, PaypalRefusal, undecided } from './paypal-errors.js';
import type { PaypalAnswer } from './paypal-errors.js';
import { PaypalEvents } from './paypal-events.js';
import { isUnknown, PaypalReader } from './paypal-reader.js';
import { PaypalRefunds } from './paypal-refunds.js';
import { PaypalTokens } from './paypal-tokens.js';
import { PaypalTransport } from './paypal-transport.js';
import { orderBody, readOrder } from './paypal-translation.js';

/** A call may need a token first; together they stay below what the caller waits. */
const TIMEOUT_MS = 7_000;
const BUSY_DELAY_MS = 150;
const HOUR_MS = 3_600_000;

const CREDENTIALS_REFUSED = { code: 'provider_credentials', message: 'The payment provider did not accept our credentials.' };

export interface PaypalAdapterOptions {
  http: Pick<ProviderHttp, 'request'>;
  /** For one request to PayPal. */
  timeoutMs?: number;
  /** The first wait while PayPal is busy with an earlier call of the same id. */
  busyDelayMs?: number;
  clock?: Clock;
}

/**
 * PayPal: Orders v2, Payments v2, Disputes v1. A payment is an order; its buyer approves it at PayPal, and `completePayment`
 * captures it. Credentials: `clientId`, `clientSecret`, and optionally `webhookId`, without which notifications are refused,
 * `mode` and `baseUrl`. What is mapped to what: docs/providers/paypal.md.
 */
export class PaypalAdapter implements ProviderAdapter {
  readonly type = 'paypal';
  /** PayPal keeps an order nobody approved for some hours. */
  readonly forgetsUnpaidAfterMs = 6 * HOUR_MS;
  readonly refunds: PaypalRefunds;
  private readonly transport: PaypalTransport;
  private readonly tokens: PaypalTokens;
  private readonly client: PaypalClient;
  private readonly reader: PaypalReader;
  private readonly events: PaypalEvents;

  constructor({ http, timeoutMs = TIMEOUT_MS, busyDelayMs = BUSY_DELAY_MS, clock = systemClock }: PaypalAdapterOptions) {
    this.transport = new PaypalTransport(http, timeoutMs);
    this.tokens = new PaypalTokens(this.transport, clock);
    this.client = new PaypalClient(this.transport, this.tokens, busyDelayMs);
    this.reader = new PaypalReader(this.client);
    this.refunds = new PaypalRefunds(this.client, this.reader);
    this.events = new PaypalEvents(new PaypalCertificates(this.transport, clock), this.reader);
  }

  async createPayment(account: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment> {
    const access = paypalAccess(account);
    // Nothing was sent, so nothing can have happened.
    if (!access) throw new ProviderRefusal(CREDENTIALS_REFUSED);
    const money = toPaypalMoney(request.amount, request.currency);
    if (!money) throw new ProviderRefusal({ code: 'amount_not_supported', message: 'PayPal takes only whole amounts of this currency.' });
    const answer = await this.client
      .request(access, 'POST', '/v2/checkout/orders', { requestId: request.transactionId, body: orderBody(request, money) })
      .catch((error: unknown) => {
        const refused = error instanceof PaypalCredentialsRejected || wasNotSent(error);
        throw refused ? new ProviderRefusal(CREDENTIALS_REFUSED) : error;
      });
    // Of an order that exists already PayPal repeats what it once said; how it stands now is another question.
    if (answer.status === 200) return this.now(access, answer);
    if (isRefusal(answer)) throw new PaypalRefusal(answer, 'PayPal refused the payment.');
    return answer.status === 201 ? orderIn(answer) : unusable(answer);
  }

  /** PayPal cannot be searched by our id. An order whose answer we lost has a buyer's link nobody got, so it is never paid. */
  async lookUpPayment(account: ProviderAccount, { reference }: PaymentWanted): Promise<ProviderPayment | undefined> {
    const access = requirePaypalAccess(account);
    if (reference === undefined) {
      await this.client.authenticate(access);
      return undefined;
    }
    const order = await this.reader.order(access, reference);
    return order === undefined ? undefined : orderIn({ status: 200, body: order });
  }

  async completePayment(account: ProviderAccount, payment: { transactionId: string; reference: string }): Promise<ProviderPayment> {
    const access = requirePaypalAccess(account);
    const { transactionId, reference } = payment;
    const answer = await this.client.request(access, 'POST', `/v2/checkout/orders/${encodeURIComponent(reference)}/capture`, {
      requestId: `${transactionId}-capture`,
      body: {},
    });
    const issue = issueOf(answer);
    if (issue === 'ORDER_ALREADY_CAPTURED' || issue === 'DUPLICATE_INVOICE_ID') return this.captured(access, reference, answer);
    if (answer.status === 422 || isUnknown(answer)) throw new PaypalRefusal(answer, refusalText(issue));
    return answer.status === 200 || answer.status === 201 ? orderIn(answer) : unusable(answer);
  }

  /** An order cannot be cancelled at PayPal. It moves no money unless we capture it, and one that is given up we do not. */
  async cancelPayment(account: ProviderAccount, reference: string, wanted?: PaymentWanted): Promise<ProviderPayment> {
    const payment = await this.lookUpPayment(account, { transactionId: wanted?.transactionId ?? '', reference });
    if (payment?.word === 'requires_buyer') return { ...payment, word: 'cancelled', redirectUrl: undefined, awaitsCompletion: undefined };
    if (payment) return payment;
    const { transactionId, amount, currency } = wanted ?? {};
    if (transactionId === undefined || amount === undefined || currency === undefined) throw new DomainError('provider_error');
    return { reference, transactionId, word: 'cancelled', amount, currency };
  }

  async checkConnection(account: ProviderAccount, signal: AbortSignal): Promise<ConnectionCheck> {
    const access = paypalAccess(account);
    if (!access) return rejected('The account lacks its client id or secret, or has an address that is none.');
    try {
      const { value } = await this.tokens.fetch(access, signal);
      return await this.checkWebhook(access, value, account.credentials['webhookId'], signal);
    } catch (error) {
      if (error instanceof PaypalCredentialsRejected) return rejected('PayPal did not accept the client id and the client secret.');
      throw error;
    }
  }

  readEvents(account: ProviderAccount, rawBody: Buffer, headers: HookHeaders): Promise<readonly ProviderEvent[]> {
    return this.events.read(account, rawBody, headers);
  }

  private async now(access: PaypalAccess, answer: PaypalAnswer): Promise<ProviderPayment> {
    const order = await this.reader.order(access, orderIn(answer).reference);
    return order === undefined ? orderIn(answer) : orderIn({ status: 200, body: order });
  }

  /** The money of this invoice was taken before. Unless by this very order, somebody has to look. */
  private async captured(access: PaypalAccess, reference: string, answer: PaypalAnswer): Promise<ProviderPayment> {
    const payment = orderIn({ status: 200, body: await this.reader.order(access, reference) });
    if (payment.awaitsCompletion) throw undecided(answer);
    return payment;
  }

  private async checkWebhook(
    access: PaypalAccess,
    token: string,
    webhookId: string | undefined,
    signal: AbortSignal,
  ): Promise<ConnectionCheck> {
    if (webhookId === undefined) return { code: 'ok', message: 'PayPal accepted the client id and the client secret.' };
    const address = `${access.baseUrl}/v1/notifications/webhooks/${encodeURIComponent(webhookId)}`;
    const answer = await this.transport.send(
      address,
      { headers: { authorization: `Bearer ${token}`, accept: 'application/json' } },
      signal,
    );
    if (answer.status === 404) return rejected('PayPal accepted the client id and the client secret but does not know the webhook id.');
    if (answer.status !== 200) throw undecided(answer);
    return { code: 'ok', message: 'PayPal accepted the client id and the client secret, and knows the webhook id.' };
  }
}

/** Answers that say for certain that no order was made. A used invoice id is none: a payment of this transaction exists. */
function isRefusal(answer: PaypalAnswer): boolean {
  return [400, 403, 422].includes(answer.status) && issueOf(answer) !== 'DUPLICATE_INVOICE_ID';
}

function refusalText(issue: string | undefined): string {
  return issue === 'INSTRUMENT_DECLINED'
    ? 'The chosen way to pay was declined. Please choose another one.'
    : 'PayPal could not take the money.';
}

function orderIn(answer: PaypalAnswer): ProviderPayment {
  return readOrder(answer.body) ?? unusable(answer);
}

function unusable(answer: PaypalAnswer): never {
  throw undecided(answer);
}

function rejected(message: string): ConnectionCheck {
  return { code: 'credentials_rejected', message };
}
