import { DomainError, systemClock } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { JsonApi, undecided, wasNotSent } from '../json-api.js';
import type { JsonAnswer } from '../json-api.js';
import { textIn } from '../json-reading.js';
import { notMadeBefore } from '../made-at.js';
import { ProviderRefusal } from '../provider-adapter.js';
import type {
  ConnectionCheck,
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
import { MollieClient } from './mollie-client.js';
import type { MollieAccess } from './mollie-client.js';
import { findInList } from './mollie-list.js';
import {
  isMollieError,
  isPayment,
  paymentBody,
  readEvents,
  readPayment,
  readRefund,
  refundBody,
  refundIn,
  transactionIn,
} from './mollie-translation.js';

const API = 'https://api.mollie.com/v2';
const TIMEOUT_MS = 10_000;
/** Answers that say for certain that nothing was made. Any other 4xx may come from something between us and Mollie. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 422]);
const PAYMENT_ID = /^tr_[A-Za-z0-9_]{1,100}$/;

const CREDENTIALS_REFUSED = { code: 'provider_credentials', message: 'The payment provider did not accept our credentials.' };

export interface MollieAdapterOptions {
  http: Pick<ProviderHttp, 'request'>;
  /** Where providers reach our hooks, e.g. `https://hooks.example.com`. */
  hooksUrl: string;
  timeoutMs?: number;
  clock?: Clock;
}

/**
 * Mollie, by its Payments API: the buyer pays on Mollie's page. Credentials: `apiKey` (`live_…`, `test_…`), and optionally
 * `profileId`, which the key must then belong to, and `baseUrl`, by default Mollie's.
 */
export class MollieAdapter implements ProviderAdapter {
  readonly type = 'mollie';
  readonly refunds: ProviderRefunds = {
    partial: true,
    create: (account, request) => this.createRefund(account, request),
    lookUp: (account, refund) => this.lookUpRefund(account, refund),
  };
  private readonly client: MollieClient;
  private readonly hooksUrl: string;
  private readonly clock: Clock;

  constructor({ http, hooksUrl, timeoutMs = TIMEOUT_MS, clock = systemClock }: MollieAdapterOptions) {
    this.client = new MollieClient(new JsonApi(http, timeoutMs));
    this.hooksUrl = hooksUrl;
    this.clock = clock;
  }

