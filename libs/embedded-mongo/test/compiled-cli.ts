import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = join(import.meta.dirname, '..');

/** Compiles the sources for a process of its own, so that the tests never run a stale build. Returns the program file. */
export function compileCli(name: string): string {
  // Inside the package, because there `bson` is found.
  const out = join(ROOT, 'out-tsc', `cli-${name}-${process.pid}`);
  for (const file of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
    const { code } = transformSync(readFileSync(join(ROOT, 'src', file), 'utf8'), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    const target = join(out, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  return join(out, 'cli.js');
}

export interface CliProcess {
  readonly process: ChildProcess;
  readonly uri: string;
  readonly errors: () => string;
  /** Exit code or signal. */
  readonly ended: Promise<number | string | null>;
}

/** Starts the program and waits for its line; fails with what it wrote when it ends first. */
export function runCli(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliProcess> {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], { env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? code);
    });
  });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => {
      const line = JSON.parse(data.toString()) as { uri: string };
      resolve({ process: child, uri: line.uri, errors: () => errors, ended });
    });
    child.once('close', (code) => {
      reject(new Error(`the program ended with ${code ?? 'a signal'}: ${errors}`));
    });
  });
}
