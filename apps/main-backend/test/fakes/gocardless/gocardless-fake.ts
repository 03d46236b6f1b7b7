import { createHmac, randomBytes } from 'node:crypto';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GoCardlessOrganisation } from './gocardless-organisation.js';
import type { Kind, StoredEvent } from './gocardless-organisation.js';
import { GoCardlessProblem } from './gocardless-problem.js';

/** What goes wrong with the next request that makes something of this kind. `after`: it was made, and the answer does not say so. */
export type Mishap = 'rate_limited' | 'unavailable_before' | 'unavailable_after' | 'silent_after' | 'garbage_after';

type Asked = FastifyRequest<{ Params: { kind: Kind; id: string; action: string }; Querystring: Record<string, string> }>;

const KINDS = new Set(['billing_requests', 'billing_request_flows', 'mandates', 'payments', 'refunds']);

/** GoCardless' API on the loopback, as its reference describes it: what a checkout needs of version 2015-07-06. */
export class GoCardlessFake {
  readonly requests: { method: string; url: string; headers: FastifyRequest['headers']; body: unknown }[] = [];
  private readonly organisations = new Map<string, GoCardlessOrganisation>();
  private readonly app: FastifyInstance = fastify({ forceCloseConnections: true });
  private readonly mishaps = new Map<Kind, Mishap>();
  private address = '';

  private constructor() {
    this.app.setErrorHandler((error, _request, reply) => {
      const problem =
        error instanceof GoCardlessProblem ? error : new GoCardlessProblem(400, 'invalid_api_usage', 'invalid_document', String(error));
      return reply.code(problem.status).send(problem.body());
    });
    this.route();
  }

  static async start(): Promise<GoCardlessFake> {
    const fake = new GoCardlessFake();
    fake.address = await fake.app.listen({ host: '127.0.0.1', port: 0 });
    return fake;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  get baseUrl(): string {
    return this.address;
  }

  /** A merchant of its own. @returns its token */
  newToken(): string {
    const token = `sandbox_${randomBytes(15).toString('hex')}`;
    this.organisations.set(token, new GoCardlessOrganisation());
    return token;
  }

  organisation(token: string): GoCardlessOrganisation {
    const organisation = this.organisations.get(token);
    if (!organisation) throw new GoCardlessProblem(401, 'invalid_api_usage', 'access_token_not_found', 'The access token was not found');
    return organisation;
  }

  /** Happens to the next request that makes one of this kind, once. */
  onNextCreation(kind: Kind, mishap: Mishap): void {
    this.mishaps.set(kind, mishap);
  }

  private route(): void {
    const { app } = this;
    app.get('/creditors', (request: Asked) => {
      this.of(request);
      return { creditors: [{ id: 'CR123', name: 'Example Shop' }], meta: { cursors: { before: null, after: null }, limit: 1 } };
    });
    app.get('/events', (request: Asked) => this.of(request).list('events', request.query));
    app.get('/:kind', (request: Asked) => this.of(request).list(kindOf(request), request.query));
    app.get('/:kind/:id', (request: Asked) => this.of(request).show(kindOf(request), request.params.id));
    app.post('/:kind', (request: Asked, reply) => this.create(request, reply));
    app.post('/:kind/:id/actions/:action', (request: Asked) =>
      this.of(request).act(kindOf(request), request.params.id, request.params.action),
    );
  }

  private of(request: FastifyRequest): GoCardlessOrganisation {
    const organisation = this.organisation((request.headers.authorization ?? '').replace('Bearer ', ''));
    const { method, url, headers, body } = request;
    if (headers['gocardless-version'] !== '2015-07-06') {
      throw new GoCardlessProblem(400, 'invalid_api_usage', 'missing_version_header', 'The version header is missing');
    }
    this.requests.push({ method, url, headers, body });
    return organisation;
  }

  private async create(request: Asked, reply: FastifyReply): Promise<unknown> {
    const organisation = this.of(request);
    const kind = kindOf(request);
    const mishap = this.mishaps.get(kind);
    this.mishaps.delete(kind);
    if (mishap === 'rate_limited') {
      void reply.headers({
        'ratelimit-limit': '1000',
        'ratelimit-remaining': '0',
        'ratelimit-reset': new Date(Date.now() + 60_000).toUTCString(),
      });
      throw new GoCardlessProblem(429, 'invalid_api_usage', 'rate_limit_exceeded', 'Rate limit exceeded');
    }
    const down = new GoCardlessProblem(500, 'gocardless', 'internal_server_error', 'Uh-oh!');
    if (mishap === 'unavailable_before') throw down;
    const key = request.headers['idempotency-key'];
    const made = organisation.create(kind, fieldsIn(request.body, kind), typeof key === 'string' ? key : undefined);
    if (mishap === 'unavailable_after') throw down;
    if (mishap === 'garbage_after') return reply.code(201).type('text/html').send('<html>Created</html>');
    if (mishap === 'silent_after') return new Promise(() => undefined);
    return reply.code(201).send(made);
  }
}

/** A notification as GoCardless sends it: a batch of events, signed with the secret of the endpoint. */
export function webhookOf(events: readonly StoredEvent[], secret: string): { rawBody: Buffer; headers: Record<string, string> } {
  const rawBody = Buffer.from(JSON.stringify({ events, meta: { webhook_id: 'WB123' } }));
  return { rawBody, headers: { 'content-type': 'application/json', 'webhook-signature': signatureOf(rawBody, secret) } };
}

export function signatureOf(rawBody: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(rawBody).digest('hex');
}

function kindOf({ params: { kind } }: Asked): Kind {
  if (!KINDS.has(kind)) throw new GoCardlessProblem(404, 'invalid_api_usage', 'path_not_found', 'Path not found');
  return kind;
}

function fieldsIn(body: unknown, kind: Kind): Record<string, unknown> {
  const fields = (body as Record<string, unknown> | null)?.[kind];
  if (typeof fields !== 'object' || fields === null) {
    throw new GoCardlessProblem(400, 'invalid_api_usage', 'invalid_document', 'The document root must be the resource');
  }
  return fields as Record<string, unknown>;
}
