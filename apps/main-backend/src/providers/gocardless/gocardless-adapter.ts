import { DomainError, systemClock } from '@paygate/kernel';
import type { Clock } from '@paygate/kernel';
import { JsonApi, undecided, wasNotSent } from '../json-api.js';
import { listIn, objectIn, textIn, webAddressIn } from '../json-reading.js';
import { notMadeBefore } from '../made-at.js';
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
  ProviderRefunds,
} from '../provider-adapter.js';
import type { ProviderHttp } from '../provider-http.js';
import { GoCardlessClient } from './gocardless-client.js';
import { CREDENTIALS_REFUSED, refusalOf, REFUSALS } from './gocardless-errors.js';
import { EventReader, eventsIn } from './gocardless-events.js';
import { GoCardlessRefunds } from './gocardless-refunds.js';
import { isSignedBy } from './gocardless-signature.js';
import { collectionIn, requestIn, standingById, standingOf } from './gocardless-standing.js';
import type { Standing } from './gocardless-standing.js';
import { billingRequestFields, collectedPayment, collectionFields, flowFields, openPayment } from './gocardless-translation.js';
import type { BillingRequest } from './gocardless-translation.js';

const LIVE = 'https://api.gocardless.com';
const SANDBOX = 'https://api-sandbox.gocardless.com';
const TIMEOUT_MS = 10_000;

export interface GoCardlessAdapterOptions {
  http: Pick<ProviderHttp, 'request'>;
  timeoutMs?: number;
  clock?: Clock;
}

/**
 * GoCardless, by bank debit: the buyer gives a mandate on GoCardless' page (a billing request), and then we collect under it.
 * Credentials: `accessToken`, `webhookSecret`, without which notifications are refused, and optionally `baseUrl`, by default
 * GoCardless' live or sandbox API. A payment's reference is its billing request.
 */
export class GoCardlessAdapter implements ProviderAdapter {
  readonly type = 'gocardless';
  readonly refunds: ProviderRefunds;
  private readonly api: JsonApi;
  private readonly clock: Clock;

  constructor({ http, timeoutMs = TIMEOUT_MS, clock = systemClock }: GoCardlessAdapterOptions) {
    this.api = new JsonApi(http, timeoutMs);
    this.clock = clock;
    const refunds = new GoCardlessRefunds(clock);
    this.refunds = {
      partial: true,
      create: async (account, request) => refunds.create(this.clientToCreate(account), request).catch(refusedIfUnsent),
      lookUp: async (account, refund) => refunds.lookUp(this.requireClient(account), refund),
    };
  }

  async createPayment(account: ProviderAccount, request: PaymentRequest): Promise<ProviderPayment> {
    const client = this.clientToCreate(account);
    const created = await client.create('billing_requests', billingRequestFields(request), request.transactionId).catch(refusedIfUnsent);
    if ('refused' in created) throw REFUSALS.has(created.refused.status) ? refusalOf(created.refused) : undecided(created.refused);
    const made = requestIn(created.made);
    if (made.status !== 'pending') return (await standingOf(client, made)).payment;
    return openPayment(made, undefined, await linkFor(client, made, request));
  }

  async lookUpPayment(account: ProviderAccount, { transactionId, reference }: PaymentWanted): Promise<ProviderPayment | undefined> {
    const client = this.requireClient(account);
    if (reference !== undefined) return (await standingById(client, reference))?.payment;
    const isOurs = (entry: unknown): boolean => textIn(objectIn(entry, 'metadata'), 'transactionId') === transactionId;
    const body = await client.findInList('billing_requests', isOurs, notMadeBefore(transactionId, this.clock.now()));
    return body === undefined ? undefined : (await standingOf(client, requestIn(body))).payment;
  }

  async completePayment(
    account: ProviderAccount,
    { transactionId, reference }: { transactionId: string; reference: string },
  ): Promise<ProviderPayment> {
    const client = this.requireClient(account);
    const standing = await standingById(client, reference);
    if (standing?.request.transactionId !== transactionId) throw new DomainError('provider_error', 'The payment is not at the provider.');
    const { request, payment } = standing;
    // Collected before, or never to be collected.
    if (!payment.awaitsCompletion || request.mandate === undefined) return payment;
    const created = await client.create('payments', collectionFields(request, request.mandate), `collect-${transactionId}`);
    if ('made' in created) return collectedPayment(collectionIn(created.made), { reference, transactionId });
    // Only a word about this collection is one: a token that is refused by now may have collected before.
    throw created.refused.status === 422 ? refusalOf(created.refused) : undecided(created.refused);
  }

