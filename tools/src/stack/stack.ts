import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Progress } from '../progress.js';
import { findProgram } from './debian-packages.js';
import { startInfrastructure } from './infrastructure.js';
import type { Infrastructure, InfrastructureName } from './infrastructure.js';
import { ManagedProcess } from './managed-process.js';
import { freePortBase, freeServerPort, requireFreePorts } from './ports.js';
import { accepts, answersOk } from './probes.js';
import { loadOrCreateEncryptionKey } from './secrets.js';
import { StackRecord } from './stack-record.js';

export const REPOSITORY_ROOT = resolve(import.meta.dirname, '../../..');

export type ServiceName = 'admin-api' | 'main-backend' | 'webhook-dispatcher';
export type ProcessName = ServiceName | InfrastructureName | 'caddy';

export interface StackOptions {
  readonly dataDir: string;
  /** Three ports from here: admin API, checkout, provider hooks. */
  readonly portBase: number;
  readonly progress: Progress;
  /** Added to the environment of every service. */
  readonly serviceEnv?: Readonly<Record<string, string>>;
  /** How much the stand-in for the database may hold in memory; Node's own limit when absent. */
  readonly databaseMemoryMb?: number;
}

/** What the demo seed created; the key's secret is only there when it was just made. */
export interface DemoSeed {
  readonly organizationId: string;
  readonly siteId: string;
  readonly providerId: string;
  readonly ipnSigningSecret: string;
  readonly apiKey?: string;
  /** The page for signing in; it registers the first administrator as long as there is none. */
  readonly signInUrl: string;
  /** Acts as an Admin of the demo organization for a day, or until the next seed. */
  readonly adminAccessToken: string;
}

/** The whole platform on this machine: infrastructure, three services, Caddy. */
export class Stack {
  readonly adminApiUrl: string;
  readonly checkoutUrl: string;
  readonly hooksUrl: string;
  private readonly processes = new Map<ProcessName, ManagedProcess>();
  private readonly record: StackRecord;
  private infrastructure: Infrastructure | undefined;
  private environment: Record<string, string> = {};
  private ports: Partial<Record<ServiceName, number>> = {};
  /** Called when a process ends although nobody asked it to. */
  onUnexpectedExit: ((reason: string) => void) | undefined;

  private constructor(private readonly options: StackOptions) {
    this.adminApiUrl = `http://localhost:${options.portBase}`;
    this.checkoutUrl = `http://localhost:${options.portBase + 1}`;
    this.hooksUrl = `http://localhost:${options.portBase + 2}`;
    this.record = new StackRecord(options.dataDir);
  }

