import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProviderAccount } from '../../../src/providers/index.js';
import type { ArrivedNotification } from '../../support/provider-adapter.contract.js';
import { vendorId, VendorMerchant } from './merchant.js';
import { PaypalSigning } from './signing.js';
import { VendorError } from './vendor-error.js';

/** What goes wrong with one call. `after`: it is carried out, and the answer is lost. */
export interface Fault {
  method: 'GET' | 'POST';
  path: RegExp;
  status: number;
  body?: object;
  after?: true;
}

interface SentNotification extends ArrivedNotification {
  merchant: VendorMerchant;
  type: string;
  resource: object;
}

/** How long a call takes, so that a second one of the same id can meet it. */
const BUSY_MS = 5;
const TOKEN_SECONDS = 32_400;

/**
 * PayPal on this machine, as far as docs/providers/paypal.md says: several merchants, each with its own app and webhook. Nothing
 * is sent anywhere; notifications are kept, signed, for the test to deliver.
 */
export class FakePaypal {
  readonly sent: SentNotification[] = [];
  /** Every call, e.g. `POST /v2/checkout/orders`, tokens included. */
  readonly calls: { method: string; path: string; requestId?: string; body: unknown }[] = [];
  readonly signing = new PaypalSigning();
  private readonly server: FastifyInstance;
  private readonly merchants: VendorMerchant[] = [];
  private readonly tokens = new Map<string, VendorMerchant>();
  private readonly requests = new Map<string, 'busy' | (() => object)>();
  private readonly faults: Fault[] = [];
  private address = '';

  private constructor() {
    this.server = fastify({ forceCloseConnections: true });
    this.server.removeAllContentTypeParsers();
    this.server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    this.server.setErrorHandler(async (error, _request, reply) => {
      const { status, body } = error instanceof VendorError ? error : VendorError.of(500, 'INTERNAL_SERVER_ERROR');
      await reply.code(status).header('paypal-debug-id', 'f0f0f0f0f0f0f').send(body);
    });
    this.server.all('/*', (request, reply) => this.handle(request, reply));
  }

  static async start(): Promise<FakePaypal> {
    const paypal = new FakePaypal();
    paypal.address = await paypal.server.listen({ host: '127.0.0.1', port: 0 });
    return paypal;
  }

  get url(): string {
    return this.address;
  }

  async stop(): Promise<void> {
    await this.server.close();
  }

  newAccount(): ProviderAccount {
    const merchant = new VendorMerchant(
      `client-${randomBytes(8).toString('hex')}`,
      `secret-${randomBytes(8).toString('hex')}`,
      vendorId(),
      () => this.url,
      (...told) => this.tell(...told),
    );
    this.merchants.push(merchant);
    const { clientId, clientSecret, webhookId } = merchant;
    const id = randomBytes(12).toString('hex');
    return {
      id,
      organizationId: 'o1',
      type: 'paypal',
      livemode: false,
      credentials: { baseUrl: this.url, clientId, clientSecret, webhookId },
    };
  }

  merchantOf({ credentials }: ProviderAccount): VendorMerchant {
    const merchant = this.merchants.find(({ webhookId }) => webhookId === credentials['webhookId']);
    if (!merchant) throw new Error('there is no such merchant');
    return merchant;
  }

  /** The next call that fits goes wrong. */
  fail(fault: Fault): void {
    this.faults.push(fault);
  }

  /** Every token handed out so far is no longer good. */
  revokeTokens(): void {
    this.tokens.clear();
  }

  /** PayPal forgets the ids of requests some time after; six hours for orders. */
  forgetRequests(): void {
    this.requests.clear();
  }

  callsTo(method: string, path: RegExp): number {
    return this.calls.filter((call) => call.method === method && path.test(call.path)).length;
  }

  sign({ credentials }: ProviderAccount, rawBody: Buffer, certificate = 'CERT-current'): ArrivedNotification['headers'] {
    return this.signing.headers(credentials['webhookId'] ?? '', rawBody, this.certificateUrl(certificate));
  }

  certificateUrl(certificate: string): string {
    return `${this.url}/v1/notifications/certs/${certificate}`;
  }

