import { DomainError, systemClock } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { ProviderRefusal } from '../provider-adapter.js';
import type {
  ConnectionCheck,
  HookHeaders,
  PaymentRequest,
  ProviderAccount,
  ProviderAdapter,
  ProviderEvent,
  ProviderPayment,
  ProviderRefund,
  ProviderRefunds,
  RefundRequest,
} from '../provider-adapter.js';
import type { ProviderHttp } from '../provider-http.js';
import { SandboxClient, wasNotSent } from './sandbox-client.js';
import type { SandboxAccess, SandboxAnswer } from './sandbox-client.js';
import { isSignedBy } from './sandbox-signature.js';
import { readEventBody, readPayment, readRefund } from './sandbox-translation.js';

const TIMEOUT_MS = 10_000;
/** Answers that say for certain that no payment was made. Any other 4xx may come from something between us and the provider. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 422]);

/** Its own words that a refund will never be made. */
const REFUND_REFUSALS: ReadonlySet<string> = new Set(['transaction_not_refundable', 'refund_exceeds_remaining', 'transaction_not_found']);

const CREDENTIALS_REFUSED = { code: 'provider_credentials', message: 'The payment provider did not accept our credentials.' };

export interface SandboxAdapterOptions {
  http: Pick<ProviderHttp, 'request'>;
  /** Where the simulator of this installation is, for accounts that name no `baseUrl`. */
  ownSandbox?: string;
  timeoutMs?: number;
  clock?: Clock;
}

/**
 * The simulated provider. Credentials: `secretKey` (`sbx_…`), and optionally `webhookSecret`, without which there are no
 * notifications; `baseUrl` (e.g. `https://hooks.example.com/sandbox`), by default the simulator of this installation; and
 * `webhookUrl`, where notifications go, by default our hooks beside `baseUrl`.
 */
export class SandboxAdapter implements ProviderAdapter {
  readonly type = 'sandbox';
  readonly testModeOnly = true;
  readonly refunds: ProviderRefunds = {
    partial: true,
    create: (account, request) => this.createRefund(account, request),
    lookUp: (account, refund) => this.lookUpRefund(account, refund),
  };
  private readonly client: SandboxClient;
  private readonly clock: Clock;

  private readonly ownSandbox: string | undefined;

  constructor({ http, ownSandbox, timeoutMs = TIMEOUT_MS, clock = systemClock }: SandboxAdapterOptions) {
    this.client = new SandboxClient(http, timeoutMs);
    this.clock = clock;
    this.ownSandbox = ownSandbox;
  }

