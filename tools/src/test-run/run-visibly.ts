import { spawn } from 'node:child_process';
import { REPOSITORY_ROOT } from '../stack/stack.js';

/** Runs a Node program with its output on this terminal and says how it ended. */
export async function runVisibly(title: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const started = performance.now();
  process.stdout.write(`\n▶ ${title}\n`);
  const passed = await new Promise<boolean>((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: REPOSITORY_ROOT,
      // A machine-readable report goes to its own file; what Jest also prints on stdout is not for reading.
      stdio: ['ignore', args.includes('--json') ? 'ignore' : 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
  process.stdout.write(`${passed ? '✓' : '✗'} ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  return passed;
}
