import type { IncomingMessage } from 'node:http';
import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServiceConfig } from '../config/service-config.js';
import { acceptRequestId } from '../context/request-context.js';
import { DomainExceptionFilter } from '../errors/domain-exception.filter.js';
import type { SurfacePresenter } from '../errors/error-presenter.js';
import { HealthRegistry } from '../health/health-registry.js';
import { addOperationalRoutes } from '../health/operational-routes.js';
import { createLogger } from '../logging/logger.js';
import { NestPinoLogger } from '../logging/nest-pino-logger.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { ServiceKitModule } from '../service-kit.module.js';
import { createValidationPipe } from '../validation/validation-pipe.js';
import { refuseHarmfulBodies } from './body-shape.js';
import { keepRawBodies } from './raw-body.js';
import { addRequestHooks, requestFields } from './request-hooks.js';
import { securityHeaders } from './security-headers.js';
import type { ContentSecurityPolicyMode } from './security-headers.js';
import { ServiceLifecycle } from './service-lifecycle.js';
import { withoutTrailingSlash } from './trailing-slash.js';

const DEFAULT_BODY_LIMIT = 512 * 1024;
const LONGEST_PATH_PARAMETER = 256;
/** A whole request, headers and body, must arrive in this time: slow senders must not hold connections. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than Caddy keeps an idle connection (2 min), so it never sends a request into one we are closing. */
const KEEP_ALIVE_TIMEOUT_MS = 130_000;

export interface ServiceOptions<C extends ServiceConfig> {
  /** Name in logs, metrics and health answers, e.g. `admin-api`. */
  name: string;
  module: Type | DynamicModule;
  config: C;
  /** Largest body accepted, in bytes; 512 kB unless given. More answers 413 `payload_too_large`. */
  bodyLimitBytes?: number;
  /** Error bodies by address; the Admin API's body for addresses none of them claims. */
  presenters?: readonly SurfacePresenter[];
  contentSecurityPolicy?: ContentSecurityPolicyMode;
  /** Paths that mean the same with a slash at their end; none unless given. Routes are declared without it. */
  trailingSlashOptional?: (path: string) => boolean;
  /** Runs before the application is initialised: connect transports, register Fastify plugins, set up OpenAPI. */
  configure?: (app: NestFastifyApplication) => Promise<void> | void;
}

/**
 * A Nest application on Fastify with everything a service of ours has, not yet initialised and not listening.
 * Nest middleware (`consumer.apply`) is not available: use guards, interceptors or Fastify hooks.
 */
export async function createService<C extends ServiceConfig>(o: ServiceOptions<C>): Promise<NestFastifyApplication> {
  const logger = createLogger(o.name, o.config.LOG_LEVEL);
  const errors = new DomainExceptionFilter(logger, o.presenters);
  const headers = securityHeaders(o.contentSecurityPolicy ?? 'api');

  const adapter = new FastifyAdapter({
    logger: false,
    skipMiddie: true,
    multipart: false,
    bodyLimit: o.bodyLimitBytes ?? DEFAULT_BODY_LIMIT,
    trustProxy: o.config.TRUSTED_PROXIES.split(',').map((entry) => entry.trim()),
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    ...(o.trailingSlashOptional ? { rewriteUrl: routedUrl(o.trailingSlashOptional) } : {}),
    routerOptions: { maxParamLength: LONGEST_PATH_PARAMETER },
    genReqId: (request: IncomingMessage) => acceptRequestId(request.headers['x-request-id']),
    // Addresses the router cannot read never reach a hook or Nest's exception layer.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers(headers);
      errors.answer(error, request, reply);
      logger.info(requestFields(request, reply.statusCode, 0), 'request');
    },
  });
  // Fastify's own JSON parser is used as it is: it refuses prototype keys and needs no second registration.
  const nestOptions = { logger: new NestPinoLogger(logger), bodyParser: false, abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: ServiceRoot, imports: [ServiceKitModule.forRoot({ name: o.name, config: o.config, logger }), o.module] },
    adapter,
    nestOptions,
  );

  const server = app.getHttpAdapter().getInstance();
  const metrics = app.get(MetricsRegistry);
  const lifecycle = app.get(ServiceLifecycle);
  server.removeContentTypeParser('text/plain');
  addRequestHooks(server, { logger, metrics, lifecycle, headers });
  keepRawBodies(server);
  refuseHarmfulBodies(server);
  addOperationalRoutes(server, {
    service: o.name,
    token: o.config.INTERNAL_HEALTH_TOKEN,
    health: app.get(HealthRegistry),
    metrics,
    lifecycle,
  });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(errors);
  await o.configure?.(app);
  return app;
}

function routedUrl(saysNothing: (path: string) => boolean): (request: Pick<IncomingMessage, 'url'>) => string {
  return ({ url = '/' }) => withoutTrailingSlash(url, saysNothing);
}

/** Joins the service's own module with the kit's. */
@Module({})
class ServiceRoot {}
