import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { eventually, nodeArguments } from '@paygate/testing';

/** `worker.main.ts` as a child process. */
export class WorkerProcess {
  output = '';
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | null>;

  private constructor(natsUrl: string) {
    const program = new URL('./worker.main.ts', import.meta.url);
    const env = { PATH: process.env['PATH'], NODE_ENV: 'test' };
    this.child = spawn(process.execPath, [...nodeArguments(program), natsUrl], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer): void => {
      this.output += chunk.toString();
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
    // "close" comes after the last output; "exit" may come before it.
    this.exit = new Promise((resolve) => this.child.once('close', resolve));
  }

  static async start(natsUrl: string): Promise<WorkerProcess> {
    const worker = new WorkerProcess(natsUrl);
    await eventually(
      () => {
        if (!worker.output.includes('ready\n')) throw new Error(`the worker is not ready: ${worker.output}`);
      },
      { timeoutMs: 20_000 },
    );
    return worker;
  }

  get handled(): number[] {
    return [...this.output.matchAll(/^handled (\d+)$/gm)].map((match) => Number(match[1]));
  }

  /** Returns the exit code, null after SIGKILL. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    this.child.kill(signal);
    return this.exit;
  }
}