  async createPayment(account: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment> {
    const access = accessOf(account);
    // Nothing was sent, so nothing can have happened.
    if (!access) throw new ProviderRefusal(CREDENTIALS_REFUSED);
    const body = paymentBody(request, webhookOf(this.hooksUrl, account));
    const answer = await this.client
      .request(access, 'POST', ['payments'], { body, idempotencyKey: request.transactionId })
      .catch(refusedIfUnsent);
    if (REFUSALS.has(answer.status)) throw refusalOf(answer);
    const payment = paymentOf(account, answer);
    // To a repetition Mollie gives the answer of the first time; how the payment stands by now is another question.
    return (await this.byReference(account, access, payment.reference).catch(() => undefined)) ?? payment;
  }

  async lookUpPayment(
    account: ProviderAccount,
    { transactionId, reference }: { transactionId: string; reference?: string },
  ): Promise<ProviderPayment | undefined> {
    const access = requireAccess(account);
    if (reference !== undefined) return this.byReference(account, access, reference);
    const earliest = notMadeBefore(transactionId, this.clock.now());
    const list = { path: ['payments'], name: 'payments', earliest } as const;
    const body = await findInList(this.client, access, list, (entry) => transactionIn(entry) === transactionId);
    return body === undefined ? undefined : paymentOf(account, { status: 200, body });
  }

  async cancelPayment(account: ProviderAccount, reference: string): Promise<ProviderPayment> {
    const access = requireAccess(account);
    const answer = await this.client.request(access, 'DELETE', ['payments', reference]);
    // No longer possible, or not with the method the buyer chose: it stands as it stands.
    if (answer.status === 422) return paymentOf(account, await this.client.request(access, 'GET', ['payments', reference]));
    return paymentOf(account, answer);
  }

  async checkConnection(account: ProviderAccount, signal: AbortSignal): Promise<ConnectionCheck> {
    const access = accessOf(account);
    if (!access) return rejected('The account lacks its API key or has an address that is none.');
    const answer = await this.client.request(access, 'GET', ['profiles', 'me'], { signal });
    if (answer.status === 401 || answer.status === 403) return rejected('Mollie did not accept the API key.');
    if (answer.status !== 200 || textIn(answer.body, 'resource') !== 'profile') throw undecided(answer);
    if (textIn(answer.body, 'mode') !== (account.livemode ? 'live' : 'test')) return rejected('The API key is of the other mode.');
    const { profileId } = account.credentials;
    if (profileId !== undefined && profileId !== textIn(answer.body, 'id')) return rejected('The API key is of another profile.');
    return { code: 'ok', message: 'Mollie accepted the API key.' };
  }

  /** Anybody can send us an id: only what Mollie then says to our key counts. */
  async readEvents(account: ProviderAccount, rawBody: Buffer): Promise<readonly ProviderEvent[]> {
    const id = new URLSearchParams(rawBody.toString('utf8')).get('id') ?? '';
    if (!PAYMENT_ID.test(id)) throw new DomainError('webhook_payload_invalid');
    const query = { embed: 'refunds,chargebacks' };
    const answer = await this.client.request(requireAccess(account), 'GET', ['payments', id], { query });
    if (isUnknown(answer)) throw new DomainError('webhook_payload_invalid', 'The notification is about a payment of somebody else.');
    if (answer.status !== 200 || !isPayment(answer.body, account.livemode)) throw undecided(answer);
    // The merchant uses its Mollie account for other things, too.
    if (transactionIn(answer.body) === undefined) return [];
    const events = readEvents(answer.body, account.livemode);
    if (!events) throw undecided(answer);
    return events;
  }

  private async byReference(account: ProviderAccount, access: MollieAccess, reference: string): Promise<ProviderPayment | undefined> {
    const answer = await this.client.request(access, 'GET', ['payments', reference]);
    return isUnknown(answer) ? undefined : paymentOf(account, answer);
  }

  private async createRefund(account: ProviderAccount, request: RefundRequest): Promise<ProviderRefund> {
    const access = accessOf(account);
    if (!access) throw new ProviderRefusal(CREDENTIALS_REFUSED);
    const { refundId, paymentReference } = request;
    // Mollie forgets idempotency keys after an hour. What was carried out before must not be carried out again.
    const known = await this.refundByOurId(access, paymentReference, refundId).catch(refusedIfUnsent);
    if (known) return refundOf(known);
    const answer = await this.client.request(access, 'POST', ['payments', paymentReference, 'refunds'], {
      body: refundBody(request),
      idempotencyKey: refundId,
    });
    if (REFUSALS.has(answer.status) || isUnknown(answer)) throw refusalOf(answer);
    return refundOf(answer);
  }

  private async lookUpRefund(
    account: ProviderAccount,
    { refundId, paymentReference, reference }: { refundId: string; paymentReference: string; reference?: string },
  ): Promise<ProviderRefund | undefined> {
    const access = requireAccess(account);
    const answer =
      reference === undefined
        ? await this.refundByOurId(access, paymentReference, refundId)
        : await this.client.request(access, 'GET', ['payments', paymentReference, 'refunds', reference]);
    return answer === undefined || isUnknown(answer) ? undefined : refundOf(answer);
  }

  private async refundByOurId(access: MollieAccess, paymentReference: string, refundId: string): Promise<JsonAnswer | undefined> {
    const list = { path: ['payments', paymentReference, 'refunds'], name: 'refunds' } as const;
    const body = await findInList(this.client, access, list, (entry) => refundIn(entry) === refundId);
    return body === undefined ? undefined : { status: 200, body };
  }
}

/** Undefined when the account does not say enough to send a request. */
function accessOf({ credentials }: ProviderAccount): MollieAccess | undefined {
  const { baseUrl = API, apiKey } = credentials;
  return URL.canParse(baseUrl) && apiKey !== undefined ? { baseUrl, apiKey } : undefined;
}

function requireAccess(account: ProviderAccount): MollieAccess {
  const access = accessOf(account);
  if (!access) throw new DomainError('provider_error', 'The payment provider is not configured completely.');
  return access;
}

/** Mollie refuses a payment whose notifications it could not deliver, as on a developer's machine; without, it is polled. */
function webhookOf(hooksUrl: string, { id }: ProviderAccount): string | undefined {
  const { protocol, hostname } = new URL(hooksUrl);
  const reachable = protocol === 'https:' || !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  return reachable ? new URL(`/hooks/mollie/${id}`, hooksUrl).href : undefined;
}

function paymentOf({ livemode }: ProviderAccount, answer: JsonAnswer): ProviderPayment {
  const payment = answer.status === 200 || answer.status === 201 ? readPayment(answer.body, livemode) : undefined;
  if (!payment) throw undecided(answer);
  return payment;
}

function refundOf(answer: JsonAnswer): ProviderRefund {
  const refund = answer.status === 200 || answer.status === 201 ? readRefund(answer.body) : undefined;
  if (!refund) throw undecided(answer);
  return refund;
}

/** Mollie's own word that there is none; a bare 404 may come from elsewhere. */
function isUnknown({ status, body }: JsonAnswer): boolean {
  return status === 404 && isMollieError(status, body);
}

function refusalOf({ status, body }: JsonAnswer): ProviderRefusal {
  if (status === 401 || status === 403) return new ProviderRefusal(CREDENTIALS_REFUSED);
  const field = textIn(body, 'field');
  const message = textIn(body, 'detail') ?? 'The payment provider refused.';
  return new ProviderRefusal({ code: field === undefined ? 'refused' : `refused_${field.replaceAll(/[^A-Za-z]+/g, '_')}`, message });
}

function refusedIfUnsent(error: unknown): never {
  throw wasNotSent(error) ? new ProviderRefusal(CREDENTIALS_REFUSED) : error;
}

function rejected(message: string): ConnectionCheck {
  return { code: 'credentials_rejected', message };
}
