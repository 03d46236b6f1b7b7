import type { DynamicModule, INestApplication, LoggerService, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { HealthRegistry, MetricsRegistry, ServiceConfig, ServiceKitModule } from '@paygate/nest-kit';
import { ConfigBucket, connectMessaging, DeadLetters, EventPublisher, MessagingModule, RpcClient } from '../src/index.js';
import type { MessagingOptions } from '../src/index.js';

/** What the application logged, as text. */
export class LogLines implements LoggerService {
  readonly lines: string[] = [];
  log = (...parts: unknown[]): void => this.keep(parts);
  warn = (...parts: unknown[]): void => this.keep(parts);
  error = (...parts: unknown[]): void => this.keep(parts);

  get text(): string {
    return this.lines.join('\n');
  }

  private keep(parts: unknown[]): void {
    this.lines.push(parts.map((part) => (part instanceof Error ? part.stack : String(part))).join(' '));
  }
}

/** Nest has one logger per process: that of the application created last. So all applications of a test file share it. */
const logs = new LogLines();

@Module({})
class Root {}

export interface MessagingApp {
  app: INestApplication;
  rpc: RpcClient;
  publisher: EventPublisher;
  deadLetters: DeadLetters;
  config: ConfigBucket;
  health: HealthRegistry;
  logs: LogLines;
  /** The value of a counter, 0 when it was never raised. */
  counted(name: string): Promise<number>;
}

/** A whole Nest application with the messaging of a service and nothing else. */
export async function startMessagingApp(options: MessagingOptions & { controllers?: Type[] }): Promise<MessagingApp> {
  const { controllers = [], ...messaging } = options;
  const root: DynamicModule = {
    module: Root,
    imports: [ServiceKitModule.forRoot({ name: options.service, config: new ServiceConfig() }), MessagingModule.forRoot(messaging)],
    controllers,
  };
  const app = await NestFactory.create(root, new FastifyAdapter(), { logger: logs, abortOnError: false });
  try {
    connectMessaging(app);
    await app.init();
    await app.startAllMicroservices();
  } catch (error) {
    await app.close();
    throw error;
  }
  const metrics = app.get(MetricsRegistry);
  return {
    app,
    rpc: app.get(RpcClient),
    publisher: app.get(EventPublisher),
    deadLetters: app.get(DeadLetters),
    config: app.get(ConfigBucket),
    health: app.get(HealthRegistry),
    logs,
    counted: async (name) => {
      const metric = (await metrics.registry.getMetricsAsJSON()).find((candidate) => candidate.name === name);
      return (metric?.values ?? []).reduce((sum, { value }) => sum + value, 0);
    },
  };
}
