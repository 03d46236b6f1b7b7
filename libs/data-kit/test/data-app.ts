import { Global, Module } from '@nestjs/common';
import type { INestApplicationContext, LoggerService, Type } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import type { ModelDefinition } from '@nestjs/mongoose';
import { Test } from '@nestjs/testing';
import { EventPublisher, MessagingModule } from '@paygate/messaging-kit';
import { HealthRegistry, MetricsRegistry } from '@paygate/nest-kit';
import type { Connection } from 'mongoose';
import { DataModule } from '../src/index.js';
import type { DataModuleOptions } from '../src/index.js';

@Global()
@Module({
  providers: [HealthRegistry, { provide: MetricsRegistry, useFactory: () => new MetricsRegistry('test') }],
  exports: [HealthRegistry, MetricsRegistry],
})
class ServiceParts {}

/** Several tests provoke warnings and errors on purpose. */
const SILENT: LoggerService = { log: () => undefined, warn: () => undefined, error: () => undefined };

export interface DataAppOptions extends Partial<DataModuleOptions> {
  uri: string;
  database: string;
  natsUrl: string;
  models?: ModelDefinition[];
  /** A publisher with a fault. */
  publisher?: Type<EventPublisher>;
}

/** The data kit as a service holds it, with real MongoDB and NATS behind. */
export interface DataApp {
  app: INestApplicationContext;
  connection: Connection;
  /** By class; private constructors included. */
  get<T>(type: { prototype: T }): T;
  close(): Promise<void>;
}

export async function startDataApp({ natsUrl, models = [], publisher, ...options }: DataAppOptions): Promise<DataApp> {
  const builder = Test.createTestingModule({
    imports: [
      ServiceParts,
      MessagingModule.forRoot({ url: natsUrl, service: 'main' }),
      DataModule.forRoot({ production: false, ...options }),
      MongooseModule.forFeature(models),
    ],
  });
  if (publisher) builder.overrideProvider(EventPublisher).useClass(publisher);
  const app = await builder.setLogger(SILENT).compile();
  await app.init();
  return {
    app,
    connection: app.get<Connection>(getConnectionToken()),
    get: <T>(type: { prototype: T }) => app.get<T>(type as Type<T>, { strict: false }),
    close: () => app.close(),
  };
}
