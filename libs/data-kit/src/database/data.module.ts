import { Logger, Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, Provider } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection, Schema } from 'mongoose';
import { FieldEncryption } from '../crypto/field-encryption.js';
import { Keyring } from '../crypto/keyring.js';
import { IDEMPOTENCY_MODEL, IdempotencyKeys, idempotencySchema } from '../idempotency/idempotency-keys.js';
import { Inbox, INBOX_MODEL, inboxSchema } from '../inbox/inbox.js';
import { OutboxMetrics } from '../outbox/outbox-metrics.js';
import { OutboxQueue } from '../outbox/outbox-queue.js';
import { DEFAULT_RELAY_SETTINGS, OutboxRelay, RELAY_SETTINGS } from '../outbox/outbox-relay.js';
import type { RelaySettings } from '../outbox/outbox-relay.js';
import { Outbox } from '../outbox/outbox.js';
import { OUTBOX_MODEL, outboxSchema } from '../outbox/outbox.schema.js';
import { DEFAULT_TRANSACTION_LIMITS, TRANSACTION_LIMITS, Transactions } from '../transactions/transactions.js';
import type { TransactionLimits } from '../transactions/transactions.js';
import { connectDatabase } from './connect-database.js';
import type { DatabaseOptions } from './connect-database.js';
import { DataLifecycle } from './data-lifecycle.js';

export interface DataModuleOptions extends DatabaseOptions {
  /** `SYSTEM_ENCRYPTION_KEY`; with it {@link Keyring} and {@link FieldEncryption} can be injected. */
  systemEncryptionKey?: string;
  relay?: Partial<RelaySettings>;
  transactions?: Partial<TransactionLimits>;
}

/**
 * The service's own database, for every module of it. Register models with `MongooseModule.forFeature` of
 * `@nestjs/mongoose`; their declared indexes are created when the service starts.
 */
@Module({})
export class DataModule {
  /** @throws KeyringError */
  static forRoot(options: DataModuleOptions): DynamicModule {
    const connection: FactoryProvider<Connection> = {
      provide: getConnectionToken(),
      useFactory: () => connectDatabase(options, new Logger(DataModule.name)),
    };
    const services: Provider[] = [Transactions, Outbox, OutboxRelay, Inbox, IdempotencyKeys, ...encryption(options)];
    return {
      module: DataModule,
      global: true,
      providers: [
        connection,
        model(OUTBOX_MODEL, outboxSchema),
        model(INBOX_MODEL, inboxSchema),
        model(IDEMPOTENCY_MODEL, idempotencySchema),
        { provide: RELAY_SETTINGS, useValue: { ...DEFAULT_RELAY_SETTINGS, ...options.relay } },
        { provide: TRANSACTION_LIMITS, useValue: { ...DEFAULT_TRANSACTION_LIMITS, ...options.transactions } },
        OutboxQueue,
        OutboxMetrics,
        DataLifecycle,
        ...services,
      ],
      exports: [connection, ...services],
    };
  }
}

function model<T>(name: string, schema: Schema<T>): FactoryProvider {
  return { provide: name, useFactory: (connection: Connection) => connection.model(name, schema), inject: [getConnectionToken()] };
}

function encryption({ systemEncryptionKey }: DataModuleOptions): Provider[] {
  if (systemEncryptionKey === undefined) return [];
  const keyring = Keyring.parse(systemEncryptionKey);
  return [
    { provide: Keyring, useValue: keyring },
    { provide: FieldEncryption, useValue: new FieldEncryption(keyring) },
  ];
}
