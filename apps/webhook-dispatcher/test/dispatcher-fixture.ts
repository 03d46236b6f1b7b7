import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FieldEncryption, parseKeyring } from '@paygate/data-kit';
import { newObjectId } from '@paygate/kernel';
import {
  encryptionContext,
  refundStatusChanged,
  siteSnapshot,
  TransactionStatusChanged,
  transactionStatusChanged,
} from '@paygate/messages';
import type { RefundStatusChanged, SiteSnapshot } from '@paygate/messages';
import { ConfigBucket, EventPublisher, MessagingModule, RpcClient } from '@paygate/messaging-kit';
import { createService, startService, stopService } from '@paygate/nest-kit';
import type { TransactionStatus } from '@paygate/payments-domain';
import type { TestInfrastructure } from '@paygate/testing';
import { generateSigningSecret } from '@paygate/webhook-protocol';
import { DispatcherConfig } from '../src/dispatcher-config.js';
import { createDispatcher } from '../src/dispatcher-options.js';

export const ENCRYPTION_KEY = `test:${Buffer.alloc(32, 'k3y-for-tests').toString('base64')}`;

/** Seconds; short enough to wait for. */
export const QUICK_RETRIES = [0, 0.2, 0.2, 0.2, 0.2];

export function dispatcherConfig(infrastructure: TestInfrastructure, overrides: Partial<DispatcherConfig> = {}): DispatcherConfig {
  return Object.assign(new DispatcherConfig(), {
    NODE_ENV: 'test',
    PORT: 0,
    LOG_LEVEL: 'fatal',
    MONGODB_URI: infrastructure.mongoUri,
    MONGODB_DATABASE: infrastructure.newDatabaseName('dispatch'),
    NATS_URL: infrastructure.natsUrl,
    REDIS_URL: infrastructure.redisUrl,
    SYSTEM_ENCRYPTION_KEY: ENCRYPTION_KEY,
    PAYGATE_ALLOW_PRIVATE_TARGETS: true,
    DELIVERY_TIMEOUT_MS: 1_000,
    DELIVERY_SWEEP_MS: 200,
    ...overrides,
  });
}

export async function startDispatcher(
  config: DispatcherConfig,
  retrySchedule: readonly number[] = QUICK_RETRIES,
): Promise<NestFastifyApplication> {
  const app = await createDispatcher(config, { retrySchedule });
  await startService(app);
  return app;
}

/** What a test says of a status change; the rest is made up. */
export interface Change {
  organizationId?: string;
  transactionId?: string;
  checkoutId?: string;
  status: TransactionStatus;
  eventVersion: number;
  externalReference?: string;
  ipnUrl?: string;
  livemode?: boolean;
  eventId?: string;
  occurredAt?: Date;
  payer?: string;
}

/** The other services, as far as the dispatcher sees them: admin-api with its sites, main-backend with its events. */
export class Surroundings {
  readonly organizationId = newObjectId();
  readonly secret = generateSigningSecret();
  readonly siteId = newObjectId();

  private constructor(private readonly app: NestFastifyApplication) {}

  static async start(config: DispatcherConfig): Promise<Surroundings> {
    const module = MessagingModule.forRoot({ url: config.NATS_URL, service: 'main' });
    const app = await createService({ name: 'surroundings', module, config });
    await app.init();
    const surroundings = new Surroundings(app);
    await surroundings.putSite();
    return surroundings;
  }

  get rpc(): RpcClient {
    return this.app.get(RpcClient, { strict: false });
  }

  async putSite(overrides: Partial<SiteSnapshot> = {}, ...secrets: { secret: string; validUntil?: string }[]): Promise<string> {
    const id = overrides.id ?? this.siteId;
    const encryption = new FieldEncryption(parseKeyring(ENCRYPTION_KEY));
    const live = secrets.length > 0 ? secrets : [{ secret: this.secret }];
    await this.app.get(ConfigBucket, { strict: false }).put(siteSnapshot, id, {
      id,
      organizationId: this.organizationId,
      name: 'Test site',
      active: true,
      providerIds: [],
      supersedeOpenCheckouts: true,
      ipnVersion: 2,
      signingSecrets: live.map(({ secret, validUntil }) => ({
        ciphertext: encryption.encrypt(secret, encryptionContext.siteSigningSecret(id)),
        validUntil,
      })),
      branding: {},
      allowedOrigins: [],
      ...overrides,
    });
    return id;
  }

  /** Publishes the change as main-backend would; returns its payload. */
  async tell(change: Change, siteId = this.siteId): Promise<TransactionStatusChanged> {
    const occurredAt = change.occurredAt ?? new Date();
    const transactionId = change.transactionId ?? newObjectId();
    const payload: TransactionStatusChanged = Object.assign(new TransactionStatusChanged(), {
      organizationId: change.organizationId ?? this.organizationId,
      livemode: change.livemode ?? false,
      transactionId,
      checkoutId: change.checkoutId ?? newObjectId(),
      siteId,
      providerId: newObjectId(),
      sessionPublicId: `cs_${transactionId}`,
      status: change.status,
      eventVersion: change.eventVersion,
      amount: 4_900,
      currency: 'EUR',
      occurredAt: occurredAt.toISOString(),
      externalReference: change.externalReference,
      ipnUrl: change.ipnUrl,
      payer: change.payer,
    });
    await this.publish(transactionStatusChanged.subject, payload, change.eventId);
    return payload;
  }

  /** Publishes a refund of 10.00 as main-backend would. */
  async tellOfRefund(refund: Pick<RefundStatusChanged, 'organizationId' | 'refundId' | 'transactionId' | 'status'>): Promise<void> {
    const ids = { siteId: this.siteId, providerId: newObjectId(), checkoutId: newObjectId() };
    const money = { amount: 1_000, currency: 'EUR', refundedAmount: 0, transactionAmount: 4_900 };
    await this.publish(refundStatusChanged.subject, { livemode: false, ...ids, ...money, occurredAt: new Date().toISOString(), ...refund });
  }

  private async publish(subject: string, payload: object, eventId = newObjectId()): Promise<void> {
    const event = { subject, id: eventId, occurredAt: new Date(), requestId: 'test', payload };
    await this.app.get(EventPublisher, { strict: false }).publish(event);
  }

  async stop(): Promise<void> {
    await stopService(this.app, 0);
  }
}
