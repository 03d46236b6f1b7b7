import { bench } from './bench/bench.js';
import { demo } from './demo/demo.js';
import { FriendlyError } from './friendly-error.js';
import { start } from './start.js';
import { test } from './test-run/test.js';

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { start, demo, test, bench };

/** Runs one command of package.json and ends the process with its exit code. */
export async function main(command: string, args: readonly string[]): Promise<never> {
  const run = COMMANDS[command];
  try {
    if (!run) throw new FriendlyError(`Unknown command "${command}".`, `Known commands: ${Object.keys(COMMANDS).join(', ')}`);
    process.exit(await run(args));
  } catch (error) {
    if (error instanceof FriendlyError) {
      process.stderr.write(`\n${error.message}\n${error.remedy ? `→ ${error.remedy}\n` : ''}`);
    } else {
      process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    }
    process.exit(1);
  }
}
