import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { StripeAccountState } from './stripe-account.js';
import { formIn, invalidRequest, missing, readForm, StripeFault } from './stripe-answers.js';
import type { Form, StripeAnswer } from './stripe-answers.js';
import { newId, seconds } from './stripe-objects.js';

/** How the next request to an endpoint goes wrong. `after`: what was asked for was done. */
export type Trouble = 'rate_limited' | 'server_error_before' | 'server_error_after' | 'hangs_up_after' | 'proxy_error' | 'nonsense';

/** A call of the API, e.g. `POST /v1/refunds`. */
type Endpoint = `${'GET' | 'POST'} /v1/${string}`;

interface Call {
  readonly state: StripeAccountState;
  readonly id: string;
  readonly form: Form;
}

/**
 * Stripe's API as its documentation describes it, as far as we use it: keys, idempotency, errors, expansion, pages, search
 * that lags behind, and signed events. A key nobody has registered is refused.
 */
export class FakeStripe {
  /** Every request that got past the key, e.g. `POST /v1/refunds`, oldest first. */
  readonly requests: string[] = [];
  private readonly accounts = new Map<string, StripeAccountState>();
  private readonly forbidden = new Map<string, RegExp>();
  private readonly troubles: { endpoint: Endpoint; trouble: Trouble }[] = [];
  private readonly server: FastifyInstance = fastify({ forceCloseConnections: true });
  private address = '';

  static async start(): Promise<FakeStripe> {
    const fake = new FakeStripe();
    fake.addRoutes();
    fake.address = await fake.server.listen({ host: '127.0.0.1', port: 0 });
    return fake;
  }

  get url(): string {
    return this.address;
  }

  async stop(): Promise<void> {
    await this.server.close();
  }

  /** @param forbidden calls a restricted key may not make */
  register(secretKey: string, forbidden?: RegExp): StripeAccountState {
    const state = new StripeAccountState();
    this.accounts.set(secretKey, state);
    if (forbidden) this.forbidden.set(secretKey, forbidden);
    return state;
  }

  /** The next call of the endpoint goes wrong so. */
  trouble(endpoint: Endpoint, trouble: Trouble): void {
    this.troubles.push({ endpoint, trouble });
  }

  /** `Stripe-Signature` of a body. @param secrets several while a secret is being rolled */
  sign(body: Buffer, secrets: readonly string[], at = seconds()): string {
    const signatures = secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex')}`);
    return [`t=${at}`, ...signatures, `v0=${'0'.repeat(64)}`].join(',');
  }

  private addRoutes(): void {
    this.server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    this.route('POST', '/v1/payment_intents', ({ state, form }) => expanded(state, state.createIntent(form), form));
    this.route('GET', '/v1/payment_intents', ({ state, form }) => state.listIntents(form));
    this.route('GET', '/v1/payment_intents/search', ({ state, form }) => state.searchIntents(form));
    this.route('GET', '/v1/payment_intents/:id', ({ state, id, form }) => expanded(state, state.readIntent(id), form));
    this.route('POST', '/v1/payment_intents/:id/cancel', ({ state, id, form }) => expanded(state, state.cancelIntent(id, form), form));
    this.route('POST', '/v1/refunds', ({ state, form }) => state.createRefund(form));
    this.route('GET', '/v1/refunds', ({ state, form }) => state.listRefunds(form));
    this.route('GET', '/v1/refunds/:id', ({ state, id }) => state.refund(id));
    this.server.setNotFoundHandler(async (request, reply) => {
      const { answer } = missing('route', request.url);
      await reply.status(answer.status).send(answer.body);
    });
  }

  private route(method: 'GET' | 'POST', path: string, work: (call: Call) => object): void {
    this.server.route<{ Params: { id?: string } }>({
      method,
      url: path,
      handler: async (request, reply) => {
        const endpoint = `${method} ${request.url.split('?')[0] ?? ''}` as Endpoint;
        const trouble = this.takeTrouble(endpoint);
        if (trouble === 'proxy_error') return reply.status(502).type('text/html').send('<html>Bad gateway</html>');
        if (trouble === 'nonsense') return reply.status(200).send({ hello: 'world' });
        const answer = await this.answerTo(request, endpoint, trouble, work);
        if (trouble === 'hangs_up_after') return reply.hijack().raw.destroy();
        return reply
          .status(answer.status)
          .headers({ 'request-id': newId('req'), 'stripe-version': '2026-10-28.endive', ...answer.headers })
          .send(answer.body);
      },
    });
  }

  private async answerTo(
    request: FastifyRequest<{ Params: { id?: string } }>,
    endpoint: Endpoint,
    trouble: Trouble | undefined,
    work: (call: Call) => object,
  ): Promise<StripeAnswer> {
    try {
      const state = this.authenticate(request, endpoint);
      this.requests.push(endpoint);
      if (trouble === 'rate_limited')
        throw new StripeFault(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests' });
      const text = request.method === 'GET' ? (request.url.split('?')[1] ?? '') : typeof request.body === 'string' ? request.body : '';
      const key = request.headers['idempotency-key'];
      return await state.idempotency.run(typeof key === 'string' ? key : undefined, `${endpoint} ${text}`, async () => {
        // Long enough for a second request with the same key to meet the first one.
        await pause(5);
        if (trouble === 'server_error_before') throw serverError();
        const body = structuredClone(work({ state, id: request.params.id ?? '', form: readForm(text) }));
        if (trouble === 'server_error_after') throw serverError();
        return { status: 200, body };
      });
    } catch (error) {
      if (error instanceof StripeFault) return error.answer;
      throw error;
    }
  }

  private authenticate(request: FastifyRequest, endpoint: Endpoint): StripeAccountState {
    const key = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const state = this.accounts.get(key);
    // Stripe shows the ends of the key; this one shows all of it, so that a test notices when it is passed on.
    if (!state) throw invalidRequest(`Invalid API Key provided: ${key}`, {}, 401);
    if (this.forbidden.get(key)?.test(endpoint)) {
      throw invalidRequest(`The provided key '${key}' does not have the required permissions for this endpoint.`, {}, 403);
    }
    return state;
  }

  private takeTrouble(endpoint: Endpoint): Trouble | undefined {
    const index = this.troubles.findIndex((trouble) => trouble.endpoint === endpoint);
    return index < 0 ? undefined : this.troubles.splice(index, 1)[0]?.trouble;
  }
}

function serverError(): StripeFault {
  return new StripeFault(500, { type: 'api_error', message: 'Something went wrong on our side.' });
}

/** The charge stands in its place only when that was asked for. */
function expanded(state: StripeAccountState, intent: { latest_charge: string | null }, form: Form): object {
  const wanted = Object.values(formIn(form, 'expand')).includes('latest_charge');
  const charge = state.charges.find(({ id }) => id === intent.latest_charge);
  return wanted && charge ? { ...intent, latest_charge: charge } : intent;
}