  async createPayment(account: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment> {
    const access = this.accessOf(account);
    // Nothing was sent, so nothing can have happened.
    if (!access) throw new ProviderRefusal(CREDENTIALS_REFUSED);
    const { transactionId, amount, currency, description, returnUrl } = request;
    const notification = notificationOf(account, access);
    const answer = await this.client
      .request(access, 'POST', '/v1/payments', {
        idempotencyKey: transactionId,
        body: { transactionId, amount, currency, description: description.slice(0, 500), returnUrl, ...notification },
      })
      .catch((error: unknown) => {
        throw wasNotSent(error) ? new ProviderRefusal(CREDENTIALS_REFUSED) : error;
      });
    if (REFUSALS.has(answer.status) && codeOf(answer) !== 'idempotency_key_reused') throw refusalOf(answer);
    return paymentOf(answer);
  }

  async lookUpPayment(
    account: ProviderAccount,
    payment: { transactionId: string; reference?: string },
  ): Promise<ProviderPayment | undefined> {
    const access = this.requireAccess(account);
    if (payment.reference !== undefined) {
      const answer = await this.client.request(access, 'GET', `/v1/payments/${encodeURIComponent(payment.reference)}`);
      // Its own word that there is none; a bare 404 may come from elsewhere.
      return answer.status === 404 && codeOf(answer) === 'transaction_not_found' ? undefined : paymentOf(answer);
    }
    const answer = await this.client.request(access, 'GET', `/v1/payments?transactionId=${encodeURIComponent(payment.transactionId)}`);
    const { payments } = (answer.body ?? {}) as { payments?: unknown };
    if (answer.status !== 200 || !Array.isArray(payments)) throw unreadable(answer);
    return payments.length === 0 ? undefined : paymentOf({ status: 200, body: payments[0] });
  }

  async cancelPayment(account: ProviderAccount, reference: string): Promise<ProviderPayment> {
    const access = this.requireAccess(account);
    return paymentOf(await this.client.request(access, 'POST', `/v1/payments/${encodeURIComponent(reference)}/cancel`));
  }

  async checkConnection(account: ProviderAccount, signal: AbortSignal): Promise<ConnectionCheck> {
    const access = this.accessOf(account);
    if (!access) return { code: 'credentials_rejected', message: 'The account lacks its secret key or has an address that is none.' };
    const answer = await this.client.request(access, 'GET', '/v1/account', { signal });
    if (answer.status === 401 || answer.status === 403) {
      return { code: 'credentials_rejected', message: 'The sandbox did not accept the secret key.' };
    }
    if (answer.status !== 200 || !isAccount(answer)) throw unreadable(answer);
    return { code: 'ok', message: 'The sandbox accepted the secret key.' };
  }

  readEvents(account: ProviderAccount, rawBody: Buffer, headers: HookHeaders): readonly ProviderEvent[] {
    const signature = headers['sandbox-signature'];
    const { webhookSecret } = account.credentials;
    if (typeof signature !== 'string' || !webhookSecret || !isSignedBy(webhookSecret, rawBody, signature, this.clock.now())) {
      throw new DomainError('webhook_signature_invalid');
    }
    const event = readEventBody(parse(rawBody));
    if (!event) throw new DomainError('webhook_payload_invalid');
    return [event];
  }

  private async createRefund(account: ProviderAccount, request: RefundRequest): Promise<ProviderRefund> {
    const access = this.accessOf(account);
    if (!access) throw new ProviderRefusal(CREDENTIALS_REFUSED);
    const { refundId, paymentReference, amount, reason } = request;
    const path = `/v1/payments/${encodeURIComponent(paymentReference)}/refunds`;
    const answer = await this.client
      .request(access, 'POST', path, { idempotencyKey: refundId, body: { refundId, amount, reason } })
      .catch((error: unknown) => {
        throw wasNotSent(error) ? new ProviderRefusal(CREDENTIALS_REFUSED) : error;
      });
    const code = codeOf(answer);
    if (REFUSALS.has(answer.status) && code !== 'idempotency_key_reused') throw refusalOf(answer);
    if (answer.status >= 400 && code !== undefined && REFUND_REFUSALS.has(code)) throw refusalOf(answer);
    return refundOf(answer);
  }

  private async lookUpRefund(
    account: ProviderAccount,
    { refundId, paymentReference, reference }: { refundId: string; paymentReference: string; reference?: string },
  ): Promise<ProviderRefund | undefined> {
    const access = this.requireAccess(account);
    if (reference !== undefined) {
      const answer = await this.client.request(access, 'GET', `/v1/refunds/${encodeURIComponent(reference)}`);
      return answer.status === 404 && codeOf(answer) === 'refund_not_found' ? undefined : refundOf(answer);
    }
    const answer = await this.client.request(access, 'GET', `/v1/payments/${encodeURIComponent(paymentReference)}/refunds`);
    const { refunds } = (answer.body ?? {}) as { refunds?: unknown };
    if (answer.status !== 200 || !Array.isArray(refunds)) throw unreadable(answer);
    return refunds.map((body) => refundOf({ status: 200, body })).find((refund) => refund.refundId === refundId);
  }

  /** Undefined when the account does not say enough to send a request. */
  private accessOf({ credentials }: ProviderAccount): SandboxAccess | undefined {
    const { baseUrl = this.ownSandbox, secretKey } = credentials;
    return baseUrl !== undefined && URL.canParse(baseUrl) && secretKey !== undefined ? { baseUrl, secretKey } : undefined;
  }

  private requireAccess(account: ProviderAccount): SandboxAccess {
    const access = this.accessOf(account);
    if (!access) throw new DomainError('provider_error', 'The payment provider is not configured completely.');
    return access;
  }
}

/** Where to send notifications and how to sign them; without a secret none are wanted. */
function notificationOf(
  { id, credentials: { webhookUrl, webhookSecret } }: ProviderAccount,
  { baseUrl }: SandboxAccess,
): { webhookUrl?: string; webhookSecret?: string } {
  if (!webhookSecret) return {};
  return { webhookUrl: webhookUrl ?? new URL(`/hooks/sandbox/${id}`, baseUrl).href, webhookSecret };
}

function parse(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new DomainError('webhook_payload_invalid');
  }
}

function paymentOf(answer: SandboxAnswer): ProviderPayment {
  const payment = answer.status === 200 || answer.status === 201 ? readPayment(answer.body) : undefined;
  if (!payment) throw unreadable(answer);
  return payment;
}

function refundOf(answer: SandboxAnswer): ProviderRefund {
  const refund = answer.status === 200 || answer.status === 201 ? readRefund(answer.body) : undefined;
  if (!refund) throw unreadable(answer);
  return refund;
}

/** Its own word; a bare 200 may come from anything. */
function isAccount({ body }: SandboxAnswer): boolean {
  return typeof body === 'object' && body !== null && 'account' in body && typeof body.account === 'string';
}

function unreadable({ status }: SandboxAnswer): DomainError {
  return new DomainError('provider_error', `The payment provider gave an answer that cannot be used (status ${status}).`);
}

function codeOf({ body }: SandboxAnswer): string | undefined {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The buyer and the merchant read it, so it says nothing of keys; the log has the rest. */
function refusalOf(answer: SandboxAnswer): ProviderRefusal {
  if (answer.status === 401 || answer.status === 403) {
    return new ProviderRefusal(CREDENTIALS_REFUSED);
  }
  return new ProviderRefusal({ code: codeOf(answer) ?? 'refused', message: 'The payment provider refused the payment.' });
}
