import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { ServiceConfig } from './config/service-config.js';
import { HealthRegistry } from './health/health-registry.js';
import { ServiceLifecycle } from './http/service-lifecycle.js';
import { createLogger } from './logging/logger.js';
import { MetricsRegistry } from './metrics/metrics-registry.js';

/** Injection token of the service's pino logger. Classes that only write text use Nest's `Logger`. */
export const SERVICE_LOGGER = Symbol('SERVICE_LOGGER');

/**
 * What every module of a service may inject: its config (by its own class or as `ServiceConfig`), `HealthRegistry`,
 * `MetricsRegistry`, `ServiceLifecycle` and the logger (`SERVICE_LOGGER`).
 */
@Global()
@Module({})
export class ServiceKitModule {
  static forRoot(o: { name: string; config: ServiceConfig; logger?: Logger }): DynamicModule {
    const providers = [
      { provide: ServiceConfig, useValue: o.config },
      { provide: o.config.constructor, useValue: o.config },
      { provide: SERVICE_LOGGER, useValue: o.logger ?? createLogger(o.name, o.config.LOG_LEVEL) },
      { provide: MetricsRegistry, useValue: new MetricsRegistry(o.name) },
      HealthRegistry,
      ServiceLifecycle,
    ];
    return { module: ServiceKitModule, providers, exports: providers };
  }
}
