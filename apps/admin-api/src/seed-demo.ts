import 'reflect-metadata';
import { loadConfig } from '@paygate/nest-kit';
import { runSeed, SeedConfig } from './demo-seed/index.js';

try {
  const seeded = await runSeed(loadConfig(SeedConfig), process.argv.includes('--new-key'));
  process.stdout.write(`${JSON.stringify(seeded)}\n`);
} catch (error) {
  process.stderr.write(`The demo could not be seeded: ${error instanceof Error ? error.message : String(error)}\n`);
  // What was connected when it failed would keep the process alive.
  process.exit(1);
}
