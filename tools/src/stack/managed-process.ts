import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ProcessSpec {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Resolves once the process answers; asked again and again until then. */
  readonly isReady: () => Promise<boolean>;
  readonly readyTimeoutMs?: number;
}

/** One program of the stack: started, watched until it answers, stopped or killed, and started again on the same data. */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();
  private expectedExit = false;
  /** Called each time the process was spawned, before it is ready. */
  onStarted: (() => void) | undefined;
  /** Called when the process ends although nobody asked it to. */
  onUnexpectedExit: ((reason: string) => void) | undefined;

  constructor(readonly spec: ProcessSpec) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(extraEnv: Readonly<Record<string, string>> = {}): Promise<void> {
    mkdirSync(dirname(this.spec.logFile), { recursive: true });
    const log = openSync(this.spec.logFile, 'a');
    this.expectedExit = false;
    // An own process group: Ctrl-C reaches this program only, which then stops the others in the right order.
    const child = spawn(this.spec.program, this.spec.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...this.spec.env, ...extraEnv },
    });
    closeSync(log);
    this.child = child;
    this.onStarted?.();
    let failure: string | undefined;
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => {
        failure = error.message;
        resolve();
      });
      child.once('exit', (code, signal) => {
        failure ??= signal ? `ended by ${signal}` : `ended with code ${code ?? 'unknown'}`;
        if (!this.expectedExit) this.onUnexpectedExit?.(`${this.spec.name} ${failure}\n${this.lastLogLines()}`);
        resolve();
      });
    });
    const deadline = Date.now() + (this.spec.readyTimeoutMs ?? 30_000);
    while (!(await this.spec.isReady().catch(() => false))) {
      if (failure !== undefined) throw new Error(`${this.spec.name} ${failure}\n${this.lastLogLines()}`);
      if (Date.now() > deadline) {
        await this.kill();
        throw new Error(`${this.spec.name} did not become ready in time\n${this.lastLogLines()}`);
      }
      await pause(40);
    }
  }

  /** Asks the process to end; after `graceMs` it is killed. */
  async stop(graceMs = 12_000): Promise<void> {
    if (!this.isRunning()) return;
    this.expectedExit = true;
    this.child?.kill('SIGTERM');
    const timer = setTimeout(() => this.child?.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(timer);
  }

  /** kill -9: the process gets no chance to finish anything. */
  async kill(): Promise<void> {
    if (!this.isRunning()) return;
    this.expectedExit = true;
    this.child?.kill('SIGKILL');
    await this.exited;
  }

  isRunning(): boolean {
    return this.child?.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  lastLogLines(count = 15): string {
    try {
      return readFileSync(this.spec.logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
    } catch {
      return '';
    }
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
