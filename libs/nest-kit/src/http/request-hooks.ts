import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { acceptTraceparent, runInContext } from '../context/request-context.js';
import type { MetricsRegistry } from '../metrics/metrics-registry.js';
import { pathOf } from './request-path.js';
import type { ServiceLifecycle } from './service-lifecycle.js';

const UNMATCHED = 'unmatched';

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

  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).headers(o.headers);
    if (o.lifecycle.draining) void reply.header('connection', 'close');
    done();
  });

  // Entered once, after the body was read: reading ends in an event of the socket, where the context would be lost.
  server.addHook('preValidation', (request, _reply, done) => {
    const traceparent = acceptTraceparent(request.headers['traceparent']);
    runInContext(traceparent === undefined ? { requestId: request.id } : { requestId: request.id, traceparent }, done);
  });

  server.addHook('onResponse', (request, reply, done) => {
    const status = reply.statusCode;
    const milliseconds = reply.elapsedTime;
    const route = request.is404 ? UNMATCHED : (request.routeOptions.url ?? UNMATCHED);
    durations.observe({ method: request.method, route, status }, milliseconds / 1000);
    o.logger.info(
      { requestId: request.id, method: request.method, path: pathOf(request.url), status, latencyMs: Math.round(milliseconds * 100) / 100 },
      'request',
    );
    done();
  });

  server.addHook('onRequestAbort', (request, done) => {
    o.logger.info({ requestId: request.id, method: request.method, path: pathOf(request.url) }, 'request aborted by the client');
    done();
  });
}
