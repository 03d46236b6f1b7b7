import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { COMPLETE_ENVIRONMENT } from './test-config.js';

const LOADER = new URL('typescript-loader.mjs', import.meta.url).href;
const PROBE = fileURLToPath(new URL('../fixtures/probe-service.ts', import.meta.url));
const DEADLINE_MS = 20_000;

type Line = Record<string, unknown>;

export interface ProbeProcess {
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the first line, earlier or later, that has these values; rejects when the process ends without one. */
  line(expected: Line): Promise<Line>;
  /** Resolves with the exit code and everything written to standard error. */
  readonly ended: Promise<{ code: number | null; stderr: string; lines: readonly Line[] }>;
}

/** Starts the probe service; `undefined` takes a variable away. */
export function startProbe(changes: Record<string, string | undefined> = {}): ProbeProcess {
  const env = { PATH: process.env['PATH'], ...COMPLETE_ENVIRONMENT, LOG_LEVEL: 'info', ...changes };
  const child = spawn(process.execPath, ['--conditions=@paygate/source', '--import', LOADER, PROBE], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  const stdout = createInterface({ input: child.stdout });
  stdout.on('line', (text) => {
    lines.push(JSON.parse(text) as Line);
    for (const check of waiting) check();
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));

  // A test that fails half-way must not leave the process behind.
  const overdue = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  const ended = new Promise<{ code: number | null; stderr: string; lines: readonly Line[] }>((resolve) => {
    child.once('close', (code) => {
      clearTimeout(overdue);
      resolve({ code, stderr, lines });
    });
  });

  const line = (expected: Line): Promise<Line> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const found = lines.find((candidate) => Object.entries(expected).every(([key, value]) => candidate[key] === value));
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
      void ended.then(() =>
        reject(new Error(`the process ended without ${JSON.stringify(expected)}\n${JSON.stringify(lines)}\n${stderr}`)),
      );
    });

  return { kill: (signal) => child.kill(signal), line, ended };
}
