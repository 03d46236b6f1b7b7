import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@paygate/kernel';
import type { ServiceLifecycle } from '../http/service-lifecycle.js';
import { kitVersion } from '../kit-version.js';
import type { MetricsRegistry } from '../metrics/metrics-registry.js';
import type { HealthRegistry } from './health-registry.js';
import { hasBearerToken, isInternalRequest } from './internal-access.js';

export interface OperationalRoutesOptions {
  service: string;
  token: string | undefined;
  health: HealthRegistry;
  metrics: MetricsRegistry;
  lifecycle: ServiceLifecycle;
}

/**
 * What operators and orchestrators ask: GET /health (alive, 503 while stopping), GET /internal/health (dependencies),
 * GET /metrics (Prometheus). The last two answer 404 to everything outside the private network.
 */
export function addOperationalRoutes(server: FastifyInstance, o: OperationalRoutesOptions): void {
  const internalOnly = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    if (!isInternalRequest(request)) {
      reply.callNotFound();
      return;
    }
    if (o.token !== undefined && !hasBearerToken(request, o.token)) {
      done(new DomainError('forbidden', 'Send Authorization: Bearer with the INTERNAL_HEALTH_TOKEN of this service.'));
      return;
    }
    done();
  };

  server.get('/health', (_request, reply) => {
    if (o.lifecycle.draining) return reply.code(503).send({ status: 'stopping' });
    return reply.send({ status: 'ok' });
  });

  server.get('/internal/health', { onRequest: internalOnly }, async (_request, reply) => {
    const { healthy, checks } = await o.health.run();
    const status = o.lifecycle.draining ? 'stopping' : healthy ? 'ok' : 'unavailable';
    const body = { status, service: o.service, version: kitVersion, uptimeSeconds: Math.floor(process.uptime()), checks };
    return reply.code(status === 'ok' ? 200 : 503).send(body);
  });

  server.get('/metrics', { onRequest: internalOnly }, async (_request, reply) => {
    const text = await o.metrics.registry.metrics();
    return reply.type(o.metrics.registry.contentType).send(text);
  });
}
