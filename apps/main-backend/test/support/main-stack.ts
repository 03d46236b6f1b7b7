import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getConnectionToken } from '@nestjs/mongoose';
import { FieldEncryption } from '@paygate/data-kit';
import { newObjectId, TenantScope } from '@paygate/kernel';
import {
  createCheckout,
  encryptionContext,
  organizationSnapshot,
  providerSnapshot,
  siteSnapshot,
  transactionStatusChanged,
} from '@paygate/messages';
import type { CreateCheckoutCommand, CreatedCheckout, ProviderSnapshot, SiteSnapshot, TransactionStatusChanged } from '@paygate/messages';
import { ConfigBucket, RpcClient } from '@paygate/messaging-kit';
import { loadConfig, startService, stopService } from '@paygate/nest-kit';
import { FixedClock, startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import type { Connection } from 'mongoose';
import { Configuration } from '../../src/configuration/index.js';
import { createMainBackend } from '../../src/create-main-backend.js';
import { MainConfig } from '../../src/main-config.js';
import type { ProviderAccount, ProviderAdapter, ProviderSubject } from '../../src/providers/index.js';
import { FakeProvider } from './fake-provider.js';

const PROVIDER_SECRET = 'fake-secret';

/** One merchant: organization, site and provider, all known to the service. */
export interface Merchant {
  scope: TenantScope;
  organizationId: string;
  siteId: string;
  providerId: string;
  site: SiteSnapshot;
  provider: ProviderSnapshot;
}

/** main-backend with a real NATS and a real database; only the provider and the clock are ours. */
export class MainStack {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly clock: FixedClock,
    readonly provider: FakeProvider,
    private readonly infrastructure: TestInfrastructure,
  ) {}

  /** Redis only counts requests here, and those of this machine are exempt, so most tests do without. */
  static async start(
    env: Record<string, string> = {},
    { redis = false, adapters = [] }: { redis?: boolean; adapters?: readonly ProviderAdapter[] } = {},
  ): Promise<MainStack> {
    const infrastructure = await startTestInfrastructure({ nats: true, mongo: true, redis });
    const config = loadConfig(MainConfig, {
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      // So that a test can count the commands.
      MONGODB_URI: `${infrastructure.mongoUri}${infrastructure.mongoUri.includes('?') ? '&' : '?'}monitorCommands=true`,
      MONGODB_DATABASE: infrastructure.newDatabaseName('main'),
      NATS_URL: infrastructure.natsUrl,
      REDIS_URL: redis ? infrastructure.redisUrl : 'redis://127.0.0.1:6379',
      SYSTEM_ENCRYPTION_KEY: `test:${randomBytes(32).toString('base64')}`,
      CHECKOUT_PUBLIC_URL: 'https://pay.example.test',
      HOOKS_PUBLIC_URL: 'https://hooks.example.test',
      PROVIDER_TIMEOUT_MS: '5000',
      // The sweeps are run by the tests, when they want them.
      RECONCILE_EVERY_MS: '600000',
      EXPIRE_EVERY_MS: '600000',
      FOLD_TALLIES_EVERY_MS: '600000',
      PROVIDER_EVENTS_EVERY_MS: '600000',
      RECHECK_VAT_IDS_EVERY_MS: '600000',
      // No test speaks to the real one.
      VIES_URL: 'http://127.0.0.1:9',
      ...env,
    });
    const clock = new FixedClock(new Date());
    const provider = new FakeProvider();
    try {
      const app = await createMainBackend(config, { adapters: [provider, ...adapters], clock, healthTimeoutMs: 5_000 });
      await startService(app);
      return new MainStack(app, await app.getUrl(), clock, provider, infrastructure);
    } catch (error) {
      await infrastructure.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await stopService(this.app, 2_000);
    await this.infrastructure.stop();
  }

  get rpc(): RpcClient {
    return this.app.get(RpcClient);
  }

  get database(): Connection {
    return this.app.get<Connection>(getConnectionToken());
  }

  /** A merchant of its own, so that tests do not meet each other. */
  async newMerchant(
    changes: {
      site?: Partial<SiteSnapshot>;
      provider?: Partial<ProviderSnapshot>;
      credentials?: Readonly<Record<string, string>>;
      suspended?: boolean;
    } = {},
  ): Promise<Merchant> {
    const organizationId = newObjectId();
    const siteId = newObjectId();
    const providerId = newObjectId();
    const bucket = this.app.get(ConfigBucket);
    const provider: ProviderSnapshot = {
      id: providerId,
      organizationId,
      type: 'fake',
      label: 'Card',
      livemode: false,
      enabled: true,
      credentials: this.app
        .get(FieldEncryption)
        .encrypt(JSON.stringify(changes.credentials ?? { secret: PROVIDER_SECRET }), encryptionContext.providerCredentials(providerId)),
      ...changes.provider,
    };
    const site: SiteSnapshot = {
      id: siteId,
      organizationId,
      name: 'Example Shop',
      active: true,
      providerIds: [providerId],
      supersedeOpenCheckouts: true,
      ipnVersion: 2,
      signingSecrets: [],
      branding: { primaryColor: '#336699' },
      allowedOrigins: ['https://shop.example.test'],
      ...changes.site,
    };
    const status = changes.suspended ? 'suspended' : 'active';
    await bucket.put(organizationSnapshot, organizationId, { id: organizationId, name: 'Example Ltd', status });
    await bucket.put(providerSnapshot, providerId, provider);
    await bucket.put(siteSnapshot, siteId, site);
    await this.configured(organizationId, siteId, providerId);
    return { scope: TenantScope.of(organizationId, false), organizationId, siteId, providerId, site, provider };
  }

  /** Another account of the merchant at the fake provider, offered last on its site. */
  async addProvider(merchant: Merchant, changes: Partial<ProviderSnapshot> = {}): Promise<string> {
    const id = newObjectId();
    const credentials = this.app
      .get(FieldEncryption)
      .encrypt(JSON.stringify({ secret: PROVIDER_SECRET }), encryptionContext.providerCredentials(id));
    await this.app.get(ConfigBucket).put(providerSnapshot, id, Object.assign({}, merchant.provider, { id, credentials }, changes));
    await this.changeSite(merchant, { providerIds: [...merchant.site.providerIds, id] });
    await arrival(() => this.app.get(Configuration).provider(id) !== undefined);
    return id;
  }

  async changeSite(merchant: Merchant, changes: Partial<SiteSnapshot>): Promise<void> {
    merchant.site = Object.assign({}, merchant.site, changes);
    await this.app.get(ConfigBucket).put(siteSnapshot, merchant.siteId, merchant.site);
    await arrival(() => isDeepStrictEqual(plain(this.app.get(Configuration).site(merchant.siteId)), plain(merchant.site)));
  }

  async createCheckout(merchant: Merchant, changes: Partial<CreateCheckoutCommand> = {}): Promise<CreatedCheckout> {
    return this.rpc.request(createCheckout, command(merchant, changes));
  }

  account(merchant: Merchant): ProviderAccount {
    const account = this.app.get(Configuration).account(merchant.providerId);
    if (!account) throw new Error('the provider is not configured');
    return account;
  }

  /** The status events of a transaction as they were written for publication, oldest first. */
  async eventsOf(transactionId: string): Promise<TransactionStatusChanged[]> {
    const rows = await this.database
      .collection<{ _id: string; subject: string; payload: TransactionStatusChanged }>('outbox')
      .find({ 'payload.transactionId': transactionId, subject: transactionStatusChanged.subject })
      .toArray();
    return rows.map((row) => row.payload).sort((a, b) => a.eventVersion - b.eventVersion);
  }

  async notify(merchant: Merchant, transactionId: string, id?: string): Promise<Response> {
    const { body, headers } = this.provider.notification(this.account(merchant), transactionId, id);
    return fetch(`${this.url}/hooks/fake/${merchant.providerId}`, { method: 'POST', headers, body });
  }

  /** The provider tells of something, in one notification. */
  async tell(merchant: Merchant, events: readonly { id?: string; subject?: ProviderSubject }[]): Promise<Response> {
    const { body, headers } = this.provider.batch(this.account(merchant), events);
    return fetch(`${this.url}/hooks/fake/${merchant.providerId}`, { method: 'POST', headers, body });
  }

  private async configured(organizationId: string, siteId: string, providerId: string): Promise<void> {
    const configuration = this.app.get(Configuration);
    const known = (): boolean =>
      configuration.organization(organizationId) !== undefined &&
      configuration.site(siteId) !== undefined &&
      configuration.provider(providerId) !== undefined;
    await arrival(known);
  }
}

/** As it was sent: without classes, and without what is undefined. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

async function arrival(isThere: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 5_000; !isThere();) {
    if (Date.now() > deadline) throw new Error('the configuration did not arrive');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function command(merchant: Merchant, changes: Partial<CreateCheckoutCommand> = {}): CreateCheckoutCommand {
  return {
    organizationId: merchant.organizationId,
    livemode: false,
    siteId: merchant.siteId,
    amount: 4900,
    currency: 'EUR',
    externalReference: `order_${newObjectId()}`,
    items: [{ name: 'Blue shirt', quantity: 1, unitPrice: 4900, itemType: 'goods' }],
    expireInHours: 24,
    ...changes,
  };
}
