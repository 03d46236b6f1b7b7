import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataModule } from '@paygate/data-kit';
import { MessagingModule } from '@paygate/messaging-kit';
import { createService, loadConfig, startService, stopService } from '@paygate/nest-kit';
import { startTestInfrastructure } from '@paygate/testing';
import type { TestInfrastructure } from '@paygate/testing';
import { MainConfig } from '../../src/main-config.js';
import type { ProviderAccount } from '../../src/providers/index.js';
import { SandboxConfig, SandboxProviderModule } from '../../src/sandbox-provider/index.js';

/** The simulated provider alone, with a real database. It can be stopped and started again on the same data. */
export class SandboxServer {
  private app: NestFastifyApplication | undefined;
  private address = '';

  private constructor(
    private readonly infrastructure: TestInfrastructure,
    private readonly config: MainConfig,
    private readonly sandbox: SandboxConfig,
  ) {}

  static async start(sandbox: Partial<SandboxConfig> = {}): Promise<SandboxServer> {
    const infrastructure = await startTestInfrastructure({ nats: true, mongo: true });
    const config = loadConfig(MainConfig, {
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      MONGODB_URI: infrastructure.mongoUri,
      MONGODB_DATABASE: infrastructure.newDatabaseName('sandbox'),
      NATS_URL: infrastructure.natsUrl,
      REDIS_URL: 'redis://127.0.0.1:6379',
      SYSTEM_ENCRYPTION_KEY: `test:${randomBytes(32).toString('base64')}`,
      CHECKOUT_PUBLIC_URL: 'https://pay.example.test',
      HOOKS_PUBLIC_URL: 'https://hooks.example.test',
    });
    const server = new SandboxServer(infrastructure, config, Object.assign(new SandboxConfig(), { SANDBOX_EVERY_MS: 20 }, sandbox));
    await server.open();
    return server;
  }

  async open(): Promise<void> {
    const { config } = this;
    const module = {
      module: SandboxTestModule,
      imports: [
        MessagingModule.forRoot({ url: config.NATS_URL, service: 'main', consumes: [] }),
        DataModule.forRoot({
          uri: config.MONGODB_URI,
          database: config.MONGODB_DATABASE,
          production: false,
          systemEncryptionKey: config.SYSTEM_ENCRYPTION_KEY,
        }),
        SandboxProviderModule.forRoot(this.sandbox),
      ],
    };
    this.app = await createService({ name: 'sandbox', module, config });
    await startService(this.app);
    this.address = await this.app.getUrl();
  }

  async close(): Promise<void> {
    if (this.app) await stopService(this.app, 2_000);
    this.app = undefined;
  }

  async stop(): Promise<void> {
    await this.close();
    await this.infrastructure.stop();
  }

  /** Origin at which the server is reached at present. */
  get url(): string {
    return this.address;
  }

  /** A merchant's account, not yet known to anybody. */
  newAccount(credentials: Record<string, string> = {}): ProviderAccount {
    return {
      id: 'provider',
      organizationId: 'organization',
      type: 'sandbox',
      livemode: false,
      credentials: {
        baseUrl: `${this.url}/sandbox`,
        secretKey: `sbx_${randomBytes(12).toString('hex')}`,
        webhookSecret: randomBytes(16).toString('hex'),
        ...credentials,
      },
    };
  }

  /** A request to the API with the account's key. */
  async api(
    account: ProviderAccount,
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.url}/sandbox/v1/payments${path}`, {
      method,
      headers: {
        authorization: `Bearer ${account.credentials['secretKey'] ?? ''}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
  }

  /** A request with a body that must be taken. @param path below `/sandbox/v1` */
  async post(account: ProviderAccount, path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.url}/sandbox/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${account.credentials['secretKey'] ?? ''}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
  }

  /** Does what a buyer does on the page. */
  async simulate(account: ProviderAccount, id: string, token: string): Promise<void> {
    const answer = await this.api(account, 'POST', `/${id}/simulate`, { token });
    if (answer.status !== 200) throw new Error(`simulate answered ${answer.status}: ${await answer.text()}`);
  }
}

@Module({})
class SandboxTestModule {}
