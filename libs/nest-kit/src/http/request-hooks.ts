import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { acceptTraceparent, runInContext } from '../context/request-context.js';
import type { RequestContext } from '../context/request-context.js';
import type { MetricsRegistry } from '../metrics/metrics-registry.js';
import { pathOf } from './request-path.js';
import type { ServiceLifecycle } from './service-lifecycle.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Milliseconds on the clock of `performance`. */
    receivedAt: number;
  }
}

const UNMATCHED = 'unmatched';
const LONGEST_USER_AGENT = 300;
/** Logged and counted when the client went away before the answer; never sent. */
const CLIENT_CLOSED_REQUEST = 499;

/** Seconds; from a cached read to a slow provider. */
const DURATION_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface RequestHooksOptions {
  logger: Logger;
  metrics: MetricsRegistry;
  lifecycle: ServiceLifecycle;
  /** Set on every answer before anything else runs, so that handlers can override them. */
  headers: Readonly<Record<string, string>>;
}

/** Gives each request its id, headers, context, log line and duration metric. */
export function addRequestHooks(server: FastifyInstance, o: RequestHooksOptions): void {
  const durations = o.metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer an HTTP request, by method, route pattern and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS,
  });

  const record = (request: FastifyRequest, status: number, milliseconds: number): void => {
    const route = request.is404 ? UNMATCHED : (request.routeOptions.url ?? UNMATCHED);
    durations.observe({ method: request.method, route, status }, milliseconds / 1000);
    o.logger.info(requestFields(request, status, milliseconds), 'request');
  };

  server.decorateRequest('receivedAt', 0);
  // Authentication puts the principal here; declared, so that all request objects keep one shape.
  server.decorateRequest('user');

  server.addHook('onRequest', (request, reply, done) => {
    request.receivedAt = performance.now();
    void reply.header('x-request-id', request.id).headers(o.headers);
    if (o.lifecycle.draining) void reply.header('connection', 'close');
    const traceparent = acceptTraceparent(request.headers['traceparent']);
    const context: RequestContext = { requestId: request.id, address: request.ip };
    if (traceparent !== undefined) context.traceparent = traceparent;
    const userAgent = request.headers['user-agent'];
    if (userAgent !== undefined) context.userAgent = userAgent.slice(0, LONGEST_USER_AGENT);
    // Everything after this hook runs inside the context; Fastify itself carries it across the reading of the body.
    runInContext(context, done);
  });

  server.addHook('onResponse', (request, reply, done) => {
    record(request, reply.statusCode, performance.now() - request.receivedAt);
    done();
  });

  // An answer that can no longer be sent never counts as a response.
  server.addHook('onRequestAbort', (request, done) => {
    record(request, CLIENT_CLOSED_REQUEST, performance.now() - request.receivedAt);
    done();
  });
}

/** What a request's log line says. The path comes without its query. */
export function requestFields(request: FastifyRequest, status: number, milliseconds: number) {
  return {
    requestId: request.id,
    method: request.method,
    path: pathOf(request.url),
    status,
    latencyMs: Math.round(milliseconds * 100) / 100,
  };
}
