import { randomBytes } from 'node:crypto';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MollieProfile } from './mollie-profile.js';
import { MollieProblem } from './mollie-problem.js';

/** What goes wrong with the next request that makes something. `after`: it was made, and the answer does not say so. */
export type Mishap = 'rate_limited' | 'unavailable_before' | 'unavailable_after' | 'silent_after' | 'garbage_after' | 'in_progress';

type Keyed = FastifyRequest<{ Params: { id: string; refund: string }; Querystring: Record<string, string> }>;

/** Mollie's API on the loopback: the Payments, Refunds and Chargebacks API of version 2 as its documentation describes them. */
export class MollieFake {
  /** Every request that came with a valid key: `GET /v2/payments/tr_…`. */
  readonly requests: { method: string; url: string; headers: FastifyRequest['headers']; body: unknown }[] = [];
  private readonly profiles = new Map<string, MollieProfile>();
  private readonly app: FastifyInstance = fastify({ forceCloseConnections: true });
  private address = '';
  private mishap: Mishap | undefined;

  private constructor() {
    this.app.setErrorHandler((error, _request, reply) => {
      const problem = error instanceof MollieProblem ? error : new MollieProblem(400, 'Bad Request', String(error));
      return reply.code(problem.status).type('application/hal+json').send(problem.body());
    });
    this.app.setNotFoundHandler(() => {
      throw new MollieProblem(404, 'Not Found', 'No such page.');
    });
    this.route();
  }

  static async start(): Promise<MollieFake> {
    const fake = new MollieFake();
    fake.address = await fake.app.listen({ host: '127.0.0.1', port: 0 });
    return fake;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  get baseUrl(): string {
    return `${this.address}/v2`;
  }

  /** A profile of a merchant of its own. @returns its key */
  newKey(mode: 'test' | 'live' = 'test'): string {
    const key = `${mode}_${randomBytes(15).toString('hex')}`;
    this.profiles.set(key, new MollieProfile(mode));
    return key;
  }

  profile(key: string): MollieProfile {
    const profile = this.profiles.get(key);
    if (!profile) throw new MollieProblem(401, 'Unauthorized Request', 'Missing authentication, or failed to authenticate');
    return profile;
  }

  /** Happens to the next request that makes something, once. */
  onNextCreation(mishap: Mishap): void {
    this.mishap = mishap;
  }

  private route(): void {
    const { app } = this;
    app.get('/v2/profiles/me', (request) => this.of(request).self());
    app.post('/v2/payments', (request, reply) => this.create(request, reply, (profile) => profile.createPayment(request.body)));
    app.get('/v2/payments', (request: Keyed) => this.of(request).listPayments(request.query, this.baseUrl));
    app.get('/v2/payments/:id', (request: Keyed) => this.of(request).payment(request.params.id, request.query['embed']));
    app.delete('/v2/payments/:id', (request: Keyed) => this.of(request).cancel(request.params.id));
    app.post('/v2/payments/:id/refunds', (request: Keyed, reply) =>
      this.create(request, reply, (profile) => profile.createRefund(request.params.id, request.body)),
    );
    app.get('/v2/payments/:id/refunds', (request: Keyed) => this.of(request).listRefunds(request.params.id, request.query, this.baseUrl));
    app.get('/v2/payments/:id/refunds/:refund', (request: Keyed) => this.of(request).refund(request.params.id, request.params.refund));
  }

  private of(request: FastifyRequest): MollieProfile {
    const profile = this.profile((request.headers.authorization ?? '').replace('Bearer ', ''));
    const { method, url, headers, body } = request;
    this.requests.push({ method, url, headers, body });
    return profile;
  }

  /** Under an idempotency key the first answer is given again, for an hour. */
  private async create(request: FastifyRequest, reply: FastifyReply, make: (profile: MollieProfile) => object): Promise<unknown> {
    const profile = this.of(request);
    const { mishap } = this;
    this.mishap = undefined;
    if (mishap === 'rate_limited') {
      void reply.header('retry-after', '1');
      throw new MollieProblem(429, 'Too Many Requests', 'You have sent too many requests. Please slow down.');
    }
    if (mishap === 'unavailable_before') throw new MollieProblem(503, 'Service Unavailable', 'Please try again later.');
    if (mishap === 'in_progress') throw new MollieProblem(409, 'Conflict', 'A request with this key is still being carried out.');
    const answer = profile.once(request.headers['idempotency-key'], () => make(profile));
    if (mishap === 'unavailable_after') throw new MollieProblem(502, 'Bad Gateway', 'Please try again later.');
    if (mishap === 'garbage_after') return reply.code(201).type('text/html').send('<html>Created</html>');
    if (mishap === 'silent_after') return new Promise(() => undefined);
    return reply.code(201).type('application/hal+json').send(answer);
  }
}
