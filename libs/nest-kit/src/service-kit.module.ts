import { Global, Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import type { Logger } from 'pino';
import { ServiceConfig } from './config/service-config.js';
import { HealthRegistry } from './health/health-registry.js';
import { ServiceLifecycle } from './http/service-lifecycle.js';
import { createLogger } from './logging/logger.js';
import { MetricsRegistry } from './metrics/metrics-registry.js';

/** Injection token of the service's pino logger. Classes that only write text use Nest's `Logger`. */
export const SERVICE_LOGGER = Symbol('SERVICE_LOGGER');

/**
 * What every module of a service may inject: its config (by its own class or one it extends, such as `ServiceConfig`), `HealthRegistry`,
 * `MetricsRegistry`, `ServiceLifecycle` and the logger (`SERVICE_LOGGER`).
 */
@Global()
@Module({})
export class ServiceKitModule {
  static forRoot(o: { name: string; config: ServiceConfig; logger?: Logger }): DynamicModule {
    const providers = [
      ...classesOf(o.config).map((provide) => ({ provide, useValue: o.config })),
      { provide: SERVICE_LOGGER, useValue: o.logger ?? createLogger(o.name, o.config.LOG_LEVEL) },
      { provide: MetricsRegistry, useValue: new MetricsRegistry(o.name) },
      HealthRegistry,
      ServiceLifecycle,
    ];
    return { module: ServiceKitModule, providers, exports: providers };
  }
}

/** The class of the config and those it extends, down to `ServiceConfig`. */
function classesOf(config: ServiceConfig): Type[] {
  const classes: Type[] = [];
  for (
    let type = config.constructor as Type;
    ServiceConfig.prototype.isPrototypeOf(type.prototype as object);
    type = Object.getPrototypeOf(type) as Type
  ) {
    classes.push(type);
  }
  return [...classes, ServiceConfig];
}
