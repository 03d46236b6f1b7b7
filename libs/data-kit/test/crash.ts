import { spawn } from 'node:child_process';
import { nodeArguments } from '@paygate/testing';
import type { CrashPlan } from './crashing-service.main.js';

const OVERDUE_MS = 25_000;

/** Runs the crashing service to its end. @returns the signal that ended it, or its output when it ended otherwise */
export async function runUntilKilled(plan: CrashPlan): Promise<string> {
  const program = new URL('./crashing-service.main.ts', import.meta.url);
  const child = spawn(process.execPath, [...nodeArguments(program), JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Not the flags of Jest.
    env: { PATH: process.env['PATH'], NODE_ENV: 'test' },
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => output.push(data));
  child.stderr.on('data', (data: Buffer) => output.push(data));
  const overdue = setTimeout(() => child.kill('SIGTERM'), OVERDUE_MS);
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      clearTimeout(overdue);
      resolve(signal === 'SIGKILL' ? signal : `${String(signal ?? code)}: ${Buffer.concat(output).toString()}`);
    });
  });
}