  async cancelPayment(account: ProviderAccount, reference: string): Promise<ProviderPayment> {
    const client = this.requireClient(account);
    const { request, payment, collection } = await requireStanding(client, reference);
    if (!['requires_buyer', 'pending'].includes(payment.word)) return payment;
    // Whether it came too late shows in how it stands afterwards.
    if (collection) await client.act('payments', collection.id, 'cancel');
    else if (payment.awaitsCompletion && request.mandate !== undefined) await client.act('mandates', request.mandate, 'cancel');
    else await client.act('billing_requests', reference, 'cancel');
    return (await requireStanding(client, reference)).payment;
  }

  async checkConnection(account: ProviderAccount, signal: AbortSignal): Promise<ConnectionCheck> {
    const client = this.clientOf(account, signal);
    if (!client) return rejected('The account lacks its access token or has an address that is none.');
    const answer = await client.send('GET', ['creditors'], { query: { limit: '1' } });
    if (answer.status === 401 || answer.status === 403) return rejected('GoCardless did not accept the access token.');
    if (answer.status !== 200 || !listIn(answer.body, 'creditors')) throw undecided(answer);
    return { code: 'ok', message: 'GoCardless accepted the access token.' };
  }

  async readEvents(account: ProviderAccount, rawBody: Buffer, headers: HookHeaders): Promise<readonly ProviderEvent[]> {
    const signature = headers['webhook-signature'];
    const { webhookSecret } = account.credentials;
    if (typeof signature !== 'string' || !webhookSecret || !isSignedBy(webhookSecret, rawBody, signature)) {
      throw new DomainError('webhook_signature_invalid');
    }
    const events = eventsIn(rawBody);
    return new EventReader(this.requireClient(account)).read(events);
  }

  /** Undefined when the account does not say enough to send a request. */
  private clientOf({ credentials, livemode }: ProviderAccount, signal?: AbortSignal): GoCardlessClient | undefined {
    const { baseUrl = livemode ? LIVE : SANDBOX, accessToken } = credentials;
    if (!URL.canParse(baseUrl) || accessToken === undefined) return undefined;
    return new GoCardlessClient(this.api, { baseUrl, accessToken }, signal);
  }

  /** Nothing was sent, so nothing can have happened. @throws ProviderRefusal */
  private clientToCreate(account: ProviderAccount): GoCardlessClient {
    const client = this.clientOf(account);
    if (!client) throw new ProviderRefusal(CREDENTIALS_REFUSED);
    return client;
  }

  private requireClient(account: ProviderAccount): GoCardlessClient {
    const client = this.clientOf(account);
    if (!client) throw new DomainError('provider_error', 'The payment provider is not configured completely.');
    return client;
  }
}

/**
 * The page on which the buyer gives the mandate. Making one has no effect of its own, so it is tried again. Without one nobody
 * can ever pay, so that a refusal is one of the whole payment; what GoCardless refuses is most often a detail we filled in.
 */
async function linkFor(client: GoCardlessClient, { id }: BillingRequest, request: PaymentRequest): Promise<string> {
  const make = (from: PaymentRequest) => client.create('billing_request_flows', flowFields(id, from));
  const first = await make(request).catch(() => make(request));
  const created = 'made' in first ? first : await make({ ...request, email: undefined, billingAddress: undefined, locale: undefined });
  if ('refused' in created) throw REFUSALS.has(created.refused.status) ? refusalOf(created.refused) : undecided(created.refused);
  const url = webAddressIn(created.made, 'authorisation_url');
  if (url === undefined) throw new DomainError('provider_error', 'The payment provider named no page for the buyer.');
  return url;
}

async function requireStanding(client: GoCardlessClient, reference: string): Promise<Standing> {
  const standing = await standingById(client, reference);
  if (!standing) throw new DomainError('provider_error', 'The payment is not at the provider.');
  return standing;
}

function refusedIfUnsent(error: unknown): never {
  throw wasNotSent(error) ? new ProviderRefusal(CREDENTIALS_REFUSED) : error;
}

function rejected(message: string): ConnectionCheck {
  return { code: 'credentials_rejected', message };
}
