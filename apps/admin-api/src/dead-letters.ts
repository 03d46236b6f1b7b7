import 'reflect-metadata';
import { loadConfig } from '@paygate/nest-kit';
import { AdminConfig } from './admin-config.js';
import { runDeadLetters } from './dead-letters/index.js';

try {
  for (const line of await runDeadLetters(loadConfig(AdminConfig), process.argv.slice(2))) process.stdout.write(`${line}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