  static async start(options: StackOptions): Promise<Stack> {
    const stack = new Stack(options);
    try {
      await stack.startAll();
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  /** A stack on free ports whose data is gone when it is destroyed, or when it does not start. */
  static async startTemporary(options: Omit<StackOptions, 'dataDir' | 'portBase'>): Promise<Stack> {
    const dataDir = mkdtempSync(join(tmpdir(), 'paygate-stack-'));
    try {
      return await Stack.start({ ...options, dataDir, portBase: await freePortBase() });
    } catch (error) {
      rmSync(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  private async startAll(): Promise<void> {
    const { dataDir, portBase, progress } = this.options;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    await this.record.claim();
    await requireFreePorts(portBase);
    const infrastructure = await progress.step('Redis, NATS and the database', () =>
      startInfrastructure(
        dataDir,
        (name, process) => this.adopt(name, process),
        (line) => progress.line(line),
        this.options.databaseMemoryMb,
      ),
    );
    this.infrastructure = infrastructure;
    this.environment = {
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
      MONGODB_URI: infrastructure.mongoUri,
      NATS_URL: infrastructure.natsUrl,
      REDIS_URL: infrastructure.redisUrl,
      SYSTEM_ENCRYPTION_KEY: loadOrCreateEncryptionKey(dataDir),
      ADMIN_PUBLIC_URL: this.adminApiUrl,
      CHECKOUT_PUBLIC_URL: this.checkoutUrl,
      HOOKS_PUBLIC_URL: this.hooksUrl,
      PAYGATE_ALLOW_PRIVATE_TARGETS: 'true',
      ...this.options.serviceEnv,
    };
    const ports = {
      'admin-api': await freeServerPort(),
      'main-backend': await freeServerPort(),
      'webhook-dispatcher': await freeServerPort(),
    };
    this.ports = ports;
    await progress.step('admin-api, main-backend, webhook-dispatcher and Caddy', async () => {
      await Promise.all([
        ...(Object.keys(ports) as ServiceName[]).map((name) => this.startService(name, ports[name])),
        this.startCaddy(ports),
      ]);
    });
  }

  get dataDir(): string {
    return this.options.dataDir;
  }

  get database(): string {
    return this.infrastructure?.database ?? '';
  }

  get urls(): { mongo: string; nats: string; redis: string } {
    if (!this.infrastructure) throw new Error('the stack is not running');
    return { mongo: this.infrastructure.mongoUri, nats: this.infrastructure.natsUrl, redis: this.infrastructure.redisUrl };
  }

  /** Where a service itself listens, behind Caddy. */
  serviceUrl(name: ServiceName): string {
    const port = this.ports[name];
    if (port === undefined) throw new Error(`this stack did not start ${name}`);
    return `http://127.0.0.1:${port}`;
  }

  /** The process behind a name, to kill and restart it in failure tests. */
  process(name: ProcessName): ManagedProcess {
    const process = this.processes.get(name);
    if (!process) throw new Error(`this stack did not start ${name}`);
    return process;
  }

  /** Creates the demo organization, or finds it; `newKey` issues a fresh API key. */
  async seedDemo(newKey: boolean): Promise<DemoSeed> {
    const output = await run(
      process.execPath,
      [join(REPOSITORY_ROOT, 'apps/admin-api/dist/seed-demo.js'), ...(newKey ? ['--new-key'] : [])],
      { ...this.environment, PORT: '0', SANDBOX_BASE_URL: `${this.hooksUrl}/sandbox` },
    );
    const json = output.trim().split('\n').at(-1) ?? '';
    return JSON.parse(json) as DemoSeed;
  }

  async stop(): Promise<void> {
    // Doors first, then the services (they finish what is in flight), then what they stand on.
    await this.stopProcesses(['caddy']);
    await this.stopProcesses(['admin-api', 'main-backend', 'webhook-dispatcher']);
    await this.stopProcesses(['nats', 'redis', 'mongo']);
    this.record.release();
  }

  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.options.dataDir, { recursive: true, force: true });
  }

  private async stopProcesses(names: readonly ProcessName[]): Promise<void> {
    await Promise.all(names.map(async (name) => this.processes.get(name)?.stop()));
  }

  private async startService(name: ServiceName, port: number): Promise<void> {
    const service = new ManagedProcess({
      name,
      program: process.execPath,
      args: ['--enable-source-maps', '--max-semi-space-size=64', join(REPOSITORY_ROOT, 'apps', name, 'dist', 'main.js')],
      env: { ...this.environment, PORT: String(port) },
      logFile: join(this.options.dataDir, 'logs', `${name}.log`),
      isReady: () => answersOk(`http://127.0.0.1:${port}/health`),
      readyTimeoutMs: 60_000,
    });
    this.adopt(name, service);
    await service.start();
  }

  private async startCaddy(ports: Record<ServiceName, number>): Promise<void> {
    const { portBase, dataDir } = this.options;
    const caddy = new ManagedProcess({
      name: 'caddy',
      program: findProgram('caddy') ?? 'caddy',
      args: ['run', '--config', join(REPOSITORY_ROOT, 'Caddyfile'), '--adapter', 'caddyfile'],
      env: {
        CUSTOM_DOMAINS: 'off',
        CADDY_GLOBAL_OPTIONS: 'admin off\nauto_https off\ndefault_bind 127.0.0.1 [::1]',
        ADMIN_BACKEND_DOMAIN: `http://localhost:${portBase}, http://127.0.0.1:${portBase}`,
        MAIN_FRONTEND_DOMAIN: `http://localhost:${portBase + 1}, http://127.0.0.1:${portBase + 1}`,
        MAIN_BACKEND_DOMAIN: `http://localhost:${portBase + 2}, http://127.0.0.1:${portBase + 2}`,
        ADMIN_API_UPSTREAM: `127.0.0.1:${ports['admin-api']}`,
        MAIN_BACKEND_UPSTREAM: `127.0.0.1:${ports['main-backend']}`,
        XDG_DATA_HOME: join(dataDir, 'caddy'),
        XDG_CONFIG_HOME: join(dataDir, 'caddy'),
      },
      logFile: join(dataDir, 'logs', 'caddy.log'),
      isReady: () => accepts(portBase + 2),
    });
    this.adopt('caddy', caddy);
    await caddy.start();
  }

  private adopt(name: ProcessName, process: ManagedProcess): void {
    process.onUnexpectedExit = (reason) => this.onUnexpectedExit?.(reason);
    process.onStarted = () => this.record.remember(process);
    this.processes.set(name, process);
  }
}

function run(program: string, args: string[], env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${args[0] ?? program} ended with code ${code ?? 'unknown'}\n${stderr || stdout}`));
    });
  });
}
