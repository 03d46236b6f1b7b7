import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, isTaken } from './free-port.js';
import type { RunningServer } from './running-server.js';

const READY_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 5_000;
const OUTPUT_KEPT = 4_000;

export interface ServerRecipe {
  /** For messages, e.g. `nats-server`. */
  name: string;
  command: string;
  args: (place: { port: number; directory: string }) => string[];
  env?: NodeJS.ProcessEnv;
  url: (port: number) => string;
  /** True once the server answers; a failure to connect counts as false. */
  answers: (port: number) => Promise<boolean>;
  /** What to do when the program is not installed. */
  installHint: string;
}

export interface Placement {
  /** Keep the data here and leave it behind; without one a temporary directory is made and removed by `stop`. */
  dir?: string;
  /** Without one a free port is taken. */
  port?: number;
}

/**
 * On Linux the kernel ends the server with the test that started it: a test run that is cut short runs no code of ours any more,
 * and Jest hides the exit of the real process from the tests.
 */
const LEASH = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'KILL'] : [];
/** What the leash ends with when it cannot find the program. */
const NOT_FOUND_CODE = 127;

/** A server run as a child process of the test, so that it can be killed the hard way. */
export class ServerProcess implements RunningServer {
  private child?: ChildProcess;
  private exited: Promise<void> = Promise.resolve();
  private output = '';

  private constructor(
    private readonly recipe: ServerRecipe,
    readonly port: number,
    private readonly directory: string,
    private readonly ownsDirectory: boolean,
  ) {}

  /** @throws Error with the program's output when it ends or does not answer within 20 s, or with the install command when it is missing. */
  static async start(recipe: ServerRecipe, placement: Placement = {}): Promise<ServerProcess> {
    const directory = placement.dir ?? (await mkdtemp(join(tmpdir(), 'paygate-test-')));
    const server = new ServerProcess(recipe, placement.port ?? (await freePort()), directory, placement.dir === undefined);
    try {
      await server.launch();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  get url(): string {
    return this.recipe.url(this.port);
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    if (this.ownsDirectory) await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.end('SIGTERM');
    await this.launch();
  }

  private async launch(): Promise<void> {
    const { command, args, env, name, installHint } = this.recipe;
    // Another server on the port would answer the readiness question in place of ours.
    if (await isTaken(this.port)) throw new Error(`${name} cannot start: port ${this.port} is in use`);
    this.output = '';
    const [program = command, ...rest] = [...LEASH, command, ...args({ port: this.port, directory: this.directory })];
    const child = spawn(program, rest, {
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-OUTPUT_KEPT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const start: { missing?: boolean } = {};
    this.child = child;
    this.exited = new Promise((resolve) => {
      const gone = (): void => {
        if (this.child === child) this.child = undefined;
        resolve();
      };
      child.once('exit', (code) => {
        start.missing = code === NOT_FOUND_CODE;
        gone();
      });
      child.once('error', (error: NodeJS.ErrnoException) => {
        start.missing = error.code === 'ENOENT';
        keep(Buffer.from(error.message));
        gone();
      });
    });

    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await this.recipe.answers(this.port).catch(() => false)) || this.isGone()) {
      if (start.missing) throw new Error(`${name} is not installed (${this.output.trim()}). ${installHint}`);
      if (this.isGone()) throw new Error(`${name} ended while starting on port ${this.port}:\n${this.output}`);
      if (Date.now() > deadline) throw new Error(`${name} is silent on port ${this.port} after ${READY_WITHIN_MS} ms:\n${this.output}`);
      await sleep(15);
    }
  }

  private isGone(): boolean {
    return this.child === undefined;
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.child;
    if (!child) return;
    child.kill(signal);
    const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.exited;
    clearTimeout(impatient);
  }
}