  private async handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { method, url: path } = request;
    const body = parse(request.body);
    const requestId = String(request.headers['paypal-request-id'] ?? '') || undefined;
    this.calls.push({ method, path, requestId, body });
    const index = this.faults.findIndex((fault) => fault.method === method && fault.path.test(path));
    const [fault] = index < 0 ? [] : this.faults.splice(index, 1);
    if (!fault || fault.after) {
      const answer = await this.answer(request, body, requestId);
      if (!fault) return reply.code(answer.status).header('paypal-debug-id', 'd0d0d0d0d0d0d').send(answer.body);
    }
    return reply
      .code(fault.status)
      .header('paypal-debug-id', 'f0f0f0f0f0f0f')
      .send(fault.body ?? { name: 'INTERNAL_SERVER_ERROR' });
  }

  private async answer(request: FastifyRequest, body: unknown, requestId: string | undefined): Promise<{ status: number; body: unknown }> {
    const { method, url } = request;
    const route = `${method} ${url.replace(/\?.*/, '')}`;
    const certificate = /^GET \/v1\/notifications\/certs\/(.+)$/.exec(route)?.[1];
    if (certificate !== undefined) return this.certificate(certificate);
    if (route === 'POST /v1/oauth2/token') return this.token(request.headers.authorization);
    const merchant = this.tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (!merchant) throw new VendorError(401, { error: 'invalid_token', error_description: 'Token signature verification failed' });
    const work = find(merchant, route, url, body);
    if (!work) throw VendorError.notFound();
    return method === 'POST' ? this.once(`${merchant.clientId} ${route} ${requestId}`, requestId, work) : { status: 200, body: work()() };
  }

  /** The first call is carried out; a later one of the same id gets what it made, as that is now; one in between is refused. */
  private async once(key: string, requestId: string | undefined, work: () => () => object): Promise<{ status: number; body: unknown }> {
    const known = requestId === undefined ? undefined : this.requests.get(key);
    if (known === 'busy') throw VendorError.of(409, 'RESOURCE_CONFLICT', 'PREVIOUS_REQUEST_IN_PROGRESS');
    if (known) return { status: 200, body: known() };
    this.requests.set(key, 'busy');
    try {
      await sleep(BUSY_MS);
      const made = work();
      this.requests.set(key, made);
      return { status: 201, body: made() };
    } catch (error) {
      this.requests.delete(key);
      throw error;
    }
  }

  private token(authorization = ''): { status: number; body: unknown } {
    const [id, secret] = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().split(':');
    const merchant = this.merchants.find(({ clientId, clientSecret }) => clientId === id && clientSecret === secret);
    if (!merchant) throw new VendorError(401, { error: 'invalid_client', error_description: 'Client Authentication failed' });
    const token = `A21AA${randomBytes(24).toString('base64url')}`;
    this.tokens.set(token, merchant);
    return { status: 200, body: { access_token: token, token_type: 'Bearer', app_id: 'APP-1', expires_in: TOKEN_SECONDS, nonce: 'n' } };
  }

  private certificate(name: string): { status: number; body: unknown } {
    const pem = this.signing.certificates.get(name);
    if (pem === undefined) throw VendorError.notFound();
    return { status: 200, body: pem };
  }

  private tell(merchant: VendorMerchant, type: string, resourceType: string, resource: object): void {
    const event = {
      id: `WH-${vendorId()}`,
      event_version: '1.0',
      create_time: new Date().toISOString(),
      resource_type: resourceType,
      event_type: type,
    };
    const rawBody = Buffer.from(JSON.stringify({ ...event, summary: type, resource }));
    const headers = this.signing.headers(merchant.webhookId, rawBody, this.certificateUrl('CERT-current'));
    this.sent.push({ merchant, type, resource: structuredClone(resource), rawBody, headers });
  }
}

/** What a call does, and what it then shows: `work()` carries it out, what it returns can be shown again later. */
function find(merchant: VendorMerchant, route: string, url: string, body: unknown): (() => () => object) | undefined {
  const id = (pattern: RegExp): string | undefined => pattern.exec(route)?.slice(1).map(decodeURIComponent)[0];
  const given = body as Parameters<VendorMerchant['createOrder']>[0] & Parameters<VendorMerchant['refundCapture']>[1];
  const order = id(/^GET \/v2\/checkout\/orders\/([^/]+)$/);
  if (order !== undefined) return () => () => merchant.look(order);
  const captured = id(/^POST \/v2\/checkout\/orders\/([^/]+)\/capture$/);
  if (captured !== undefined)
    return () =>
      (
        (made) => () =>
          merchant.shown(made)
      )(merchant.captureOrder(captured));
  if (route === 'POST /v2/checkout/orders')
    return () =>
      (
        (made) => () =>
          merchant.shown(made)
      )(merchant.createOrder(given));
  const capture = id(/^GET \/v2\/payments\/captures\/([^/]+)$/);
  if (capture !== undefined) return () => () => merchant.capture(capture);
  const refunded = id(/^POST \/v2\/payments\/captures\/([^/]+)\/refund$/);
  if (refunded !== undefined)
    return () =>
      (
        (made) => () =>
          made
      )(merchant.refundCapture(refunded, given));
  const refund = id(/^GET \/v2\/payments\/refunds\/([^/]+)$/);
  if (refund !== undefined) return () => () => merchant.refund(refund);
  if (route === 'GET /v1/customer/disputes') return () => () => ({ items: disputesOver(merchant, url) });
  const dispute = id(/^GET \/v1\/customer\/disputes\/([^/]+)$/);
  if (dispute !== undefined) return () => () => merchant.disputes.get(dispute) ?? notFound();
  const webhook = id(/^GET \/v1\/notifications\/webhooks\/([^/]+)$/);
  if (webhook !== undefined) return () => () => (webhook === merchant.webhookId ? { id: webhook } : notFound());
  return undefined;
}

function disputesOver(merchant: VendorMerchant, url: string): object[] {
  const captureId = new URL(url, 'http://paypal.invalid').searchParams.get('disputed_transaction_id');
  return [...merchant.disputes.values()].filter(({ disputed_transactions: [first] }) => first?.seller_transaction_id === captureId);
}

function notFound(): never {
  throw VendorError.notFound();
}

function parse(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return body;
  }
}
